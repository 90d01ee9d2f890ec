"""Routes of community voice, under /api/v1/."""

from django.urls import path

from backend.voices.commands import saying_machine
from backend.voices.inputs import SAYING_INPUTS
from backend.voices.serializers import SayingShape, saying_data
from backend.voices.views import NewSaying, SayingDetail, Sayings
from backend.workflow.views import transition_routes

urlpatterns = [
    path("voices/", Sayings.as_view(), name="sayings"),
    path("voices/new/", NewSaying.as_view(), name="saying-form"),
    path("voices/<uuid:pk>/", SayingDetail.as_view(), name="saying"),
    *transition_routes(saying_machine, SAYING_INPUTS, prefix="voices", represent=saying_data, shape=SayingShape),
]
