"""Routes of who looked and of break-glass, under /api/v1/."""

from django.urls import path

from backend.oversight.views.glass import BreakGlasses, BreakGlassForm, OneBreakGlass, break_glass_routes
from backend.oversight.views.looks import CaseLooks, FindLooks, Looks, LooksForm

urlpatterns = [
    path("cases/<uuid:pk>/looks/", CaseLooks.as_view(), name="case-looks"),
    path("looks/", Looks.as_view(), name="looks"),
    path("looks/form/", LooksForm.as_view(), name="looks-form"),
    path("looks/find/", FindLooks.as_view(), name="looks-find"),
    path("break-glass/", BreakGlasses.as_view(), name="break-glasses"),
    path("break-glass/form/", BreakGlassForm.as_view(), name="break-glass-form"),
    path("break-glass/<uuid:pk>/", OneBreakGlass.as_view(), name="break-glass"),
    *break_glass_routes(),
]
