"""Routes of figures, under /api/v1/."""

from django.urls import path

from backend.insights.views import Flow, FlowRecords

urlpatterns = [
    path("figures/flow/", Flow.as_view(), name="figures-flow"),
    path("figures/flow/list/", FlowRecords.as_view(), name="figures-flow-list"),
]
