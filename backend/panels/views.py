"""Panels as everybody of the partnership sees them, and what they hear as those see it who may."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.audit import access_log
from backend.cases.models import Case
from backend.cases.queries import visible_to as cases_visible_to
from backend.core.api.pagination import OwnOrder
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.core.ids import uuid7
from backend.panels import queries
from backend.panels.commands import add_to_agenda, plan_panel, put_on_agenda
from backend.panels.commands.minutes import keep_minutes
from backend.panels.models import Panel
from backend.panels.serializers import previewing, representing, shapes
from backend.panels.serializers.inputs import AddToAgendaInput, KeepMinutesInput, PlanPanelInput, PutOnAgendaInput
from backend.workflow.preview_views import PreviewShape, seen_by_others
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated

_AHEAD = "ahead"


class PanelList(GenericAPIView[Panel]):
    """The meetings of one's partnership."""

    pagination_class = OwnOrder
    serializer_class = shapes.PanelRowShape

    @extend_schema(
        operation_id="panels_list",
        summary="List panel meetings",
        tags=["panel"],
        parameters=[OpenApiParameter("view", enum=list(queries.VIEWS), description="Which list; “ahead” if not said")],
        responses=shapes.PanelRowShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of one list."""
        actor = actor_in(request)
        access_log.begin(request._request, "panel.list", access_log.CONSULTATION)
        _must_work_with_children(actor)
        chosen = queries.VIEWS.get(request.query_params.get("view", _AHEAD))
        if chosen is None:
            sentence = f"Choose one of these views: {', '.join(queries.VIEWS)}."
            raise Invalid(sentence, fields={"view": [sentence]})
        page = list(self.paginate_queryset(chosen(actor)) or [])
        access_log.touch(request._request, [panel.id for panel in page])
        return self.get_paginated_response(representing.panel_rows(actor, page))

    @extend_schema(
        operation_id="panel_plan",
        summary="Plan a panel",
        tags=["panel"],
        parameters=[KEY_PARAMETER],
        request=PlanPanelInput,
        responses={201: shapes.PanelShape},
    )
    def post(self, request: Request) -> Response:
        """Plan a meeting that one's agency chairs and return it."""
        actor = actor_in(request)
        access_log.begin(request._request, "panel.plan", access_log.COLLECTION)
        given = validated(PlanPanelInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            plan_panel(actor, given, panel_id=taken.result_id)
        return keyed_response(representing.panel_data(actor, _panel(request, actor, taken.result_id)), taken)


class PanelAgenda(APIView):
    """The agenda of a meeting, as whoever prepares it fills it with what is open."""

    @extend_schema(
        operation_id="panel_add_to_agenda",
        summary="Put an open item on a panel’s agenda",
        tags=["panel"],
        parameters=[KEY_PARAMETER],
        request=AddToAgendaInput,
        responses={201: shapes.PanelShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Put one of the cases that are offered on the agenda and return the meeting."""
        actor = actor_in(request)
        access_log.begin(request._request, "panel.add_to_agenda", access_log.COLLECTION).root_ids.add(pk)
        given = validated(AddToAgendaInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            add_to_agenda(actor, pk, given, item_id=taken.result_id)
        return keyed_response(_panel_read(request, actor, pk), taken)


class NewPanel(APIView):
    """Where a meeting is planned."""

    @extend_schema(
        operation_id="panel_form",
        summary="Read the form that plans a panel",
        tags=["panel"],
        responses={200: shapes.NewPanelShape},
    )
    def get(self, request: Request) -> Response:
        """Return the form, for whoever may plan one."""
        actor = actor_in(request)
        _must_work_with_children(actor)
        return Response(representing.new_panel(actor))


class PanelDetail(APIView):
    """One meeting."""

    @extend_schema(
        operation_id="panel_read", summary="Read a panel", tags=["panel"], responses={200: shapes.PanelShape}
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return it with what of its agenda the actor sees, and what they may do now."""
        actor = actor_in(request)
        access_log.begin(request._request, "panel.read", access_log.CONSULTATION).root_ids.add(pk)
        return Response(_panel_read(request, actor, pk))


class CasePanelItems(APIView):
    """Where one case is or was on the agenda of a panel."""

    @extend_schema(
        operation_id="case_panel_items",
        summary="List where a case is heard by a panel",
        tags=["case"],
        responses={200: shapes.CasePanelsShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return at most fifty, the latest first, and the form that puts the case on an agenda."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.panel_items", access_log.CONSULTATION).root_ids.add(pk)
        return Response(representing.case_panels_data(actor, _case(request, actor, pk)))

    @extend_schema(
        operation_id="case_put_on_agenda",
        summary="Put a case on a panel’s agenda",
        tags=["case"],
        parameters=[KEY_PARAMETER],
        request=PutOnAgendaInput,
        responses={201: shapes.PanelItemShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Put the case on the agenda of a panel and return the item."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.put_on_agenda", access_log.COLLECTION).root_ids.add(pk)
        given = validated(PutOnAgendaInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            put_on_agenda(actor, pk, given, item_id=taken.result_id)
        return keyed_response(item_answer(request, actor, taken.result_id), taken)


class AgendaPreview(APIView):
    """POST what putting a case on an agenda takes, and learn what its chair would read; nothing is put anywhere."""

    @extend_schema(
        operation_id="case_put_on_agenda_preview",
        summary="See what others will see: Put a case on a panel’s agenda",
        tags=["case"],
        request=PutOnAgendaInput,
        responses={200: PreviewShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Return what the agency that chairs would read; raise what putting it there raises."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.put_on_agenda.preview", access_log.CONSULTATION).root_ids.add(pk)
        given = validated(PutOnAgendaInput, request.data)
        item, found = seen_by_others(
            actor, lambda: put_on_agenda(actor, pk, given, item_id=uuid7()), previewing.chair_reader
        )
        access_log.touch(request._request, [item.case_id], [item.child_id])
        return Response({"agencies": found})


class PanelItemDetail(APIView):
    """One item of an agenda."""

    @extend_schema(
        operation_id="panel_item_read",
        summary="Read an item of a panel’s agenda",
        tags=["panel item"],
        responses={200: shapes.PanelItemShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return what of it is the actor's to know, and what they may do now."""
        actor = actor_in(request)
        access_log.begin(request._request, "panel_item.read", access_log.CONSULTATION).root_ids.add(pk)
        return Response(item_answer(request, actor, pk))


class ItemMinutes(APIView):
    """The minutes of one item, kept as a document of its case."""

    @extend_schema(
        operation_id="panel_item_keep_minutes",
        summary="Keep the minutes of an item in its case",
        tags=["panel item"],
        parameters=[KEY_PARAMETER],
        request=KeepMinutesInput,
        responses={201: shapes.PanelItemShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Draw them, keep them, and return the item; they can be opened once the file has been checked."""
        actor = actor_in(request)
        access_log.begin(request._request, "panel_item.keep_minutes", access_log.ALTERATION).root_ids.add(pk)
        validated(KeepMinutesInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            keep_minutes(actor, pk, document_id=taken.result_id)
        return keyed_response(item_answer(request, actor, pk), taken)


def _must_work_with_children(actor: Actor) -> None:
    if not policy.holds(actor, Permission.PANEL_SEE):
        raise Forbidden(f"Your role, {actor.role.label.lower()}, does not work with children.")


def _panel(request: Request, actor: Actor, pk: UUID) -> Panel:
    panel = queries.panels_visible_to(actor).filter(pk=pk).first()
    if panel is None:
        raise NotFound
    access_log.touch(request._request, [panel.id])
    return panel


def _panel_read(request: Request, actor: Actor, pk: UUID) -> dict[str, Any]:
    panel = _panel(request, actor, pk)
    heard = list(queries.agenda_of(actor, panel))
    access_log.touch(request._request, [item.id for item in heard], [item.child_id for item in heard])
    shown = representing.panel_data(actor, panel)
    access_log.touch(request._request, [one["case_id"] for one in shown["proposals"]])
    return shown


def _case(request: Request, actor: Actor, pk: UUID) -> Case:
    case = cases_visible_to(actor).filter(pk=pk).first()
    if case is None:
        raise NotFound
    access_log.touch(request._request, [case.id], [case.child_id])
    return case


def item_answer(request: Request, actor: Actor, pk: UUID) -> dict[str, object]:
    """Return an item as its page reads it, and log that it was read; raise NotFound."""
    item = queries.visible_to(actor).filter(pk=pk).first()
    if item is None:
        raise NotFound
    access_log.touch(request._request, [item.id], [item.child_id])
    return representing.panel_item_data(actor, item)
