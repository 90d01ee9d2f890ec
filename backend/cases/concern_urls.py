"""Routes of peers and places of concern, under /api/v1/."""

from django.urls import path

from backend.cases import concern_views as views

urlpatterns = [
    path("cases/<uuid:pk>/concerns/", views.CaseConcerns.as_view(), name="case-concerns"),
    path("concerns/<uuid:pk>/", views.ConcernDetail.as_view(), name="concern"),
    path("concerns/<uuid:pk>/review/", views.ConcernReview.as_view(), name="concern-review"),
]
