"""Routes of seals, under /api/v1/; a seal has the id of the case it is on."""

from django.urls import path

from backend.cases.commands.sealing import seal_machine
from backend.cases.seal_views import CaseSeal
from backend.cases.serializers.sealing import SEAL_INPUTS, SealShape, seal_data
from backend.workflow.views import transition_routes

urlpatterns = [
    path("seals/<uuid:pk>/", CaseSeal.as_view(), name="seal"),
    *transition_routes(seal_machine, SEAL_INPUTS, prefix="seals", represent=seal_data, shape=SealShape),
]
