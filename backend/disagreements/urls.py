"""Routes of disagreements, under /api/v1/."""

from django.urls import path

from backend.disagreements.commands import disagreement_machine
from backend.disagreements.serializers.inputs import DISAGREEMENT_INPUTS
from backend.disagreements.serializers.representing import disagreement_data
from backend.disagreements.serializers.shapes import DisagreementShape
from backend.disagreements.views import DisagreementDetail, DisagreementList
from backend.workflow.views import transition_routes

urlpatterns = [
    path("disagreements/", DisagreementList.as_view(), name="disagreements"),
    path("disagreements/<uuid:pk>/", DisagreementDetail.as_view(), name="disagreement"),
    *transition_routes(
        disagreement_machine,
        DISAGREEMENT_INPUTS,
        prefix="disagreements",
        represent=disagreement_data,
        shape=DisagreementShape,
    ),
]
