"""How a case stood at a moment: read from its history, by whoever reads it today and no further than that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case as Placed
from django.db.models import QuerySet, Value, When

from backend.access import queries as access
from backend.access.actors import Actor
from backend.audit.models import Event
from backend.cases.models import Action, Assessment, Case, Goal, Relationship, TeamMember
from backend.cases.queries import events_of
from backend.cases.queries.assessing import assessments_visible_to
from backend.cases.queries.planning import actions_visible_to, goals_visible_to
from backend.cases.queries.relationships import relationships_visible_to
from backend.cases.queries.scoring import scores_visible_to
from backend.cases.queries.team import members_visible_to
from backend.children.models import SafetyAlert
from backend.interventions.models import Intervention
from backend.interventions.queries import of_case
from backend.outcomes.models import Score
from backend.sharing.models import Agreement
from backend.sharing.queries import agreements_of


@dataclass(frozen=True, slots=True)
class AlertThen:
    """What visitors had to know; when it was looked at again is not kept, only what was found."""

    alert: SafetyAlert
    codes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """The rows of history that stood at one moment; no case where it had not been opened."""

    case: Any
    agreement: Agreement | None
    assessment: Any
    goals: Sequence[Any]
    actions: Sequence[Any]
    scores: Sequence[Any]
    services: Sequence[Any]
    team: Sequence[Any]
    people: Sequence[Any]
    alerts: Sequence[AlertThen]


def standings_at(actor: Actor, case: Case, moments: Sequence[datetime]) -> list[Standing]:
    """Return how a case that the actor reads stood at each of one or two `moments`, the earlier first.

    In eleven statements, however many moments. What they may not see today they do not see of the past either: each
    part is looked for among those visible now, and the row policies of the history tables say the same. Who was named
    and taken back at once was never there.
    """
    parts = _parts(actor, case, moments)
    said = list(agreements_of(case.id).filter(recorded_at__lte=moments[-1]))
    alerts, reviews = _alerts(case, moments[-1]), _reviews(actor, case)
    return [_standing(parts, said, alerts, reviews, moment) for moment in moments]


def _parts(actor: Actor, case: Case, moments: Sequence[datetime]) -> dict[str, list[Any]]:
    """Return the rows of history that may have stood at one of the moments, by the part they are of."""
    kept: dict[str, QuerySet[Any]] = {
        "case": _each(Case, Case.objects.filter(pk=case.id), moments, "lead_agency", "lead_practitioner"),
        "assessment": _each(
            Assessment, assessments_visible_to(actor).filter(root_id=case.id, state=Assessment.COMPLETE), moments
        ).filter(state=Assessment.COMPLETE),
        "goals": _each(Goal, goals_visible_to(actor).filter(root_id=case.id), moments),
        "actions": _each(Action, actions_visible_to(actor).filter(root_id=case.id), moments, "owner", "owner_agency"),
        "scores": _each(Score, scores_visible_to(actor).filter(root_id=case.id, state=Score.STANDS), moments),
        "services": _each(Intervention, of_case(actor, case.id), moments, "worker"),
        "team": _each(
            TeamMember, members_visible_to(actor).filter(root_id=case.id), moments, "person", "person_agency"
        ),
        "people": _each(
            Relationship,
            relationships_visible_to(actor).filter(root_id=case.id, state__in=Relationship.SHOWN),
            moments,
        ),
    }
    return {name: list(rows) for name, rows in kept.items()}


def _each(model: Any, seen: "QuerySet[Any]", moments: Sequence[datetime], *related: str) -> "QuerySet[Any]":
    """Return of each that is seen the last row up to each moment, where there is one that is not of the moment before.

    The earlier comes first, so that who reads them in order has at a moment what stood there.
    """
    span = Placed(When(history_date__lte=moments[0], then=Value(0)), default=Value(1))
    rows: QuerySet[Any] = model.history.filter(
        id__in=seen.order_by().values("id"), history_date__lte=moments[-1]
    ).annotate(span=span)
    if related:
        rows = rows.select_related(*related)
    return rows.order_by("id", "span", "-history_date", "-history_id").distinct("id", "span")


def _standing(
    parts: dict[str, list[Any]],
    said: Sequence[Agreement],
    alerts: Sequence[SafetyAlert],
    reviews: Sequence[Event],
    moment: datetime,
) -> Standing:
    stood = {name: _stood(rows, moment) for name, rows in parts.items()}
    return Standing(
        case=next(iter(stood["case"]), None),
        agreement=next((one for one in said if one.recorded_at <= moment), None),
        assessment=max(stood["assessment"], key=lambda one: one.number, default=None),
        goals=stood["goals"],
        actions=stood["actions"],
        scores=stood["scores"],
        services=stood["services"],
        team=stood["team"],
        people=stood["people"],
        alerts=list(_then(alerts, reviews, moment)),
    )


def _stood(rows: Sequence[Any], moment: datetime) -> list[Any]:
    """Return what stood of these rows, of which a later one comes after an earlier one."""
    return list({row.id: row for row in rows if row.history_date <= moment}.values())


def _alerts(case: Case, moment: datetime) -> list[SafetyAlert]:
    about = access.about_child(case.child_id)
    return list(SafetyAlert.objects.filter(about, recorded_at__lte=moment).order_by("recorded_at", "id"))


def _reviews(actor: Actor, case: Case) -> list[Event]:
    """Return how often what visitors must know was put differently in this case, the first first."""
    reviewed = events_of(actor, case.id).filter(verb="case.review_alert", data__has_key="before")
    return list(reviewed.order_by("at", "id"))


def _then(alerts: Sequence[SafetyAlert], reviews: Sequence[Event], moment: datetime) -> Iterator[AlertThen]:
    """Yield those that held at a moment, as they read before what was found later."""
    for alert in alerts:
        if alert.recorded_at > moment or (alert.ended_at and alert.ended_at <= moment):
            continue
        later = (one for one in reviews if one.at > moment and one.data["alert_id"] == str(alert.id))
        first = next(later, None)
        yield AlertThen(alert, first.data["before"] if first else alert.codes)
