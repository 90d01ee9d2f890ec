"""That a child has died: the case rests as it stands, whoever had something planned is asked to stop, and back again.

Clocks, and who may still see the record, follow in the database (children/sql/40_death.sql).
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from backend.audit.commands import Entry, record_all
from backend.cases.commands.notes import note_of
from backend.cases.commands.telling import managers, practitioner
from backend.cases.models import Action, Case, Goal, Task
from backend.children import commands as children
from backend.children import dying as shared
from backend.children.dying import Teller
from backend.children.queries import deaths_of
from backend.core import vocabulary
from backend.notifications.audience import AgencyRoles, Audience
from backend.workflow.changing import Change
from backend.workflow.machine import Given

_DIED = "The child has died."
# What apps above let rest with a case, and go on again; each returns who else has to hear the words of the case.
Follow = Callable[[Change[Case]], Collection[Audience]]
_resting: list[tuple[Follow, Follow]] = []


def when_it_rests(rest: Follow, go_on: Follow) -> None:
    """Let an app above end what it has planned for the child, and take it up again; called in its ready()."""
    if (rest, go_on) not in _resting:
        _resting.append((rest, go_on))


def resting() -> tuple[tuple[Follow, Follow], ...]:
    """Return what apps above do when the child of a case has died, and when that is taken back."""
    return tuple(_resting)


def died(change: Change[Case], given: dict[str, Any]) -> None:
    """Record it with who said so, and let goals, actions and tasks rest; a case of another record only rests."""
    case, waiting = change.target, change.confirmation
    if waiting is not None:
        case.concerned = _concerned(case)
        known = {name: given[name] for name in ("died_on", "how_known", "told_by")}
        asked = {"asked_by_id": waiting.asked_by_id, "asked_by_name": waiting.asked_by_name}
        children.record_death(change.actor, case.id, case.child_id, {**known, **asked})
        note_of(change, kind="other", text=_in_words(given), is_pinned=True)
    else:
        children.note_death(change.actor, case.child_id, died_on=given["died_on"])
    change.data = {"died_on": given["died_on"].isoformat(), "how_known": given["how_known"]}
    _rest(change)


def taken_back(change: Change[Case], given: dict[str, Any]) -> None:
    """Everything goes on as it stood, and the reason stays with the case."""
    case, death = change.target, None
    if change.confirmation is not None:
        death = deaths_of(case.child_id).select_for_update(no_key=True).first()
    if death is not None:
        children.take_back_death(change.actor, death, reason=given["reason"])
        note_of(change, kind="other", text=f"The child is alive: it was an error.\n\n{given['reason']}", is_pinned=True)
        case.concerned = _concerned(case)
    children.note_death(change.actor, case.child_id, died_on=None)
    _go_on(change)


def _in_words(given: dict[str, Any]) -> str:
    known = vocabulary.get("death_known").label(given["how_known"])
    return f"{_DIED}\n\nDay: {given['died_on']:%-d %B %Y}. {known}: {given['told_by']}"


def tell_siblings(change: Change[Case], given: Given) -> None:
    """Whoever works with a brother or sister hears of it from people, not from the family."""
    if change.confirmation is not None and change.event is not None:
        lead = change.target.lead_agency
        teller = Teller(lead.name, lead.phone or lead.out_of_hours_phone)
        shared.tell_siblings(change.root_id, teller, event_id=change.event.id)


def _concerned(case: Case) -> tuple[Audience, ...]:
    told = [practitioner(case), managers(case), AgencyRoles(case.lead_agency_id)]
    return shared.concerned_by(case.child_id, besides=[one for one in told if one is not None])


def _rest(change: Change[Case]) -> None:
    root, given = change.root_id, {"outcome": "not_possible", "note": _DIED}
    goals = list(Goal.objects.filter(root_id=root, state=Goal.OPEN).select_for_update(no_key=True))
    for goal in goals:
        goal.end(change.actor, given)
    _record(change, "goal.end", goals)
    for model, verb in ((Action, "action.cancel"), (Task, "task.cancel")):
        parts: list[Any] = list(model.objects.filter(root_id=root, state="open").select_for_update(no_key=True))
        for part in parts:
            part.cancel(change.actor, {"reason_code": "not_needed", "reason": _DIED})
        _record(change, verb, parts)
    for rest, _go_on_again in _resting:
        _tell_also(change.target, rest(change))


def _tell_also(case: Case, audiences: Collection[Audience]) -> None:
    """Nobody hears it twice."""
    told = practitioner(case)
    case.concerned = tuple(dict.fromkeys((*case.concerned, *(one for one in audiences if one != told))))


def _go_on(change: Change[Case]) -> None:
    root = change.root_id
    goals = list(Goal.objects.filter(root_id=root, state=Goal.ENDED, outcome_note=_DIED).select_for_update(no_key=True))
    for goal in goals:
        goal.go_on(change.actor, {})
    _record(change, "goal.go_on", goals)
    for model, verb in ((Action, "action.take_up"), (Task, "task.take_up")):
        rests = model.objects.filter(root_id=root, state="cancelled", outcome=_DIED)
        parts: list[Any] = list(rests.select_for_update(no_key=True))
        for part in parts:
            part.take_up(change.actor, {})
        _record(change, verb, parts)
    for _rest_with_it, go_on in _resting:
        _tell_also(change.target, go_on(change))


def _record(change: Change[Case], verb: str, parts: Sequence[Any]) -> None:
    if parts:
        entries = [Entry(part) for part in parts]
        record_all(change.actor, verb, entries, root_id=change.root_id, child_id=change.child_id)
