"""Routes of the directory, under /api/v1/."""

from django.urls import path

from backend.directory.commands import service_machine
from backend.directory.inputs import SERVICE_INPUTS
from backend.directory.serializers import ServiceShape, service_data
from backend.directory.views import ServiceChanges, ServiceDetail, ServiceFilters, ServiceForm, ServiceList
from backend.workflow.views import transition_routes

urlpatterns = [
    path("services/", ServiceList.as_view(), name="services"),
    path("services/filters/", ServiceFilters.as_view(), name="service-filters"),
    path("services/form/", ServiceForm.as_view(), name="service-form"),
    path("services/<uuid:pk>/", ServiceDetail.as_view(), name="service"),
    path("services/<uuid:pk>/changes/", ServiceChanges.as_view(), name="service-changes"),
    *transition_routes(service_machine, SERVICE_INPUTS, prefix="services", represent=service_data, shape=ServiceShape),
]
