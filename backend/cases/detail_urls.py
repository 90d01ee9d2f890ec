"""Routes of the child's own details at a case, under /api/v1/."""

from django.urls import path

from backend.cases import detail_views as views

urlpatterns = [
    path("cases/<uuid:pk>/child/", views.CaseChild.as_view(), name="case-child"),
    path("cases/<uuid:pk>/protected/", views.CaseProtected.as_view(), name="case-protected"),
]
