"""Routes of what comes in from other systems, under /api/v1/."""

from django.urls import path

from backend.interop.views import CheckServices, ImportServices

urlpatterns = [
    path("services/import/", ImportServices.as_view(), name="services-import"),
    path("services/import/check/", CheckServices.as_view(), name="services-import-check"),
]
