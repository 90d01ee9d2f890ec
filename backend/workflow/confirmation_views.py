"""Questions to a second person: those that wait for me, one of them, and the answers."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.core.api.pagination import Pages
from backend.core.errors import Invalid, NotFound
from backend.workflow import confirmations
from backend.workflow.confirmation_data import rows, waiting_for
from backend.workflow.fields import EdgeInput
from backend.workflow.models import Confirmation
from backend.workflow.serializers import (
    ConfirmationShape,
    ConfirmInput,
    RefuseInput,
    WithdrawConfirmationInput,
)
from backend.workflow.views import INPUTS, KEY_PARAMETER, keyed_response, take_key, validated

_VIEWS = ("for-me",)
Post = TypeVar("Post", bound=Callable[..., Response])


class LongestWaitingFirst(Pages):
    """Who has waited longest comes first."""

    ordering = ("asked_at", "id")


class ConfirmationList(GenericAPIView[Confirmation]):
    """The questions that wait for a second person, and that could be me."""

    pagination_class = LongestWaitingFirst
    serializer_class = ConfirmationShape

    @extend_schema(
        operation_id="confirmations_list",
        summary="List questions that wait for a second person",
        tags=["confirmation"],
        parameters=[OpenApiParameter("view", enum=list(_VIEWS), description="“for-me” if not said")],
        responses=ConfirmationShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of them, the longest waiting first."""
        actor = actor_in(request)
        access_log.begin(request._request, "confirmation.list", access_log.CONSULTATION)
        if request.query_params.get("view", _VIEWS[0]) not in _VIEWS:
            raise Invalid("Choose the view “for-me”.", fields={"view": ["Choose the view “for-me”."]})
        waiting = list(self.paginate_queryset(waiting_for(actor)) or [])
        access_log.touch(request._request, [one.root_id for one in waiting], [one.child_id for one in waiting])
        return self.get_paginated_response(rows(actor, waiting))


class ConfirmationDetail(APIView):
    """One question to a second person."""

    @extend_schema(
        operation_id="confirmation_read",
        summary="Read a question to a second person",
        tags=["confirmation"],
        responses={200: ConfirmationShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the question with what the actor may answer."""
        actor = actor_in(request)
        touched = access_log.begin(request._request, "confirmation.read", access_log.CONSULTATION)
        touched.root_ids.add(pk)
        return Response(_data(request, actor, pk))


class ConfirmationAnswer(APIView):
    """The base of the three answers."""

    name: ClassVar[str]
    input_class: ClassVar[type[EdgeInput]]

    def answer(self, request: Request, pk: UUID) -> Response:
        """Give the answer once, whatever the network does, and return the question as it stands then."""
        actor = actor_in(request)
        touched = access_log.begin(request._request, f"confirmation.{self.name}", access_log.ALTERATION)
        touched.root_ids.add(pk)
        given = validated(self.input_class, request.data)
        taken = take_key(request, actor, result_id=pk, status=200)
        if not taken.is_replay:
            self.perform(actor, pk, given)
        return keyed_response(_data(request, actor, pk), taken)

    def perform(self, actor: Actor, pk: UUID, given: dict[str, Any]) -> None:
        """Run the command of this answer."""
        raise NotImplementedError


def _described(name: str, summary: str, request: type[EdgeInput]) -> Callable[[Post], Post]:
    described: Callable[[Post], Post] = extend_schema(
        operation_id=f"confirmation_{name}",
        summary=summary,
        tags=["confirmation"],
        parameters=[KEY_PARAMETER],
        request=request,
        responses={200: ConfirmationShape},
    )
    return described


class Confirm(ConfirmationAnswer):
    """Agree: the edge is taken with the first person's input."""

    name = "confirm"
    input_class = ConfirmInput

    @_described("confirm", "Confirm as the second person", ConfirmInput)
    def post(self, request: Request, pk: UUID) -> Response:
        """Agree."""
        return self.answer(request, pk)

    def perform(self, actor: Actor, pk: UUID, given: dict[str, Any]) -> None:
        """Take the edge."""
        confirmations.confirm(actor, pk, given=_first_input, version=given["version"])


class Refuse(ConfirmationAnswer):
    """Disagree: the record stays as it is."""

    name = "refuse"
    input_class = RefuseInput

    @_described("refuse", "Do not confirm", RefuseInput)
    def post(self, request: Request, pk: UUID) -> Response:
        """Disagree, with a reason."""
        return self.answer(request, pk)

    def perform(self, actor: Actor, pk: UUID, given: dict[str, Any]) -> None:
        """Keep the reason."""
        confirmations.refuse(actor, pk, reason=given["reason"], version=given["version"])


class Withdraw(ConfirmationAnswer):
    """Take one's own question back."""

    name = "withdraw"
    input_class = WithdrawConfirmationInput

    @_described("withdraw", "Withdraw one's own question", WithdrawConfirmationInput)
    def post(self, request: Request, pk: UUID) -> Response:
        """Take it back."""
        return self.answer(request, pk)

    def perform(self, actor: Actor, pk: UUID, given: dict[str, Any]) -> None:
        """Only the person who asked."""
        confirmations.withdraw(actor, pk, version=given["version"])


def _first_input(waiting: Confirmation) -> dict[str, Any]:
    """Read the first person's input through the form it was given with."""
    stored = validated(INPUTS[waiting.noun, waiting.edge], {**waiting.given, "version": 0})
    stored.pop("version")
    return stored


def _data(request: Request, actor: Actor, pk: UUID) -> dict[str, Any]:
    waiting = Confirmation.objects.filter(pk=pk).first()
    shown = rows(actor, [waiting]) if waiting is not None else []
    if waiting is None or not shown:
        raise NotFound
    access_log.touch(request._request, [waiting.root_id], [waiting.child_id])
    return shown[0]
