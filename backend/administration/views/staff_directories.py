"""Signing in by the directory of one's agency: where to go, and what came back. For nobody who is signed in."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.access import factors, oidc
from backend.administration.commands import staff_directories as commands
from backend.administration.serializers.inviting import (
    BeginDirectoryInput,
    DirectoriesShape,
    DirectoryAddressShape,
    FinishDirectoryInput,
    SecondStepShape,
)
from backend.administration.views.inviting import Outside
from backend.agencies.models import User
from backend.audit import access_log
from backend.workflow.views import validated

_KEPT = "staff_directory"


def callback() -> str:
    """Return where a directory sends the browser back to: a page of the web app."""
    return f"{settings.PUBLIC_URL}/directory"


class Directories(Outside):
    """By whose directories one may sign in here."""

    # Nothing is guessed here; each page where one signs in asks.
    throttle_classes = []

    @extend_schema(operation_id="directories_list", tags=["session"], responses=DirectoriesShape, auth=[])
    def get(self, request: Request) -> Response:
        """Return the agencies that have one."""
        return Response({"results": commands.offered()})


class BeginDirectory(Outside):
    """The way there."""

    @extend_schema(
        operation_id="directory_begin",
        summary="Begin to sign in by an agency's directory",
        tags=["session"],
        request=BeginDirectoryInput,
        responses={200: DirectoryAddressShape},
        auth=[],
    )
    def post(self, request: Request) -> Response:
        """Remember the try in this browser and return where it goes."""
        access_log.begin(request._request, "staff_directory.begin", access_log.ALTERATION, by_link=True)
        given = validated(BeginDirectoryInput, request.data)
        begun, address = commands.begin(given["agency"], given["token"], callback())
        link_id = str(begun.link_id) if begun.link_id else None
        request._request.session[_KEPT] = {**asdict(begun.begun), "link_id": link_id}
        return Response({"address": address})


class FinishDirectory(Outside):
    """The way back."""

    @extend_schema(
        operation_id="directory_finish",
        summary="Sign in with what an agency's directory answered",
        tags=["session"],
        request=FinishDirectoryInput,
        responses={200: SecondStepShape},
        auth=[],
    )
    def post(self, request: Request) -> Response:
        """Sign in whom the directory vouches for, and return which second step is asked for still."""
        touched = access_log.begin(request._request, "staff_directory.finish", access_log.ALTERATION, by_link=True)
        given = validated(FinishDirectoryInput, request.data)
        begun = _begun(request._request.session.pop(_KEPT, None))
        user, second_factor = commands.finish(begun, given["echo"], given["code"], callback())
        touched.root_ids.add(user.id)
        return Response({"second_step": _sign_in(request._request, user, second_factor)})


def _begun(kept: dict[str, Any] | None) -> commands.Try | None:
    if kept is None:
        return None
    link_id = kept.pop("link_id")
    return commands.Try(oidc.Begun(**kept), UUID(link_id) if link_id else None)


def _sign_in(request: HttpRequest, user: User, second_factor: bool) -> list[str]:
    """Sign somebody in, or leave allauth to ask for the second step that they have here."""
    if not second_factor and factors.has_one(user.id):
        perform_login(request, user, email_verification="none")
        return factors.types(user.id)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    if second_factor:
        factors.vouched_for(request.session)
    return []
