"""The team around a child: who is on it, somebody named to it, and a place on it as whoever has it sees it."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.audit import access_log
from backend.cases.commands.team import add_member, write_shared_note
from backend.cases.models import TeamMember
from backend.cases.note_views import visible_case
from backend.cases.queries.noting import shared_notes_of
from backend.cases.queries.team import members_visible_to, places_of
from backend.cases.serializers import team
from backend.cases.serializers.noting import ToldNoteShape, told_note
from backend.core.api.pagination import Pages
from backend.core.errors import Forbidden, NotFound
from backend.core.ids import uuid7
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class LatestFirst(Pages):
    """Where somebody was named last comes first."""

    ordering = ("-made_at", "-id")


class CaseTeam(APIView):
    """The team around the child of one case."""

    @extend_schema(operation_id="case_team", summary="Read who is on the team", tags=["team"], responses=team.TeamShape)
    def get(self, request: Request, pk: UUID) -> Response:
        """Return who is and was on the team, with what the actor may do."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.team", access_log.CONSULTATION).root_ids.add(pk)
        return Response(team.team_data(actor, visible_case(request, actor, pk)))

    @extend_schema(
        operation_id="case_name_member",
        summary="Name somebody to the team",
        tags=["team"],
        parameters=[KEY_PARAMETER],
        request=team.MemberInput,
        responses={201: team.TeamPlaceShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Name somebody to the team around the child and return their place."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.name_member", access_log.COLLECTION).root_ids.add(pk)
        given = validated(team.MemberInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            add_member(actor, pk, given, member_id=taken.result_id)
        visible_case(request, actor, pk)
        return keyed_response(team.place_data(actor, _place(request, actor, taken.result_id)), taken)


class PlaceList(GenericAPIView[TeamMember]):
    """One's own places on the teams of other agencies' cases."""

    pagination_class = LatestFirst
    serializer_class = team.TeamPlaceRowShape

    @extend_schema(
        operation_id="team_members_list",
        summary="List the teams one is on",
        tags=["team"],
        responses=team.TeamPlaceRowShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of one's own places, the latest first."""
        actor = actor_in(request)
        access_log.begin(request._request, "team_member.list", access_log.CONSULTATION)
        if not policy.holds(actor, Permission.TEAM_MEMBER_WRITE_NOTE):
            raise Forbidden(f"Your role, {actor.role.label.lower()}, does not work with families.")
        page = list(self.paginate_queryset(places_of(actor)) or [])
        access_log.touch(request._request, [one.root_id for one in page], [one.child_id for one in page])
        return self.get_paginated_response(team.place_rows(page))


class PlaceDetail(APIView):
    """One place on a team."""

    @extend_schema(
        operation_id="team_member_read", summary="Read a place on a team", tags=["team"], responses=team.TeamPlaceShape
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the place with the plan, what the team shares, and what the actor may do."""
        actor = actor_in(request)
        access_log.begin(request._request, "team_member.read", access_log.CONSULTATION).root_ids.add(pk)
        return Response(team.place_data(actor, _place(request, actor, pk)))


class PlaceNotes(APIView):
    """What a member of another agency writes for the team."""

    @extend_schema(
        operation_id="team_member_write_note",
        summary="Write to the team around a child",
        tags=["team"],
        parameters=[KEY_PARAMETER],
        request=team.SharedNoteInput,
        responses={201: ToldNoteShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Write a note that the whole team reads and return it."""
        actor = actor_in(request)
        access_log.begin(request._request, "team_member.write_note", access_log.COLLECTION).root_ids.add(pk)
        given = validated(team.SharedNoteInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            write_shared_note(actor, pk, given, note_id=taken.result_id)
        member = _place(request, actor, pk)
        note = shared_notes_of(actor, member.root_id).filter(pk=taken.result_id).first()
        if note is None:
            raise NotFound
        return keyed_response(told_note(note), taken)


def _place(request: Request, actor: Actor, pk: UUID) -> TeamMember:
    member = members_visible_to(actor).filter(pk=pk).first()
    if member is None:
        raise NotFound
    access_log.touch(request._request, [member.root_id], [member.child_id])
    return member
