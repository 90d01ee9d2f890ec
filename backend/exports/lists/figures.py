"""The records behind a number of the figures: how long things took, and what came of the work."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.exports.lists.listing import Asked, Listing, Row
from backend.insights.queries import cuts, flow, outcomes
from backend.insights.serializers.flow import FlowAsked, records_data
from backend.insights.serializers.outcomes import OutcomeAsked, outcome_records, root_of
from backend.insights.serializers.telling import TITLES

_BECAME = {"in_time": "done in time", "late": "done late", "not_done": "not done"}


def _of_flow(actor: Actor, asked: Asked) -> QuerySet[Any]:
    number = {name: value for name, value in asked.items() if name != "period"}
    return cuts.behind(actor, flow.PERIODS[asked["period"]], **number)


def _flow_cells(_asked: Asked, found: Sequence[Any]) -> Sequence[Row]:
    names = ("reference", "title", "started_at", "due_at", "done_at")
    return [tuple(one[name] for name in names) for one in records_data(found)]


def _flow_title(asked: Asked) -> str:
    label = flow.label_of(asked["kind"], is_urgent=asked["is_urgent"])
    return f"{label}, {_BECAME[asked['outcome']]}, {flow.PERIODS[asked['period']].label.lower()}"


def _of_outcomes(actor: Actor, asked: Asked) -> QuerySet[Any]:
    number = {name: value for name, value in asked.items() if name != "period"}
    return outcomes.behind(actor, flow.PERIODS[asked["period"]], **number)


def _outcome_cells(asked: Asked, found: Sequence[Any]) -> Sequence[Row]:
    return [(one["reference"], one["title"], one["on"]) for one in outcome_records(asked["figure"], found)]


def _outcome_title(asked: Asked) -> str:
    return f"{TITLES[asked['figure']]}, {flow.PERIODS[asked['period']].label.lower()}"


FLOW = Listing(
    code="flow",
    label="Time taken",
    permission=Permission.FIGURES_SEE_OWN,
    columns=("Reference", "What", "Began", "Due", "Done"),
    asked=FlowAsked,
    find=_of_flow,
    cells=_flow_cells,
    title=_flow_title,
)
OUTCOMES = Listing(
    code="outcomes",
    label="Outcomes",
    permission=Permission.FIGURES_SEE_OUTCOMES,
    columns=("Reference", "What", "On"),
    asked=OutcomeAsked,
    find=_of_outcomes,
    cells=_outcome_cells,
    title=_outcome_title,
    root=root_of,
)
