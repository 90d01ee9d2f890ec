"""Routes of reports, under /api/v1/."""

from django.urls import path

from backend.reports.views import MakeEdition, NewReport, ReportDetail, ReportPdf, Reports, pack_view

urlpatterns = [
    path("reports/", Reports.as_view(), name="reports"),
    path("reports/new/", NewReport.as_view(), name="report-form"),
    path("reports/<uuid:pk>/", ReportDetail.as_view(), name="report"),
    path("reports/<uuid:pk>/make-edition/", MakeEdition.as_view(), name="report-make-edition"),
    path("reports/<uuid:pk>/pdf/", ReportPdf.as_view(), name="report-pdf"),
    path("reports/<uuid:pk>/xlsx/", pack_view("xlsx").as_view(), name="report-xlsx"),
    path("reports/<uuid:pk>/ods/", pack_view("ods").as_view(), name="report-ods"),
]
