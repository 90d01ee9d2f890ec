"""Services that may help the child of a referral, from what it says: nothing about the child is in an address."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy, queries
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.audit import access_log
from backend.core.errors import NotFound
from backend.directory.queries import fitting
from backend.directory.serializers import MatchesShape, matches
from backend.referrals.queries.looking_for import wanted_for
from backend.referrals.queries.seeing import visible_to


class ReferralServices(APIView):
    """The directory as it looks from one referral."""

    @extend_schema(
        operation_id="referral_services",
        summary="List the services that may help the child of a referral",
        tags=["referral"],
        responses={200: MatchesShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return at most thirty, those that meet most of its needs first, each with why."""
        actor = actor_in(request)
        access_log.begin(request._request, "referral.services", access_log.CONSULTATION).root_ids.add(pk)
        referral = visible_to(actor).filter(pk=pk).first()
        if referral is None:
            raise NotFound
        access_log.touch(request._request, [referral.id], [referral.child_id])
        policy.require(actor, Permission.REFERRAL_READ_TEXT, queries.relations_to(actor, referral.id))
        wanted = wanted_for(actor, referral)
        return Response(matches(fitting(actor, wanted), wanted))
