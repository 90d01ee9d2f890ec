"""The goals of the plan in the forms and on the pages of a service and its sessions."""

from collections.abc import Iterable, Sequence
from typing import Any

from backend.cases.serializers.choosing import BASIS_FIELDS, ask_for_basis
from backend.interventions import rules
from backend.interventions.models import Intervention, Session
from backend.interventions.queries.goals import TiedGoal

_FIELD = "goals"
# As much of a goal as a list to choose from can show.
_SHOWN = 200


def told_goals(tied: Iterable[TiedGoal]) -> list[dict[str, Any]]:
    """Return the goals a service works towards, in the family's words."""
    return [{"id": goal.id, "words": goal.words, "is_open": goal.is_open} for goal in tied]


def words_of(session: Session, tied: Sequence[TiedGoal]) -> list[str]:
    """Return the goals that a session worked on, in the family's words."""
    return [goal.words for goal in tied if goal.id in session.goals]


def open_choices(tied: Iterable[TiedGoal]) -> list[dict[str, str]]:
    """Return the goals that a session can say it worked on."""
    return [_choice(goal) for goal in tied if goal.is_open]


def ask_of_goals(form: list[dict[str, Any]], tied: Sequence[TiedGoal]) -> list[dict[str, Any]]:
    """Return the form of a session with the open goals of its service; where there is none, nothing is asked."""
    choices = open_choices(tied)
    return _filled(form, choices) if choices else [field for field in form if field["name"] != _FIELD]


def tying(shown: list[dict[str, Any]], target: Intervention, known: Sequence[TiedGoal]) -> list[dict[str, Any]]:
    """Return the options with the goals to tie, as who may tie them knows them; without that option where none is.

    A basis is asked only for the words of more goals, where somebody of another agency reads the service already.
    """
    if not known:
        return [option for option in shown if option["name"] != "tie_goals"]
    return [
        {**option, "input": _form(option["input"], target, known)} if option["name"] == "tie_goals" else option
        for option in shown
    ]


def _form(form: list[dict[str, Any]], target: Intervention, known: Sequence[TiedGoal]) -> list[dict[str, Any]]:
    filled = _filled(form, [_choice(goal) for goal in known])
    if not rules.is_read_elsewhere(target):
        return [field for field in filled if field["name"] not in BASIS_FIELDS]
    ask_for_basis(filled, [str(goal.id) for goal in known if goal.id not in target.goals], of=_FIELD)
    return filled


def _filled(form: list[dict[str, Any]], choices: list[dict[str, str]]) -> list[dict[str, Any]]:
    return [{**field, "choices": choices} if field["name"] == _FIELD else field for field in form]


def _choice(goal: TiedGoal) -> dict[str, str]:
    return {"value": str(goal.id), "label": goal.words[:_SHOWN], "hint": "", "group": ""}
