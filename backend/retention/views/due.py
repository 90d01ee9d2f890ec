"""What is due, by which schedule, and whether a record is kept."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.permissions import Permission
from backend.audit import access_log
from backend.core.api.pagination import OwnOrder
from backend.core.errors import NotFound
from backend.retention import queries
from backend.retention.models import Due, DueChild
from backend.retention.serializers import shapes
from backend.retention.serializers.due import due_rows, kept_data, record_rows, schedule_data


def begin(request: Request, label: str, kind: str = access_log.CONSULTATION) -> Actor:
    """Log who asks, and refuse whoever does not answer for how long records are kept."""
    access_log.begin(request._request, label, kind)
    actor = actor_in(request)
    policy.require_to_look(actor, Permission.RETENTION_SEE)
    return actor


class DueChildren(GenericAPIView[DueChild]):
    """What may be deleted."""

    pagination_class = OwnOrder
    serializer_class = shapes.DueChildShape

    @extend_schema(
        operation_id="retention_due",
        summary="List the children of whom everything is due",
        tags=["retention"],
        responses=shapes.DueChildShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of them, the longest due first, with what keeps each."""
        actor = begin(request, "retention.due")
        page = list(self.paginate_queryset(queries.due_children(actor)) or [])
        access_log.touch(request._request, [], [one.id for one in page])
        return self.get_paginated_response(due_rows(page))


class DueRecords(GenericAPIView[Due]):
    """When ended records become due."""

    pagination_class = OwnOrder
    serializer_class = shapes.DueRecordShape

    @extend_schema(
        operation_id="retention_records",
        summary="List ended records with the day on which each becomes due",
        tags=["retention"],
        responses=shapes.DueRecordShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of them, what is due first at the top."""
        actor = begin(request, "retention.records")
        page = list(self.paginate_queryset(queries.records_of(actor)) or [])
        access_log.touch(request._request, [one.id for one in page], [one.child_id for one in page])
        return self.get_paginated_response(record_rows(page))


class Schedule(APIView):
    """This partnership's schedule."""

    @extend_schema(
        operation_id="retention_schedule",
        summary="Read how long records are kept",
        tags=["retention"],
        responses={200: shapes.ScheduleShape},
    )
    def get(self, request: Request) -> Response:
        """Return the version in force, rule by rule."""
        actor = actor_in(request)
        policy.require_to_look(actor, Permission.RETENTION_SEE)
        return Response(schedule_data(actor))


class Kept(APIView):
    """What keeps one record."""

    @extend_schema(
        operation_id="retention_kept",
        summary="Read whether a record is kept whatever the schedule says",
        tags=["retention"],
        responses={200: shapes.KeptShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return why, for whoever reads the record."""
        access_log.begin(request._request, "retention.kept", access_log.CONSULTATION).root_ids.add(pk)
        policy.require(actor_in(request), Permission.HOLD_SEE)
        kept = queries.kept_at(pk)
        if kept is None:
            raise NotFound
        return Response(kept_data(pk, kept))
