"""In which ways an agency has to do with children, so that nothing is asked that has no answer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import CharField, Model, Value

from backend.audit.models import Event
from backend.cases.models import Case, Goal
from backend.deadlines.models import Deadline
from backend.insights.queries.whose import about
from backend.interventions.models import Intervention, Session
from backend.outcomes.models import Score
from backend.referrals.models import Referral

Ways = frozenset[str]
CLOCK, CASE, REFERRAL, GIVES, SERVICE, LED, HELD = ("clock", "case", "referral", "gives", "service", "led", "held")
# By which columns an agency has to do with a child in any figure.
_COLUMNS: Sequence[tuple[str, type[Model], str]] = (
    (CLOCK, Deadline, "owner_agency_id"),
    (CASE, Case, "lead_agency_id"),
    (REFERRAL, Referral, "holder_id"),
    (GIVES, Intervention, "provider_agency_id"),
    (SERVICE, Intervention, "case__lead_agency_id"),
    # What an agency has no more, it had.
    (LED, Case.history.model, "lead_agency_id"),
    (HELD, Referral.history.model, "holder_id"),
)
# In which ways rows of a table can be an agency's, whatever a figure says of them.
_OF: Mapping[type[Model], Iterable[str]] = {
    Deadline: (CLOCK,),
    Case: (CASE,),
    Goal: (CASE,),
    Score: (CASE,),
    Referral: (REFERRAL,),
    Intervention: (GIVES, SERVICE),
    Session: (SERVICE,),
    Event: (CASE, REFERRAL),
    Case.history.model: (LED,),
    Referral.history.model: (HELD,),
}


def ways_counted(children: tuple[UUID, ...], *, using: str) -> Iterable[tuple[UUID, Ways]]:
    """Return the agencies that figures can count some children for, each with its ways, in one statement."""
    first, *others = (
        model._default_manager.using(using)
        .filter(about(model, children))
        .order_by()
        .annotate(way=Value(way, CharField()))
        .values_list(column, "way")
        for way, model, column in _COLUMNS
    )
    found: dict[UUID, set[str]] = defaultdict(set)
    for agency_id, way in first.union(*others):
        if agency_id:
            found[agency_id].add(way)
    return sorted((agency_id, frozenset(ways)) for agency_id, ways in found.items())


def may_count(model: type[Model], ways: Ways) -> bool:
    """Say whether an agency that has to do with children in these ways can count any row of theirs in a table."""
    return not ways.isdisjoint(_OF[model])
