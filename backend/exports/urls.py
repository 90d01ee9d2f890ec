"""Routes of exports, under /api/v1/."""

from django.urls import path

from backend.exports.views import ExportContent, ExportDelete, ExportForm, Exports, OneExport

urlpatterns = [
    path("exports/", Exports.as_view(), name="exports"),
    path("exports/form/", ExportForm.as_view(), name="export-form"),
    path("exports/<uuid:pk>/", OneExport.as_view(), name="export"),
    path("exports/<uuid:pk>/content/", ExportContent.as_view(), name="export-content"),
    path("exports/<uuid:pk>/delete/", ExportDelete.as_view(), name="export-delete"),
]
