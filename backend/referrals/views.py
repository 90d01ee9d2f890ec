"""Referrals as each audience sees them: lists, one record, its timeline, and who the child may be."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.agencies.models import Agency
from backend.audit import access_log
from backend.audit.models import Event
from backend.core.api.pagination import Pages
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.core.ids import uuid7
from backend.referrals.commands.beginning import begin
from backend.referrals.models import Referral
from backend.referrals.queries import lists
from backend.referrals.queries.detail import events
from backend.referrals.queries.facts import facts
from backend.referrals.queries.history import past_of
from backend.referrals.queries.seeing import visible_to
from backend.referrals.serializers import shapes
from backend.referrals.serializers.again import BeginInput
from backend.referrals.serializers.history import past_data
from backend.referrals.serializers.likely import likely_children
from backend.referrals.serializers.likely_shapes import LikelyChildrenShape
from backend.referrals.serializers.past_shapes import PastShape
from backend.referrals.serializers.queue_shapes import QueueCountsShape
from backend.referrals.serializers.representing import audience_of, referral_data, referral_rows
from backend.referrals.serializers.timeline import HIDDEN, entries, for_status, without_questions
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated

_PAGING = {"cursor", "page_size"}
_YES = ("true", "false")


class ReferralPages(Pages):
    """The order of each list; the queue and the offers by what is due next."""

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
        """Return the order that the list's own query has."""
        return tuple(str(name) for name in queryset.query.order_by) or ("-id",)


class NewestFirst(Pages):
    """What happened last comes first."""

    ordering = ("-at", "-id")


