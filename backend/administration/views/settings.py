"""One's own settings."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.authentication import actor_in
from backend.administration.commands.settings import choose_settings
from backend.administration.serializers.settings import SettingsInput, SettingsShape, columns_of, settings_data
from backend.core.ids import uuid7
from backend.notifications.queries import settings_of
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class MessageSettings(APIView):
    """How messages reach the person who asks by email. It is about no child, and theirs in every role."""

    @extend_schema(
        operation_id="settings_messages",
        summary="Read one's own settings",
        tags=["settings"],
        responses=SettingsShape,
    )
    def get(self, request: Request) -> Response:
        """Return what stands now, with the form."""
        return Response(settings_data(settings_of(actor_in(request)).first()))

    @extend_schema(
        operation_id="settings_messages_choose",
        summary="Choose one's own settings",
        tags=["settings"],
        parameters=[KEY_PARAMETER],
        request=SettingsInput,
        responses={200: SettingsShape},
    )
    def post(self, request: Request) -> Response:
        """Keep what was chosen and return it."""
        actor = actor_in(request)
        given = validated(SettingsInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=200)
        version = given.pop("version")
        if not taken.is_replay:
            choose_settings(actor, columns_of(given), version=version)
        return keyed_response(settings_data(settings_of(actor).first()), taken)
