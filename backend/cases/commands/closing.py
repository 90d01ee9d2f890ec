"""The end of a case: why, what goes on, the referrers told; and six months later, whether it has lasted."""

from collections.abc import Callable, Mapping
from typing import Any

from backend.cases.commands import telling
from backend.cases.commands.notes import note_of
from backend.cases.commands.planning import SAME
from backend.cases.commands.team import end_all
from backend.cases.models import Action, Case
from backend.cases.text_fields import case_fields
from backend.core import clock, vocabulary
from backend.core.errors import Invalid
from backend.notifications import commands as notifications
from backend.notifications.audience import Person
from backend.notifications.commands import Notice
from backend.workflow.changing import Change
from backend.workflow.machine import Given

# How apps above tell those who go on with what is theirs; called when a case has closed.
Teller = Callable[[Change[Case]], None]
_telling: list[Teller] = []
# Said where an agency has not given its number.
_USUAL = "its usual number"
# What is asked at every end, however the case comes to it.
_SAID = ("closing_summary", "child_view", "child_view_why_not", "parent_view", "parent_view_why_not")


def when_it_ends(tell: Teller) -> None:
    """Let an app above tell who goes on with its part; called in its ready()."""
    if tell not in _telling:
        _telling.append(tell)


def tellers() -> tuple[Teller, ...]:
    """Return who tells of the end of a case."""
    return tuple(_telling)


def ended(change: Change[Case], given: dict[str, Any]) -> None:
    """Keep what was achieved and who goes on in the words it was written in."""
    case = change.target
    end_all(change)
    case.goes_on = given["goes_on"]
    keep_words(case, given)
    change.data = {"reason_code": given["reason_code"], "risk_remains": given["risk_remains"]}


def keep_words(case: Case, given: Given) -> None:
    """Keep what has changed, and what the child and the parents say of the help or why they could not say."""
    for name in _SAID:
        setattr(case, name, given[name])


def check_after_closing(case: Case) -> tuple[str, ...]:
    """Return the clock of the question whether it has lasted: of a case that was an error it is asked of nobody."""
    return () if case.closing_reason == Case.IN_ERROR else ("sustained_check",)


def tell_who_goes_on(change: Change[Case], given: Given) -> None:
    """Whoever asked for help, and whoever goes on with some of it, hears that nobody leads a case any more."""
    _tell_referrers(change)
    _tell_owners(change)
    for tell in _telling:
        tell(change)


def turn_to(case: Case) -> Mapping[str, str]:
    """Return whom to turn to when nobody works on a case any more: the agency that led it, with its number."""
    lead = case.lead_agency
    return {"agency": lead.name, "phone": lead.phone or lead.out_of_hours_phone or _USUAL}


def _tell_owners(change: Change[Case]) -> None:
    """Each hears it once, however many actions go on with them; who has just closed it knows."""
    case = change.target
    if change.event is None or not change.facts.plan.actions:
        return
    going_on = Action.objects.filter(root_id=case.id, state=Action.OPEN, goes_on=True)
    others = going_on.exclude(owner_id=change.actor.user_id).order_by("-due_on", "-id")
    first = dict(others.values_list("owner_id", "id"))
    fields = {**case_fields(case), **turn_to(case)}
    notices = [
        Notice(Person(owner), "case_closed_action", fields, f"/actions/{action}") for owner, action in first.items()
    ]
    notifications.tell_all(notices, event_id=change.event.id, root_id=case.id)


def _tell_referrers(change: Change[Case]) -> None:
    """Whoever asked for help hears that it has ended and why, without a word of the case."""
    case = change.target
    if change.event is not None:
        why = vocabulary.get("closing_reasons").label(case.closing_reason)
        telling.tell_referrers(case, "case_closed_referrer", event_id=change.event.id, reason=why)


def sustained(change: Change[Case], given: dict[str, Any]) -> None:
    """Keep how the child is six months on, and who asked; a note of it stays when the case is opened again."""
    case = change.target
    _answer(change, given)
    case.sustained_by_name, case.sustained_at = change.actor.name, clock.now()
    note_of(change, kind="other", text=f"Has the change lasted? {_answer_in_words(case)}")


def sustained_stands(case: Any) -> dict[str, str]:
    """Return what was answered, as the form asks it."""
    said = {"sustained": case.sustained, "why_not_asked": case.sustained_why_not, "how_it_is": case.sustained_words}
    return {name: value for name, value in said.items() if value}


def sustained_put_right(change: Change[Case], given: dict[str, Any]) -> None:
    """What is right stands in its place, on its own day; what it said before stands in a note, and why."""
    case = change.target
    before, before_in_words = sustained_stands(case), _answer_in_words(case)
    _answer(change, given)
    if sustained_stands(case) == before:
        raise Invalid(SAME)
    text = (
        f"Corrected: has the change lasted? {_answer_in_words(case)}\n\nIt said before: {before_in_words}\n\n"
        f"Why it was corrected: {given['reason']}"
    )
    note_of(change, kind="other", text=text)


def _answer(change: Change[Case], given: dict[str, Any]) -> None:
    case = change.target
    case.sustained, case.sustained_why_not = given["sustained"], given["why_not_asked"]
    case.sustained_words = given["how_it_is"]
    change.data = {"sustained": case.sustained, "why_not": case.sustained_why_not}


def _answer_in_words(case: Case) -> str:
    return f"{vocabulary.get('sustained_answers').label(case.sustained)}.\n\n{case.sustained_words}"
