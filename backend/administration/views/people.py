"""The people of one's own agency: who they are, adding, changing, ending."""

from typing import Any
from uuid import UUID

from django.db.models import F
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.administration.commands.leaving import end_membership
from backend.administration.commands.people import add_person, change_person
from backend.administration.commands.signing_in import reset_sign_in
from backend.administration.queries import people as queries
from backend.administration.serializers import people as shapes
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.audit import access_log
from backend.cases.queries import duty_manager
from backend.core.api.pagination import Pages
from backend.core.errors import Invalid
from backend.core.ids import uuid7
from backend.notifications.serializers import NothingInput
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated

_VIEWS = ("now", "left")


class ByName(Pages):
    """People by name; a cursor reads it off the row, which has the name of its person beside it."""

    ordering = ("person_name", "id")


class People(GenericAPIView[Membership]):
    """Who works for one's agency."""

    pagination_class = ByName
    serializer_class = shapes.PersonShape

    @extend_schema(
        operation_id="people_list",
        summary="List the people of one's agency",
        tags=["people"],
        parameters=[OpenApiParameter("view", enum=list(_VIEWS), description="“now” if not said")],
        responses=shapes.PersonShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of people by name: those who work there now, or those who have left."""
        actor = actor_in(request)
        access_log.begin(request._request, "person.list", access_log.CONSULTATION)
        policy.require(actor, Permission.PEOPLE_SEE)
        view = request.query_params.get("view", _VIEWS[0])
        if view not in _VIEWS:
            raise Invalid("Choose a view.", fields={"view": [f"Choose one of: {', '.join(_VIEWS)}."]})
        people = queries.people_of(actor)
        chosen = queries.active(people) if view == "now" else people.filter(ended_at__isnull=False)
        named = chosen.annotate(person_name=F("user__name")).order_by("person_name", "id")
        page = list(self.paginate_queryset(named) or [])
        links = queries.invitations(row.user_id for row in page)
        return self.get_paginated_response([shapes.person_data(row, links) for row in page])

    @extend_schema(
        operation_id="person_add",
        summary="Add somebody to one's agency",
        tags=["people"],
        parameters=[KEY_PARAMETER],
        request=shapes.AddPersonInput,
        responses={201: shapes.PersonDetailShape},
    )
    def post(self, request: Request) -> Response:
        """Give somebody a role in one's own agency."""
        actor = actor_in(request)
        touched = access_log.begin(request._request, "person.add", access_log.ALTERATION)
        policy.require(actor, Permission.PEOPLE_ADD)
        given = validated(shapes.AddPersonInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        pk = taken.result_id
        if not taken.is_replay:
            pk = add_person(actor, taken.result_id, **{**given, "role": Role(given["role"])}).id
        touched.root_ids.add(pk)
        return keyed_response(_detail(actor, queries.one_of(actor, pk)), taken)


class Person(APIView):
    """One role of one person."""

    @extend_schema(
        operation_id="person_read",
        summary="Read about one of one's people",
        tags=["people"],
        responses={200: shapes.PersonDetailShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return who they are, what they have, and to whom it would pass."""
        actor = actor_in(request)
        policy.require(actor, Permission.PEOPLE_SEE)
        return Response(_detail(actor, queries.one_of(actor, pk)))


class PersonChange(APIView):
    """Another role, team or title."""

    @extend_schema(
        operation_id="person_change",
        summary="Change somebody's role or team",
        tags=["people"],
        parameters=[KEY_PARAMETER],
        request=shapes.ChangePersonInput,
        responses={200: shapes.PersonDetailShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Change it; another role takes effect with the person's next request."""
        actor = actor_in(request)
        access_log.begin(request._request, "person.change", access_log.ALTERATION).root_ids.add(pk)
        policy.require(actor, Permission.PEOPLE_CHANGE)
        given = validated(shapes.ChangePersonInput, request.data)
        taken = take_key(request, actor, result_id=pk, status=200)
        row = queries.one_of(actor, pk)
        if not taken.is_replay:
            row = change_person(actor, pk, **{**given, "role": Role(given["role"])})
        return keyed_response(_detail(actor, row), taken)


class PersonEnd(APIView):
    """Somebody leaves."""

    @extend_schema(
        operation_id="person_end",
        summary="End somebody's role",
        tags=["people"],
        parameters=[KEY_PARAMETER],
        request=shapes.EndInput,
        responses={200: shapes.PersonShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """End it at once and pass on what they had."""
        actor = actor_in(request)
        access_log.begin(request._request, "person.end", access_log.ALTERATION).root_ids.add(pk)
        policy.require(actor, Permission.PEOPLE_END)
        given = validated(shapes.EndInput, request.data)
        taken = take_key(request, actor, result_id=pk, status=200)
        row = queries.one_of(actor, pk) if taken.is_replay else end_membership(actor, pk, **given)
        return keyed_response(shapes.person_data(row, queries.invitations([row.user_id])), taken)


class PersonResetSignIn(APIView):
    """Somebody has lost their phone or passkey."""

    @extend_schema(
        operation_id="person_reset_sign_in",
        summary="Reset the second step of somebody's sign-in",
        tags=["people"],
        parameters=[KEY_PARAMETER],
        request=NothingInput,
        responses={200: shapes.PersonShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Let them set up another, sign them out everywhere and tell them."""
        actor = actor_in(request)
        access_log.begin(request._request, "person.reset_sign_in", access_log.ALTERATION).root_ids.add(pk)
        policy.require(actor, Permission.PEOPLE_RESET_SIGN_IN)
        validated(NothingInput, request.data)
        taken = take_key(request, actor, result_id=pk, status=200)
        row = queries.one_of(actor, pk) if taken.is_replay else reset_sign_in(actor, pk)
        return keyed_response(shapes.person_data(row, queries.invitations([row.user_id])), taken)


def _detail(actor: Actor, row: Membership) -> dict[str, Any]:
    manager = duty_manager(row.agency_id, team_id=row.team_id, besides=row.user_id)
    passes_to = f"{manager.user.name}, {manager.agency.name}" if manager else ""
    may_reassign = policy.allows(actor, Permission.CASE_REALLOCATE, queries.LEADS)
    return shapes.person_detail(actor, row, passes_to=passes_to, may_reassign=may_reassign)
