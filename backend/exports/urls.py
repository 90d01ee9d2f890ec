"""Routes of exports, under /api/v1/."""

from django.urls import path

from backend.exports.repeat_views import Repeats, RepeatStop
from backend.exports.views import ExportContent, ExportDelete, ExportForm, ExportOffers, Exports, OneExport

urlpatterns = [
    path("exports/", Exports.as_view(), name="exports"),
    path("exports/form/", ExportForm.as_view(), name="export-form"),
    path("exports/repeats/", Repeats.as_view(), name="export-repeats"),
    path("exports/repeats/<uuid:pk>/stop/", RepeatStop.as_view(), name="export-repeat-stop"),
    path("exports/offers/", ExportOffers.as_view(), name="export-offers"),
    path("exports/<uuid:pk>/", OneExport.as_view(), name="export"),
    path("exports/<uuid:pk>/content/", ExportContent.as_view(), name="export-content"),
    path("exports/<uuid:pk>/delete/", ExportDelete.as_view(), name="export-delete"),
]
