"""What is read only when it is asked for by itself: where a child lives who must not be found."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy, queries
from backend.access.authentication import actor_in
from backend.access.marks import ASKED_FOR
from backend.access.policy import Permission
from backend.audit import access_log
from backend.core.errors import NotFound
from backend.referrals.intake.reading_back import protected_answers
from backend.referrals.queries.detail import parts
from backend.referrals.queries.seeing import visible_to
from backend.referrals.serializers.shapes import ReadAnswerShape


class ProtectedShape(serializers.Serializer[Any]):
    """The answers that bear the label."""

    answers = ReadAnswerShape(many=True)


class ProtectedAnswers(APIView):
    """The protected addresses of a referral, each look written down under its own name."""

    @extend_schema(
        operation_id="referral_protected",
        summary="Read the protected addresses of a referral",
        tags=["referral"],
        responses={200: ProtectedShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return what bears the label LOCATION, to whoever decides and to the child's named worker."""
        actor = actor_in(request)
        access_log.begin(request._request, "referral.protected", access_log.CONSULTATION).root_ids.add(pk)
        referral = visible_to(actor).filter(pk=pk).first()
        if referral is None:
            raise NotFound
        access_log.touch(request._request, [referral.id], [referral.child_id])
        policy.require(actor, Permission.REFERRAL_READ_PROTECTED, queries.relations_to(actor, referral.id))
        if referral.child is None:
            return Response({"answers": []})
        found = parts(referral)
        return Response({"answers": protected_answers(found.sent(referral, referral.child), ASKED_FOR, found.names)})
