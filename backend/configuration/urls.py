"""Routes of the configuration, under /api/v1/."""

from django.urls import path

from backend.configuration.commands import version_machine
from backend.configuration.inputs import CONFIGURATION_INPUTS
from backend.configuration.serializers import VersionShape, version_data
from backend.configuration.views import Copy, Kinds, OneVersion, Versions
from backend.workflow.views import transition_routes

urlpatterns = [
    path("configurations/", Versions.as_view(), name="configurations"),
    path("configurations/kinds/", Kinds.as_view(), name="configuration-kinds"),
    path("configurations/<uuid:pk>/", OneVersion.as_view(), name="configuration"),
    path("configurations/<uuid:pk>/copy/", Copy.as_view(), name="configuration-copy"),
    *transition_routes(
        version_machine, CONFIGURATION_INPUTS, prefix="configurations", represent=version_data, shape=VersionShape
    ),
]
