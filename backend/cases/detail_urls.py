"""Routes of the child's own details at a case, under /api/v1/."""

from django.urls import path

from backend.cases import detail_views as views

urlpatterns = [
    path("cases/<uuid:pk>/child/", views.CaseChild.as_view(), name="case-child"),
    path("cases/<uuid:pk>/birth/", views.CaseBirth.as_view(), name="case-record-birth"),
    path("cases/<uuid:pk>/loss/", views.CaseLoss.as_view(), name="case-record-loss"),
    path("cases/<uuid:pk>/loss-taken-back/", views.CaseLossTakenBack.as_view(), name="case-take-back-loss"),
    path("cases/<uuid:pk>/school-move/", views.CaseSchoolMove.as_view(), name="case-move-school"),
    path("cases/<uuid:pk>/protected/", views.CaseProtected.as_view(), name="case-protected"),
]
