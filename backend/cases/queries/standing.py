"""How a case stood at a moment: read from its history, by whoever reads it today and no further than that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from backend.access.actors import Actor
from backend.cases.models import Action, Assessment, Case, Goal, Relationship
from backend.cases.queries.assessing import assessments_visible_to
from backend.cases.queries.planning import actions_visible_to, goals_visible_to
from backend.cases.queries.relationships import relationships_visible_to


@dataclass(frozen=True, slots=True)
class Standing:
    """The rows of history that stood at one moment; no case where it had not been opened."""

    case: Any
    assessment: Any
    goals: Sequence[Any]
    actions: Sequence[Any]
    people: Sequence[Any]


def standing_at(actor: Actor, case: Case, moment: datetime) -> Standing:
    """Return how a case that the actor reads stood at `moment`, in five statements.

    What they may not see today they do not see of the past either: each part is looked for among those visible now,
    and the row policies of the history tables say the same. Who was named and taken back at once was never there.
    """
    said = relationships_visible_to(actor).filter(root_id=case.id, state__in=Relationship.SHOWN)
    past: QuerySet[Any] = Case.history.filter(id=case.id, history_date__lte=moment)
    complete = assessments_visible_to(actor).filter(root_id=case.id, ended_at__lte=moment)
    return Standing(
        case=past.select_related("lead_agency", "lead_practitioner").order_by("-history_date", "-history_id").first(),
        assessment=_last(Assessment, complete, moment).filter(state=Assessment.COMPLETE).order_by("-number").first(),
        goals=list(_each(Goal, goals_visible_to(actor).filter(root_id=case.id), moment)),
        actions=list(
            _each(Action, actions_visible_to(actor).filter(root_id=case.id), moment).select_related(
                "owner", "owner_agency"
            )
        ),
        people=list(_each(Relationship, said, moment)),
    )


def _last(model: Any, seen: "QuerySet[Any]", moment: datetime) -> "QuerySet[Any]":
    """Return the rows of history of those that are seen, up to `moment`."""
    rows: QuerySet[Any] = model.history.filter(id__in=seen.order_by().values("id"), history_date__lte=moment)
    return rows


def _each(model: Any, seen: "QuerySet[Any]", moment: datetime) -> "QuerySet[Any]":
    """Return one row of history for each: the last up to `moment`."""
    return _last(model, seen, moment).order_by("id", "-history_date", "-history_id").distinct("id")
