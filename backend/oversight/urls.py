"""Routes of who looked, of break-glass and of what was read that is unusual, under /api/v1/."""

from django.urls import path

from backend.oversight.views import glass, unusual
from backend.oversight.views.glass import BreakGlasses, BreakGlassForm, OneBreakGlass
from backend.oversight.views.looks import CaseLooks, FindLooks, Looks, LooksForm
from backend.oversight.views.sealing import FindToSeal, Sealing
from backend.oversight.views.shares import Shares, SharesForm

urlpatterns = [
    path("cases/<uuid:pk>/looks/", CaseLooks.as_view(), name="case-looks"),
    path("looks/", Looks.as_view(), name="looks"),
    path("looks/form/", LooksForm.as_view(), name="looks-form"),
    path("looks/find/", FindLooks.as_view(), name="looks-find"),
    path("shares/", Shares.as_view(), name="shares"),
    path("shares/form/", SharesForm.as_view(), name="shares-form"),
    path("sealing/", Sealing.as_view(), name="sealing"),
    path("sealing/find/", FindToSeal.as_view(), name="sealing-find"),
    path("break-glass/", BreakGlasses.as_view(), name="break-glasses"),
    path("break-glass/form/", BreakGlassForm.as_view(), name="break-glass-form"),
    path("break-glass/<uuid:pk>/", OneBreakGlass.as_view(), name="break-glass"),
    *glass.ACTS.routes(),
    path("unusual/", unusual.UnusualReadings.as_view(), name="unusual-readings"),
    path("unusual/<uuid:pk>/", unusual.OneUnusualReading.as_view(), name="unusual"),
    *unusual.ACTS.routes(),
]
