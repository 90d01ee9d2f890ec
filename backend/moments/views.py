"""Reporting a critical moment: the form, and a report that is answered the same whoever the child is."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.access.throttling import ByPerson
from backend.audit import access_log
from backend.core.ids import uuid7
from backend.moments.commands.recording import record_moment
from backend.moments.serializers import RECEIPT, MomentFormShape, MomentInput, ReceiptShape
from backend.referrals.intake.receiving import receivers
from backend.referrals.intake.stopping import stop
from backend.workflow.descriptors import describe
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class ReportThrottle(ByPerson):
    """So many reports an hour are no longer one person's."""

    scope = "critical_moment"


class CriticalMoments(APIView):
    """Where reports come in."""

    def get_throttles(self) -> list[Any]:
        """Count reports on their own, beside all requests of a person; reading the form is not a report."""
        own = [ReportThrottle()] if self.request.method == "POST" else []
        return [*super().get_throttles(), *own]

    @extend_schema(
        operation_id="critical_moment_record",
        summary="Report a critical moment",
        tags=["critical moment"],
        parameters=[KEY_PARAMETER],
        request=MomentInput,
        responses={201: ReceiptShape},
    )
    def post(self, request: Request) -> Response:
        """Take the report in; the answer is the same whether the child is known or not."""
        actor = actor_in(request)
        touched = access_log.begin(request._request, "moment.record", access_log.COLLECTION)
        policy.require(actor, Permission.MOMENT_RECORD)
        given = validated(MomentInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        touched.root_ids.add(taken.result_id)
        if not taken.is_replay:
            record_moment(actor, taken.result_id, given)
        return keyed_response(dict(RECEIPT), taken)


class CriticalMomentForm(APIView):
    """The form of a report."""

    @extend_schema(
        operation_id="critical_moment_form",
        summary="Read the form of a report",
        tags=["critical moment"],
        responses={200: MomentFormShape},
    )
    def get(self, request: Request) -> Response:
        """Return its fields, and the numbers of the page that stops while somebody is in danger."""
        actor = actor_in(request)
        policy.require(actor, Permission.MOMENT_RECORD)
        first = stop({"danger_now": True}, receivers(actor.partnership_id)) or {"phones": []}
        return Response({"input": describe(MomentInput), "phones": first["phones"]})
