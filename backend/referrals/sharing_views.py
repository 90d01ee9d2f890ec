"""Taking back a consent through the API, at the referral it was given for."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.core.errors import NotFound
from backend.referrals.commands.withdrawing import withdraw_sharing
from backend.referrals.queries.seeing import visible_to
from backend.referrals.serializers.moving import WithdrawSharingInput
from backend.referrals.serializers.representing import referral_data
from backend.referrals.serializers.shapes import ReferralShape
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class WithdrawSharing(APIView):
    """A consent that was taken back."""

    @extend_schema(
        operation_id="referral_withdraw_sharing",
        summary="Record that a consent was taken back",
        tags=["referral"],
        parameters=[KEY_PARAMETER],
        request=WithdrawSharingInput,
        responses={200: ReferralShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Close what that consent opened, and return the referral as it now is."""
        actor = actor_in(request)
        access_log.begin(request._request, "referral.withdraw_sharing", access_log.ALTERATION).root_ids.add(pk)
        given = validated(WithdrawSharingInput, request.data)
        taken = take_key(request, actor, result_id=pk, status=200)
        if not taken.is_replay:
            withdraw_sharing(actor, pk, **given)
        referral = visible_to(actor).filter(pk=pk).first()
        if referral is None:
            raise NotFound
        access_log.touch(request._request, [referral.id], [referral.child_id])
        return keyed_response(referral_data(actor, referral), taken)
