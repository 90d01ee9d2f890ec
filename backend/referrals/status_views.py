"""The page behind a status link: for anybody who holds one, and for nobody else."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.throttling import ByAddress
from backend.audit import access_log
from backend.core.errors import NotFound
from backend.referrals.commands.feedback import use_status_link
from backend.referrals.serializers.public_status import PublicStatusShape, TokenInput, public_status
from backend.workflow.views import validated


class GuessThrottle(ByAddress):
    """So many links an hour come from no one family."""

    scope = "status_link"


class StatusOfLink(APIView):
    """The one use of a link. A POST, so that a mail scanner that opens every address uses none."""

    # Whoever is signed in at this browser does not count: what a link opens is the same for everybody.
    authentication_classes = ()
    permission_classes = [AllowAny]
    throttle_classes = [GuessThrottle]

    @extend_schema(
        operation_id="status_show",
        summary="Show how a referral stands, once",
        tags=["status"],
        request=TokenInput,
        responses={200: PublicStatusShape},
        auth=[],
    )
    def post(self, request: Request) -> Response:
        """Use the link and return the status; the same 404 for a wrong, used, ended or expired one."""
        touched = access_log.begin(request._request, "status_link.use", access_log.CONSULTATION, by_link=True)
        used = use_status_link(validated(TokenInput, request.data)["token"])
        if used is None:
            raise NotFound
        touched.root_ids.update((used.link_id, used.referral_id))
        touched.child_ids.update(filter(None, [used.child_id]))
        if used.status is None:
            raise NotFound
        return Response(public_status(used.status))