class ReferralList(GenericAPIView[Referral]):
    """Lists of referrals, and the beginning of a new one."""

    pagination_class = ReferralPages
    serializer_class = shapes.ReferralRowShape

    @extend_schema(
        operation_id="referrals_list",
        summary="List referrals",
        tags=["referral"],
        parameters=[
            OpenApiParameter("view", enum=list(lists.VIEWS), description="Which list; “mine” if not said"),
            OpenApiParameter("state", enum=list(Referral.LABELS), many=True, description="Only in these states"),
            OpenApiParameter("rag", enum=list(lists.RAGS), description="Only with this colour of the next clock"),
            OpenApiParameter("urgent", enum=list(_YES), description="Only urgent ones, or only others"),
            OpenApiParameter("due", enum=list(lists.GROUPS), description="Only what is due next then"),
            OpenApiParameter("assigned", enum=list(lists.ASSIGNED), description="Only in one’s own hands, or nobody’s"),
            OpenApiParameter("sort", enum=list(lists.SORTS), description="Another order than the list’s own"),
        ],
        responses=shapes.ReferralRowShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of one list."""
        actor = actor_in(request)
        access_log.begin(request._request, "referral.list", access_log.CONSULTATION)
        _declared(request, {"view", "state", "rag", "urgent", "due", "assigned", "sort", *_PAGING})
        _require(actor, Permission.REFERRAL_SEE_STATUS)
        chosen = lists.VIEWS[_one_of(request, "view", lists.VIEWS, "mine")]
        page = list(self.paginate_queryset(lists.as_lines(_filtered(request, actor, chosen(actor)))) or [])
        access_log.touch(request._request, [one.id for one in page], [one.child_id for one in page])
        return self.get_paginated_response(referral_rows(actor, page))

    @extend_schema(
        operation_id="referral_create",
        summary="Begin a referral",
        tags=["referral"],
        parameters=[KEY_PARAMETER],
        request=BeginInput,
        responses={201: shapes.ReferralShape},
    )
    def post(self, request: Request) -> Response:
        """Begin a draft and return it."""
        actor = actor_in(request)
        access_log.begin(request._request, "referral.create", access_log.COLLECTION)
        given = validated(BeginInput, request.data)
        policy.require(actor, Permission.REFERRAL_CREATE)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            # A look at what is not theirs is written down, too.
            access_log.touch(request._request, [one for one in given.values() if one], [])
            begin(actor, given, taken.result_id)
        referral = _visible(request, actor, taken.result_id)
        return keyed_response(referral_data(actor, referral), taken)


class QueueCounts(APIView):
    """How much waits in the queue of one's agency."""

    @extend_schema(
        operation_id="referrals_counts",
        summary="Count what waits in the queue",
        tags=["referral"],
        responses={200: QueueCountsShape},
    )
    def get(self, request: Request) -> Response:
        """Return how many are new, due when, and in whose hands; numbers of one's own agency only."""
        actor = actor_in(request)
        access_log.begin(request._request, "referral.counts", access_log.CONSULTATION)
        _declared(request, ())
        _require(actor, Permission.REFERRAL_SEE_STATUS)
        return Response(lists.counts(actor))


class ReferralDetail(APIView):
    """One referral."""

    @extend_schema(
        operation_id="referral_read",
        summary="Read a referral",
        tags=["referral"],
        responses={200: shapes.ReferralShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return it as its audience may see it, with what the actor may do now."""
        actor = actor_in(request)
        _begin(request, "referral.read", pk)
        return Response(referral_data(actor, _visible(request, actor, pk)))


class ReferralTimeline(GenericAPIView[Event]):
    """What happened to a referral."""

    pagination_class = NewestFirst
    serializer_class = shapes.TimelineShape

    @extend_schema(
        operation_id="referral_timeline",
        summary="Read what happened to a referral",
        tags=["referral"],
        responses=shapes.TimelineShape(many=True),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return a page of events, the latest first; a reason to who decides or helps, and to who gave it."""
        actor = actor_in(request)
        _begin(request, "referral.timeline", pk)
        _declared(request, _PAGING)
        referral = _visible(request, actor, pk)
        relations = queries.relations_to(actor, referral.id)
        reads_text = audience_of(actor, referral, relations) != "status"
        found = events(referral).exclude(verb__in=HIDDEN)
        if not policy.allows(actor, Permission.INFORMATION_REQUEST_SEE, relations - {Relation.ASKED}):
            found = without_questions(found)
        page = list(self.paginate_queryset(found if reads_text else for_status(found)) or [])
        names = {
            str(pk): name
            for pk, name in Agency.objects.filter(partnership=referral.partnership_id).values_list("id", "name")
        }
        reads_reasons = policy.allows(actor, Permission.REFERRAL_READ_REASONS, relations)
        return self.get_paginated_response(
            entries(
                page,
                names,
                reads_text=reads_text,
                reasons_of=lambda event: reads_reasons or event.actor_agency_id == actor.agency_id,
            )
        )


class LikelyChildren(APIView):
    """The children who may be the one a referral is about."""

    @extend_schema(
        operation_id="referral_likely_children",
        summary="List the children who may be the one",
        tags=["referral"],
        responses={200: LikelyChildrenShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return at most ten, the surest first; nobody is preselected."""
        actor = actor_in(request)
        _begin(request, "referral.likely_children", pk)
        referral = _visible(request, actor, pk)
        policy.require(actor, Permission.REFERRAL_MATCH_CHILD, queries.relations_to(actor, referral.id))
        known = facts(referral, actor)
        found = likely_children(known, referral)
        access_log.touch(request._request, [], [child["id"] for child in found])
        return Response({"results": found, "is_known_elsewhere": known.is_known_elsewhere})


class ReferralPast(APIView):
    """A summary of the past of the child whom a referral is about."""

    @extend_schema(
        operation_id="referral_past",
        summary="Read a summary of the child's earlier referrals and cases",
        tags=["referral"],
        responses={200: PastShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return at most fifty of each, the latest first, to whoever decides; nothing once that is a week ago."""
        actor = actor_in(request)
        _begin(request, "referral.past", pk)
        referral = _visible(request, actor, pk)
        policy.require(actor, Permission.REFERRAL_MATCH_CHILD, queries.relations_to(actor, referral.id))
        past = past_of(referral)
        for found in (past.referrals, past.cases):
            access_log.touch(request._request, [one.id for one in found], [one.child_id for one in found])
        return Response(past_data(past))


def _begin(request: Request, label: str, pk: UUID) -> None:
    access_log.begin(request._request, label, access_log.CONSULTATION).root_ids.add(pk)


def _visible(request: Request, actor: Actor, pk: UUID) -> Referral:
    referral = visible_to(actor).filter(pk=pk).first()
    if referral is None:
        raise NotFound
    access_log.touch(request._request, [referral.id], [referral.child_id])
    return referral


def _require(actor: Actor, permission: Permission) -> None:
    """A list needs no relation yet: it is refused only to a role that could never see a row of it."""
    if not policy.holds(actor, permission):
        raise Forbidden(f"Your role, {actor.role.label.lower()}, does not work with referrals.")


def _declared(request: Request, names: Collection[str]) -> None:
    strange = [name for name in request.query_params if name not in names]
    if strange:
        raise Invalid("This list has no such filter.", fields={name: ["We do not know this."] for name in strange})


def _one_of(request: Request, name: str, allowed: Collection[str], default: str = "") -> str:
    value = request.query_params.get(name, default)
    if value not in allowed and value != default:
        sentence = f"Choose one of: {', '.join(allowed)}."
        raise Invalid(sentence, fields={name: [sentence]})
    return value


def _filtered(request: Request, actor: Actor, referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    states = request.query_params.getlist("state")
    if any(state not in Referral.LABELS for state in states):
        raise Invalid("There is no such state.", fields={"state": [f"Choose from: {', '.join(Referral.LABELS)}."]})
    urgent, sort = _one_of(request, "urgent", _YES), _one_of(request, "sort", lists.SORTS)
    found = lists.narrowed(
        actor,
        referrals,
        states=states,
        is_urgent=urgent == "true" if urgent else None,
        due=_one_of(request, "due", lists.GROUPS),
        assigned=_one_of(request, "assigned", lists.ASSIGNED),
        rag=_one_of(request, "rag", lists.RAGS),
    )
    return found.order_by(*lists.SORTS[sort]) if sort else found
