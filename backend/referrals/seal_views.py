"""Who may see a referral."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy, queries
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.audit import access_log
from backend.cases.queries.sealing import reads_nothing
from backend.cases.serializers.sealing import SEAL_INPUTS, SealShape
from backend.core.errors import NotFound
from backend.referrals.commands.sealing import referral_seal_machine
from backend.referrals.serializers.sealing import referral_seal_data
from backend.workflow.views import transition_routes


class ReferralSeal(APIView):
    """Who is named on the seal of a referral, or who decides about one that is not sealed."""

    @extend_schema(
        operation_id="referral_seal_read",
        summary="Read who may see a referral",
        tags=["referral seal"],
        responses=SealShape,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return who may see the referral, since when and why, with what the actor may do about it."""
        actor = actor_in(request)
        access_log.begin(request._request, "referral_seal.read", access_log.CONSULTATION).root_ids.add(pk)
        referral = referral_seal_machine.found(actor, pk)
        if referral is None:
            raise NotFound
        access_log.touch(request._request, [referral.id], [referral.child_id])
        needed = Permission.SEAL_PROPOSE if reads_nothing(actor) else Permission.REFERRAL_READ_REASONS
        policy.require(actor, needed, queries.relations_to(actor, referral.id))
        return Response(referral_seal_data(actor, referral))


SEAL_ROUTES = transition_routes(
    referral_seal_machine, SEAL_INPUTS, prefix="referral-seals", represent=referral_seal_data, shape=SealShape
)
