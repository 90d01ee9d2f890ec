"""Cases, transfers and tasks as their workers, managers and the agencies that are asked to lead see them."""

from collections.abc import Callable, Mapping
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet
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
from backend.cases import queries
from backend.cases.models import Task, Transfer
from backend.cases.serializers import representing, shapes, tasks
from backend.cases.serializers.named import without_forms
from backend.core.api.pagination import Pages
from backend.core.errors import Forbidden, Invalid, NotFound

Rows = TypeVar("Rows")
TRANSFER_VIEWS: Mapping[str, Callable[[Actor], QuerySet[Transfer]]] = {"for-me": queries.waiting_for}


TASK_VIEWS: Mapping[str, Callable[[Actor], QuerySet[Task]]] = {"mine": queries.tasks_of}


class DueFirst(Pages):
    """What is due next at the top."""

    ordering = ("next_due_at", "id")


class CaseDetail(APIView):
    """One case."""

    @extend_schema(
        operation_id="case_read",
        summary="Read a case",
        tags=["case"],
        parameters=[OpenApiParameter("forms", enum=["no"], description="“no” leaves out what each option asks")],
        responses={200: shapes.CaseShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the case with what the actor may do now; its own page names that, and the forms come one by one."""
        actor = actor_in(request)
        touched = access_log.begin(request._request, "case.read", access_log.CONSULTATION)
        touched.root_ids.add(pk)
        case = queries.visible_to(actor).filter(pk=pk).first()
        if case is None:
            raise NotFound
        access_log.touch(request._request, [case.id], [case.child_id])
        data = representing.case_data(actor, case)
        return Response(without_forms(data) if request.query_params.get("forms") == "no" else data)


class TransferList(GenericAPIView[Transfer]):
    """The transfers that wait for one's agency."""

    pagination_class = DueFirst
    serializer_class = shapes.TransferShape

    @extend_schema(
        operation_id="transfers_list",
        summary="List transfers that wait for an answer",
        tags=["transfer"],
        parameters=[OpenApiParameter("view", enum=list(TRANSFER_VIEWS), description="“for-me” if not said")],
        responses=shapes.TransferShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of transfers, those due first at the top."""
        actor = actor_in(request)
        access_log.begin(request._request, "transfer.list", access_log.CONSULTATION)
        refuse_other_roles(actor, Permission.TRANSFER_SEE)
        chosen = _chosen(request, TRANSFER_VIEWS, "for-me")
        transfers = list(self.paginate_queryset(chosen(actor)) or [])
        access_log.touch(
            request._request,
            [transfer.root_id for transfer in transfers],
            [transfer.child_id for transfer in transfers],
        )
        return self.get_paginated_response(representing.transfer_rows(actor, transfers))


class TransferDetail(APIView):
    """One transfer."""

    @extend_schema(
        operation_id="transfer_read",
        summary="Read a transfer",
        tags=["transfer"],
        responses={200: shapes.TransferShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the transfer with what the actor may do now."""
        actor = actor_in(request)
        touched = access_log.begin(request._request, "transfer.read", access_log.CONSULTATION)
        touched.root_ids.add(pk)
        transfer = queries.transfers_visible_to(actor).filter(pk=pk).first()
        if transfer is None:
            raise NotFound
        access_log.touch(request._request, [transfer.root_id], [transfer.child_id])
        return Response(representing.transfer_data(actor, transfer))


class TaskList(GenericAPIView[Task]):
    """What one has to do."""

    pagination_class = DueFirst
    serializer_class = tasks.TaskShape

    @extend_schema(
        operation_id="tasks_list",
        summary="List what one has to do",
        tags=["task"],
        parameters=[OpenApiParameter("view", enum=list(TASK_VIEWS), description="“mine” if not said")],
        responses=tasks.TaskShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of open tasks, those due first at the top."""
        actor = actor_in(request)
        access_log.begin(request._request, "task.list", access_log.CONSULTATION)
        refuse_other_roles(actor, Permission.TASK_SEE)
        chosen = _chosen(request, TASK_VIEWS, "mine")
        page = list(self.paginate_queryset(chosen(actor)) or [])
        access_log.touch(request._request, [task.root_id for task in page], [task.child_id for task in page])
        return self.get_paginated_response(tasks.task_rows(actor, page))


class TaskDetail(APIView):
    """One task."""

    @extend_schema(operation_id="task_read", summary="Read a task", tags=["task"], responses={200: tasks.TaskShape})
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the task with what the actor may do now."""
        actor = actor_in(request)
        touched = access_log.begin(request._request, "task.read", access_log.CONSULTATION)
        touched.root_ids.add(pk)
        task = queries.tasks_visible_to(actor).filter(pk=pk).first()
        if task is None:
            raise NotFound
        access_log.touch(request._request, [task.root_id], [task.child_id])
        return Response(tasks.task_data(actor, task))


def refuse_other_roles(actor: Actor, permission: Permission) -> None:
    """A list needs no relation yet: it is refused only to a role that could never see a row of it."""
    if not policy.holds(actor, permission):
        raise Forbidden(f"Your role, {actor.role.label.lower()}, does not work with cases.")


def _chosen(request: Request, views: Mapping[str, Rows], default: str) -> Rows:
    chosen = views.get(request.query_params.get("view", default))
    if chosen is None:
        sentence = f"Choose one of these views: {', '.join(views)}."
        raise Invalid(sentence, fields={"view": [sentence]})
    return chosen
