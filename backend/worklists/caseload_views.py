"""A caseload, one's own or all that one's agency leads, due next first, and finding a case among them."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.permissions import Permission
from backend.audit import access_log
from backend.cases.models import Case
from backend.cases.views import refuse_other_roles
from backend.core.api.pagination import MergedPages
from backend.workflow.views import validated
from backend.worklists.queries.caseload import VIEWS, caseload, find_in
from backend.worklists.queries.narrowing import narrowed, people_to_choose
from backend.worklists.serializers.caseload import CarriedCaseShape, FindCaseInput, FoundCasesShape, carried_rows
from backend.worklists.serializers.filters import (
    CaseFilterInput,
    CaseFiltersShape,
    CaseViewAsked,
    filters_data,
    wanted_of,
)

_PAGING = ("cursor", "page_size")
_VIEW = OpenApiParameter("view", enum=list(VIEWS), description="Whose cases; “mine” if not said")


class CaseList(GenericAPIView[Case]):
    """The open cases of one's agency, or one's own."""

    pagination_class = MergedPages
    serializer_class = CarriedCaseShape

    @extend_schema(
        operation_id="cases_list",
        summary="List open cases",
        tags=["case"],
        parameters=[
            _VIEW,
            OpenApiParameter("worker", str, description="Of this person, or “nobody” for those that wait for one"),
            OpenApiParameter("team", OpenApiTypes.UUID, description="Of the people of this team"),
            OpenApiParameter("how_soon", str, description="A code of the caseload weights"),
            OpenApiParameter("late", enum=["yes"], description="Only where something is overdue"),
        ],
        responses=CarriedCaseShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of open cases by what is due next in each, what is overdue first."""
        actor = _actor(request, "case.list")
        pages = MergedPages()
        size, after = pages.get_page_size(request), pages.place(request)
        asked = {name: value for name, value in request.query_params.items() if value and name not in _PAGING}
        given = validated(CaseFilterInput, asked)
        wanted = wanted_of(given)
        among = narrowed(actor, VIEWS[given["view"]](actor), wanted)
        found = caseload(actor, among, most=size + 1, after=after, is_late=wanted.is_late)
        shown = found[:size]
        access_log.touch(request._request, [one.case.id for one in shown], [one.case.child_id for one in shown])
        return pages.answer(carried_rows(actor, shown), shown[-1].place if len(found) > size else None)


class CaseFilters(APIView):
    """What the list can be narrowed by; it is about no child."""

    @extend_schema(
        operation_id="cases_filters",
        summary="Read what open cases can be narrowed by",
        tags=["case"],
        parameters=[_VIEW],
        responses={200: CaseFiltersShape},
    )
    def get(self, request: Request) -> Response:
        """Return the filters as the fields of a form, with the people and the teams of the agency."""
        actor = actor_in(request)
        refuse_other_roles(actor, Permission.CASE_SEE)
        view = validated(CaseViewAsked, request.query_params.dict())["view"]
        return Response(filters_data(view, people_to_choose(actor)))


class FindCase(APIView):
    """A case among those of a caseload. Names are sent in the body: an address is kept in too many places."""

    @extend_schema(
        operation_id="cases_find",
        summary="Find cases of a caseload by the child’s name or by reference",
        tags=["case"],
        request=FindCaseInput,
        responses={200: FoundCasesShape},
    )
    def post(self, request: Request) -> Response:
        """Return those that are like it, what is due next first; it changes nothing, and what was typed is not kept."""
        actor = _actor(request, "case.find")
        given = validated(FindCaseInput, request.data)
        among = VIEWS[given["view"]](actor)
        found, is_cut = find_in(actor, among, given["text"], born=given.get("date_of_birth"))
        access_log.touch(request._request, [one.case.id for one in found], [one.case.child_id for one in found])
        return Response({"results": carried_rows(actor, found), "is_cut": is_cut})


def _actor(request: Request, label: str) -> Actor:
    actor = actor_in(request)
    access_log.begin(request._request, label, access_log.CONSULTATION)
    refuse_other_roles(actor, Permission.CASE_SEE)
    return actor
