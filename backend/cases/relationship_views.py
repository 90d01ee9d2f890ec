"""The people around a child: who they are, somebody named to them, and one of them on a page of their own."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.cases.commands.relationships import name_person, take_up
from backend.cases.commands.same_people import say_same, take_back_same
from backend.cases.models import Relationship
from backend.cases.note_views import visible_case
from backend.cases.queries.relationships import relationships_visible_to, said_person
from backend.cases.serializers.people import CasePeopleShape, people_data
from backend.cases.serializers.relationship_inputs import (
    NamePersonInput,
    SaySameInput,
    TakeBackSameInput,
    TakeUpInput,
)
from backend.cases.serializers.relationships import RelationshipShape, relationship_page, said_data
from backend.core.errors import NotFound
from backend.core.ids import uuid7
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class CasePeople(APIView):
    """The people around the child of one case."""

    @extend_schema(
        operation_id="case_people",
        summary="Read who belongs to the child’s household and network",
        tags=["case"],
        responses=CasePeopleShape,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return each person with what they are to the child, as the case says it, or else the latest referral."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.people", access_log.CONSULTATION).root_ids.add(pk)
        return Response(people_data(actor, visible_case(request, actor, pk)))

    @extend_schema(
        operation_id="case_name_person",
        summary="Name somebody around the child",
        tags=["case"],
        parameters=[KEY_PARAMETER],
        request=NamePersonInput,
        responses={201: RelationshipShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Name somebody around the child and return what is said of them."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.name_person", access_log.COLLECTION).root_ids.add(pk)
        given = validated(NamePersonInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            name_person(actor, pk, given, relationship_id=taken.result_id)
        visible_case(request, actor, pk)
        return keyed_response(_shown(request, actor, _relationship(request, actor, taken.result_id)), taken)


class RelationshipDetail(APIView):
    """One person around a child."""

    @extend_schema(
        operation_id="relationship_read",
        summary="Read what somebody is to a child",
        tags=["relationship"],
        responses=RelationshipShape,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return what the case says of a person and said before, or else what the referral says that names them."""
        actor = actor_in(request)
        access_log.begin(request._request, "relationship.read", access_log.CONSULTATION).root_ids.add(pk)
        found = relationships_visible_to(actor).filter(pk=pk).first()
        if found is not None:
            access_log.touch(request._request, [found.root_id], [found.child_id])
            return Response(_shown(request, actor, found))
        said = said_person(actor, pk)
        if said is None:
            raise NotFound
        person, case = said
        access_log.touch(request._request, [case.id, person.root_id], [case.child_id])
        return Response(said_data(actor, person, case))


class PersonTakenUp(APIView):
    """Somebody whom a referral names, and of whom the case now speaks."""

    @extend_schema(
        operation_id="relationship_take_up",
        summary="Change or add to what a referral says of somebody",
        tags=["relationship"],
        parameters=[KEY_PARAMETER],
        request=TakeUpInput,
        responses={201: RelationshipShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Say what the case says of them from now on and return it."""
        actor = actor_in(request)
        access_log.begin(request._request, "relationship.take_up", access_log.COLLECTION).root_ids.add(pk)
        given = validated(TakeUpInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            take_up(actor, pk, given, relationship_id=taken.result_id)
        return keyed_response(_shown(request, actor, _relationship(request, actor, taken.result_id)), taken)


class SamePersonSaid(APIView):
    """Somebody around a child who is the same person as somebody around a brother or sister."""

    @extend_schema(
        operation_id="relationship_say_same",
        summary="Say that somebody around a brother or sister is the same person",
        tags=["relationship"],
        parameters=[KEY_PARAMETER],
        request=SaySameInput,
        responses={201: RelationshipShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Say it, and return the person with what is said now."""
        actor = actor_in(request)
        access_log.begin(request._request, "relationship.say_same", access_log.ALTERATION).root_ids.add(pk)
        given = validated(SaySameInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            say_same(actor, pk, given, same_id=taken.result_id)
        return keyed_response(_shown(request, actor, _relationship(request, actor, pk)), taken)


class SamePersonTakenBack(APIView):
    """Two people who are not the same person after all."""

    @extend_schema(
        operation_id="relationship_take_back_same",
        summary="Take back that two people are the same person",
        tags=["relationship"],
        parameters=[KEY_PARAMETER],
        request=TakeBackSameInput,
        responses=RelationshipShape,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Take it back, and return the person with what is said now."""
        actor = actor_in(request)
        access_log.begin(request._request, "relationship.take_back_same", access_log.ALTERATION).root_ids.add(pk)
        given = validated(TakeBackSameInput, request.data)
        taken = take_key(request, actor, result_id=pk, status=200)
        if not taken.is_replay:
            take_back_same(actor, pk, given)
        return keyed_response(_shown(request, actor, _relationship(request, actor, pk)), taken)


def _relationship(request: Request, actor: Actor, pk: UUID) -> Relationship:
    found = relationships_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound
    access_log.touch(request._request, [found.root_id], [found.child_id])
    return found


def _shown(request: Request, actor: Actor, found: Relationship) -> dict[str, Any]:
    """Return the page of one person, and write down around which other children somebody was shown with them."""
    data, others = relationship_page(actor, found)
    access_log.touch(request._request, [one.root_id for one in others], [one.child_id for one in others])
    return data
