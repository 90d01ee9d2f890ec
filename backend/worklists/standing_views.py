"""How a case stood on a day, and what has changed since another."""

from datetime import date, datetime, time
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.cases.note_views import visible_case
from backend.core import clock
from backend.core.errors import Invalid
from backend.deadlines.calendar import at_local, local
from backend.worklists.queries.standing import standings_at
from backend.worklists.serializers.standing import CaseStandingShape, standing_data


class CaseStanding(APIView):
    """How one case stood on a day."""

    @extend_schema(
        operation_id="case_standing",
        summary="Read how a case stood on a day, and what has changed since another",
        tags=["case"],
        parameters=[
            OpenApiParameter("on", OpenApiTypes.DATE, description="The day; today if not said"),
            OpenApiParameter("since", OpenApiTypes.DATE, description="An earlier day to compare it with"),
        ],
        responses=CaseStandingShape,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return what stood at the end of the day, as far as the actor may see it now."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.standing", access_log.CONSULTATION).root_ids.add(pk)
        today = local(clock.now()).date()
        on, since = _day(request, "on") or today, _day(request, "since")
        if on > today or (since and since > on):
            sentence = "Choose today or an earlier day, and an earlier one still to compare it with."
            raise Invalid(sentence, fields={"on": [sentence]})
        case = visible_case(request, actor, pk)
        *before, now = standings_at(actor, case, [_end_of(day) for day in (since, on) if day])
        return Response(standing_data(case, on, now, since, before[0] if before else None))


def _day(request: Request, name: str) -> date | None:
    given = request.query_params.get(name)
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        sentence = "Give the day as year, month and day, for example 2026-03-27."
        raise Invalid(sentence, fields={name: [sentence]}) from error


def _end_of(day: date) -> datetime:
    return at_local(day, time.max)
