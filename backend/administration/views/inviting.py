"""Inviting people of one's own agency, and the page behind the link that they get: it is for whoever holds one."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import factors, policy, session
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.access.session_serializers import SessionShape
from backend.access.throttling import ByAddress
from backend.administration.commands import inviting
from backend.administration.queries import people as queries
from backend.administration.serializers import people as shapes
from backend.administration.serializers.inviting import ChoosePasswordInput, ForgottenInput
from backend.agencies.models import Membership
from backend.audit import access_log
from backend.notifications.serializers import NothingInput
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class LinkThrottle(ByAddress):
    """So many links an hour come from no one office."""

    scope = "password_link"


class Outside(APIView):
    """For nobody who is signed in: whoever is, at this browser, does not count."""

    authentication_classes = ()
    permission_classes = [AllowAny]
    throttle_classes = [LinkThrottle]


class ChoosePassword(Outside):
    """The one use of a link. A POST, so that a mail scanner that opens every address uses none."""

    @extend_schema(
        operation_id="password_choose",
        summary="Choose a password by a link, once",
        tags=["session"],
        request=ChoosePasswordInput,
        responses={200: SessionShape},
        auth=[],
    )
    def post(self, request: Request) -> Response:
        """Keep the password and return the session; the same 404 for a wrong, used, withdrawn or expired link.

        Whoever has no second step yet is signed in and sets one up; whoever has one signs in with both.
        """
        touched = access_log.begin(request._request, "password_link.use", access_log.ALTERATION, by_link=True)
        given = validated(ChoosePasswordInput, request.data)
        link = inviting.use_link(given["token"], given["password"])
        touched.root_ids.update((link.id, link.user_id))
        if not factors.has_one(link.user_id):
            login(request._request, link.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return Response(session.describe(request._request))


class ForgottenPassword(Outside):
    """Somebody cannot sign in any more."""

    @extend_schema(
        operation_id="password_forgotten",
        summary="Ask for a link to choose another password",
        tags=["session"],
        request=ForgottenInput,
        responses={204: None},
        auth=[],
    )
    def post(self, request: Request) -> Response:
        """Send one, if anybody has the address; the answer is the same if nobody has."""
        access_log.begin(request._request, "password_link.ask", access_log.ALTERATION, by_link=True)
        inviting.ask_for_link(validated(ForgottenInput, request.data)["email"])
        return Response(status=204)


class PersonInvite(APIView):
    """The invitation got lost or has run out."""

    @extend_schema(
        operation_id="person_invite",
        summary="Send somebody's invitation again",
        tags=["people"],
        parameters=[KEY_PARAMETER],
        request=NothingInput,
        responses={200: shapes.PersonShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Send a new link; the one before it works no more."""
        access_log.begin(request._request, "person.invite", access_log.ALTERATION).root_ids.add(pk)
        return _once(request, pk, inviting.invite_again)


class PersonWithdrawInvitation(APIView):
    """The invitation went to somebody it was not meant for."""

    @extend_schema(
        operation_id="person_withdraw_invitation",
        summary="Withdraw somebody's invitation",
        tags=["people"],
        parameters=[KEY_PARAMETER],
        request=NothingInput,
        responses={200: shapes.PersonShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Let the link lead nowhere; sending the invitation again undoes it."""
        access_log.begin(request._request, "person.withdraw_invitation", access_log.ALTERATION).root_ids.add(pk)
        return _once(request, pk, inviting.withdraw_invitation)


def _once(request: Request, pk: UUID, act: Callable[[Actor, UUID], Membership]) -> Response:
    """Do it once for each key, and return the person."""
    actor = actor_in(request)
    policy.require(actor, Permission.PEOPLE_ADD)
    validated(NothingInput, request.data)
    taken = take_key(request, actor, result_id=pk, status=200)
    row = queries.one_of(actor, pk) if taken.is_replay else act(actor, pk)
    return keyed_response(shapes.person_data(row, queries.invitations([row.user_id])), taken)
