"""Waits and refusals by service: what became of each time a service was recommended, and how long until it began.

By the day on which it was recommended, within cases that the agency leads, and of what the agency gives itself.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Case as Chosen
from django.db.models import (
    CharField,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    Model,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Cast, Greatest, TruncDate

from backend.access.actors import Actor
from backend.cases.models import Case
from backend.deadlines.calendar import LONDON
from backend.insights.queries.figures import Figure, by_code
from backend.insights.queries.flow import Percentile, Period, Records
from backend.insights.queries.whose import countable
from backend.interventions.models import Intervention
from backend.interventions.queries import provided_by

_IN_ERROR = "entered_in_error"
_ORDER = ("-recommended_at", "-id")
_BEGUN = Q(started_on__isnull=False)
# In the order in which a family meets them.
PARTS: Mapping[str, Q] = {
    "asked": Q(state__in=(Intervention.RECOMMENDED, Intervention.OFFERED)),
    "waiting": Q(state__in=(Intervention.PROVIDER_ACCEPTED, *Intervention.WAITING)),
    **{
        state: Q(state=state)
        for state in (
            Intervention.STARTED,
            Intervention.COMPLETED,
            Intervention.ENDED_EARLY,
            Intervention.PROVIDER_DECLINED,
            Intervention.REFUSED,
            Intervention.CANCELLED,
        )
    },
}


def recommended(actor: Actor, period: Period) -> Records:
    """Return the services that were recommended in a period, each with the days until it began.

    Not what was recommended by mistake, nor what rests because the child has died; a child whom the actor may not see
    is not counted. The record says the day on which it began, so the wait is counted in days of England.
    """
    since, until = period.bounds
    # Looked up for each: a list of all cases that the agency ever led grows with the city.
    own = Q(Exists(Case.objects.filter(id=OuterRef("case_id"), lead_agency_id=actor.agency_id)))
    asked = Intervention.objects.filter(
        own | provided_by(actor.agency_id), recommended_at__gte=since, recommended_at__lt=until, died_from=""
    )
    counted = countable(actor, asked.exclude(state=Intervention.CANCELLED, reason_code=_IN_ERROR))
    waited = F("started_on") - TruncDate("recommended_at", tzinfo=LONDON)
    days = ExpressionWrapper(waited, output_field=DurationField())
    nothing = Value(timedelta(), output_field=DurationField())
    found: Records = counted.annotate(
        group=Cast("service_id", CharField()),
        waited=Chosen(When(_BEGUN, then=Greatest(days, nothing)), output_field=DurationField()),
    )
    return found


def recommended_on(_model: type[Model]) -> TruncDate:
    """Return the day on which a service was recommended."""
    return TruncDate("recommended_at", tzinfo=LONDON)


def _only(state: str) -> Callable[[Actor, Period], Records]:
    return lambda actor, period: recommended(actor, period).filter(state=state)


# How many began, and how long half and nine in ten of those had waited at most.
WAITS: Mapping[str, Any] = {
    "begun": Count("id", filter=_BEGUN),
    "median": Percentile("waited", fraction=0.5, filter=_BEGUN),
    "ninetieth": Percentile("waited", fraction=0.9, filter=_BEGUN),
}
SERVICES = Figure(
    recommended, PARTS, _ORDER, {**WAITS, "name": Max("service_name"), "organisation": Max("organisation")}
)
# Who said no, or stopped, and why.
FIGURES: Mapping[str, Figure] = {
    "declined": Figure(
        _only(Intervention.PROVIDER_DECLINED), by_code("provider_decline_reasons", "reason_code"), _ORDER
    ),
    "refused": Figure(_only(Intervention.REFUSED), by_code("intervention_refuse_reasons", "reason_code"), _ORDER),
    "ended_early": Figure(_only(Intervention.ENDED_EARLY), by_code("ended_early_reasons", "reason_code"), _ORDER),
}
