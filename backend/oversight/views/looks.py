"""Who looked: at a case, for its manager; at a child or by a person, for information governance."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.authentication import actor_in
from backend.access.permissions import Permission
from backend.access.queries import relations_to
from backend.audit import access_log
from backend.cases.note_views import visible_case
from backend.core.api.pagination import MergedPages
from backend.core.errors import Invalid, NotFound
from backend.oversight.queries import looks as queries
from backend.oversight.queries.looks import ROWS, Asked
from backend.oversight.serializers import looks as shapes
from backend.oversight.words import KINDS
from backend.workflow.views import validated

_NO_SUCH = "Choose one of the list."


class _Page(GenericAPIView[Any]):
    """Visits in pages, the latest first."""

    pagination_class = MergedPages
    serializer_class = shapes.VisitShape

    def page(self, request: Request, asked: Asked) -> Response:
        """Answer with one page."""
        pages = MergedPages()
        rows = queries.looks(asked, pages.place(request))
        page = rows[:ROWS]
        last = (page[-1].at, page[-1].id) if len(rows) > ROWS else None
        return pages.answer(shapes.visits_data(queries.visits(page)), last)


class CaseLooks(_Page):
    """Who looked at a case."""

    @extend_schema(
        operation_id="case_looks",
        summary="Read who looked at a case and the referrals it answers",
        tags=["case"],
        responses=shapes.VisitShape(many=True),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return who looked and when, for the manager of the agency that leads."""
        actor = actor_in(request)
        access_log.begin(request._request, "looks.case", access_log.CONSULTATION).root_ids.add(pk)
        case = visible_case(request, actor, pk)
        policy.require(actor, Permission.LOOKS_SEE, relations_to(actor, case.id))
        return self.page(request, Asked(case_id=case.id))


class Looks(_Page):
    """Who looked at a child, what a person looked at, and what was refused."""

    @extend_schema(
        operation_id="looks_list",
        summary="Read who looked, across the partnership",
        tags=["oversight"],
        parameters=[
            OpenApiParameter("child", type=UUID),
            OpenApiParameter("person", type=UUID),
            OpenApiParameter("agency", type=UUID),
            OpenApiParameter("kind", enum=list(KINDS)),
            OpenApiParameter("refused", enum=["yes"], description="only what was refused"),
        ],
        responses=shapes.VisitShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return it, for information governance."""
        actor = actor_in(request)
        touched = access_log.begin(request._request, "looks.list", access_log.CONSULTATION)
        policy.require(actor, Permission.LOOKS_ACROSS)
        asked = _asked(request)
        touched.child_ids.update(filter(None, [asked.child_id]))
        # Whoever is asked about can be told who asked.
        touched.root_ids.update(filter(None, [asked.person_id]))
        if asked.person_id and queries.person_named(actor, asked.person_id) is None:
            raise NotFound
        return self.page(request, asked)


class LooksForm(APIView):
    """What one can narrow by."""

    @extend_schema(
        operation_id="looks_form",
        summary="Read what looks can be narrowed by",
        tags=["oversight"],
        responses={200: shapes.LooksFormShape},
    )
    def get(self, request: Request) -> Response:
        """Return the choices."""
        actor = actor_in(request)
        policy.require(actor, Permission.LOOKS_ACROSS)
        return Response(shapes.form_data(queries.agencies_of(actor)))


class FindLooks(APIView):
    """The way to whom one wants to ask about."""

    @extend_schema(
        operation_id="looks_find",
        summary="Find the child or the person about whom one asks who looked",
        tags=["oversight"],
        request=shapes.FindLooksInput,
        responses={200: shapes.FoundLooksShape},
    )
    def post(self, request: Request) -> Response:
        """Return the children and people that were meant."""
        actor = actor_in(request)
        access_log.begin(request._request, "looks.find", access_log.CONSULTATION)
        given = validated(shapes.FindLooksInput, request.data)
        policy.require(actor, Permission.LOOKS_ACROSS)
        children = queries.children_meant(
            reference=given["reference"].strip().upper(),
            given_name=given["given_name"],
            family_name=given["family_name"],
            born=given.get("date_of_birth"),
        )
        access_log.touch(request._request, [], [child.id for child in children])
        people = queries.people_called(actor, given["person"].strip()) if given["person"].strip() else []
        return Response(shapes.found_data(children, people))


def _asked(request: Request) -> Asked:
    """Return what the address asks for; raise Invalid for what no filter offers."""
    kind, refused = (request.query_params.get(name, "") for name in ("kind", "refused"))
    if kind not in ("", *KINDS):
        raise no_such("kind")
    if refused not in ("", "yes"):
        raise no_such("refused")
    ids = {name: key_given(request, name) for name in ("child", "person", "agency")}
    return Asked(None, ids["child"], ids["person"], ids["agency"], kind, refused == "yes")


def key_given(request: Request, name: str) -> UUID | None:
    """Return what the address names by its key; raise Invalid for what is none."""
    given = request.query_params.get(name, "")
    try:
        return UUID(given) if given else None
    except ValueError as error:
        raise no_such(name) from error


def no_such(name: str) -> Invalid:
    """Return the refusal of what a filter does not offer."""
    return Invalid(_NO_SUCH, fields={name: [_NO_SUCH]})
