"""What visitors must know first is added to a case and looked at again; the answer is the identity bar as it is now."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.cases.commands.alerting import add_alert, review_alert
from backend.cases.note_views import visible_case
from backend.cases.serializers.alert_inputs import AddAlertInput, ReviewAlertInput
from backend.cases.serializers.identity import CaseIdentityShape, identity_data
from backend.core.api.serializers import StrictSerializer
from backend.core.ids import uuid7
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class CaseAlerts(APIView):
    """Warnings for visitors are added to a case."""

    @extend_schema(
        operation_id="case_add_alert",
        summary="Write down what visitors must know",
        tags=["case"],
        parameters=[KEY_PARAMETER],
        request=AddAlertInput,
        responses={201: CaseIdentityShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Add a warning and return the identity bar with it."""
        return _written(
            request,
            pk,
            "case.add_alert",
            AddAlertInput,
            lambda actor, given, made: add_alert(actor, pk, given, alert_id=made),
        )


class CaseAlertReviews(APIView):
    """Warnings for visitors are looked at again."""

    @extend_schema(
        operation_id="case_review_alert",
        summary="Look again at what visitors must know",
        tags=["case"],
        parameters=[KEY_PARAMETER],
        request=ReviewAlertInput,
        responses={201: CaseIdentityShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Say whether a warning still holds and return the identity bar as it is then."""
        return _written(
            request,
            pk,
            "case.review_alert",
            ReviewAlertInput,
            lambda actor, given, _made: review_alert(actor, pk, given),
        )


def _written(
    request: Request,
    pk: UUID,
    label: str,
    input_class: type[StrictSerializer],
    write: Callable[[Actor, dict[str, Any], UUID], None],
) -> Response:
    actor = actor_in(request)
    access_log.begin(request._request, label, access_log.COLLECTION).root_ids.add(pk)
    given = validated(input_class, request.data)
    taken = take_key(request, actor, result_id=uuid7(), status=201)
    if not taken.is_replay:
        write(actor, given, taken.result_id)
    return keyed_response(identity_data(actor, visible_case(request, actor, pk)), taken)
