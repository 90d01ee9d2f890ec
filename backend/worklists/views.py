"""A person's work on one page, and the way back to a record."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.permissions import Permission
from backend.audit import access_log
from backend.cases.models import Case
from backend.cases.note_views import visible_case
from backend.core.errors import Forbidden
from backend.referrals.models import Referral
from backend.workflow.descriptors import describe
from backend.workflow.views import validated
from backend.worklists.queries.finding import find
from backend.worklists.queries.overview import overview_of
from backend.worklists.queries.work import work_of
from backend.worklists.serializers.overview import CaseOverviewShape, overview_data
from backend.worklists.serializers.work import FindFormShape, FindingsShape, FindInput, WorkShape, found_data, work_data


class MyWork(APIView):
    """What is late, due today and soon, what comes for a child, and what others owe."""

    @extend_schema(operation_id="work", summary="Read one’s own work", tags=["work"], responses={200: WorkShape})
    def get(self, request: Request) -> Response:
        """Return it, what is due first at the top of each part."""
        actor = actor_in(request)
        access_log.begin(request._request, "work.list", access_log.CONSULTATION)
        if not policy.holds(actor, Permission.TASK_SEE):
            raise Forbidden(f"Your role, {actor.role.label.lower()}, is given no work with children.")
        work = work_of(actor)
        access_log.touch(request._request, work.roots, work.children)
        return Response(work_data(work))


class CaseOverview(APIView):
    """One case at a glance."""

    @extend_schema(
        operation_id="case_overview", summary="Read a case at a glance", tags=["case"], responses=CaseOverviewShape
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return why it is, what matters now, who is involved for what, and what comes next."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.overview", access_log.CONSULTATION).root_ids.add(pk)
        case = visible_case(request, actor, pk)
        overview = overview_of(actor, case)
        access_log.touch(request._request, [one.id for one in overview.referrals])
        return Response(overview_data(case, overview))


class FindRecords(APIView):
    """The way back to a record. Names are sent in the body: an address is kept in too many places."""

    @extend_schema(
        operation_id="records_find_form",
        summary="Read what to ask for to find a record",
        tags=["work"],
        responses={200: FindFormShape},
    )
    def get(self, request: Request) -> Response:
        """Return the fields of the search."""
        actor = actor_in(request)
        access_log.begin(request._request, "record.find_form", access_log.CONSULTATION)
        _may_find(actor)
        return Response({"input": describe(FindInput)})

    @extend_schema(
        operation_id="records_find",
        summary="Find records by a child’s name or by reference",
        tags=["work"],
        request=FindInput,
        responses={200: FindingsShape},
    )
    def post(self, request: Request) -> Response:
        """Return the cases and referrals the actor may see; it changes nothing, and what was typed is not kept."""
        actor = actor_in(request)
        access_log.begin(request._request, "record.find", access_log.CONSULTATION)
        _may_find(actor)
        given = validated(FindInput, request.data)
        found = find(actor, given["text"], born=given.get("date_of_birth"))
        records: list[Case | Referral] = [*found.cases, *found.referrals]
        access_log.touch(request._request, [one.id for one in records], [one.child_id for one in records])
        return Response(found_data(found))


def _may_find(actor: Actor) -> None:
    if not policy.holds(actor, Permission.REFERRAL_SEE_STATUS):
        raise Forbidden(f"Your role, {actor.role.label.lower()}, works with no child’s record.")
