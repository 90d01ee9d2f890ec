"""What an event of a case says besides its verb: from whom to whom, and why, in the words of its codes."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from backend.core import vocabulary
from backend.deadlines.calendar import day_said

# The vocabulary of the code of an event, by its verb. A test holds it to what the forms ask.
REASONS: Mapping[str, str] = {
    "case.allocate": "allocate_reasons",
    "case.reallocate": "reallocate_reasons",
    "case.record_refusal": "agreement_ended_reasons",
    "case.withdraw_agreement": "agreement_ended_reasons",
    "case.pause": "pause_reasons",
    "case.handover_refused": "handover_refused_reasons",
    "case.close": "closing_reasons",
    "case.confirm_transfer_out": "closing_reasons",
    "case.reopen": "case_reopen_reasons",
    "case.propose_transfer": "transfer_reasons",
    "transfer.propose": "transfer_reasons",
    "transfer.decline": "transfer_decline_reasons",
    "transfer.withdraw": "transfer_withdraw_reasons",
    "lead_request.ask": "transfer_reasons",
    "lead_request.refuse": "lead_request_refuse_reasons",
    "lead_request.withdraw": "lead_request_withdraw_reasons",
    "team_member.add": "team_reasons",
    "team_member.end": "team_end_reasons",
    "relationship.change": "relationship_change_reasons",
    "relationship.end": "relationship_end_reasons",
    "assessment.set_aside": "assessment_set_aside_reasons",
    "action.cancel": "action_cancel_reasons",
    "task.cancel": "task_cancel_reasons",
}
# Other codes that an event holds, with the words they stand behind.
_CODES: Mapping[str, tuple[str, str, str]] = {
    "case.step_up": ("reason_code", "Passed to", "step_up_destinations"),
    "case.record_death": ("how_known", "How it is known", "death_known"),
    "case.review_alert": ("outcome", "What was found", "alert_outcomes"),
    "case.hold_review": ("conclusion", "Decided", "review_conclusions"),
    "case.correct_sustained": ("sustained", "Has the change lasted", "sustained_answers"),
    "case.record_sustained": ("sustained", "Has the change lasted", "sustained_answers"),
    "goal.end": ("outcome", "How it ended", "goal_outcomes"),
}
_SHARES = frozenset(("case.withdraw_sharing", "case.renew_sharing", "case.let_sharing_end"))
_DAYS: Mapping[str, tuple[str, str]] = {
    "case.pause": ("look_again_on", "Looked at again on"),
    "case.agree_plan": ("review_on", "Reviewed on"),
    "case.hold_review": ("review_on", "Reviewed again on"),
    "case.record_death": ("died_on", "Day"),
    "action.move": ("from", "Was to be done by"),
}
_YES_OR_NO: Mapping[str, tuple[str, str, str]] = {
    "case.close": ("risk_remains", "A risk to the child remains.", ""),
}


def words_of(event: Any) -> str:
    """Return it in sentences, one a line; nothing where the verb says all. Its names are read with it (queries)."""
    return "\n".join(part for part in (_priority(event), _whom(event), *_said(event)) if part)


def _whom(event: Any) -> str:
    """Return from whom to whom; whoever did it stands beside it already."""
    to = ", ".join(part for part in (event.to_person, event.to_agency) if part) or _outside(event.data)
    if event.verb in _SHARES:
        return f"Shared with {to or event.data.get('agency', '')}."
    if event.verb.startswith("team_member."):
        return f"Who: {to}." if to else ""
    ways = (("from", event.from_person or event.from_agency), ("to", to))
    said = " ".join(f"{way} {name}" for way, name in ways if name)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _outside(data: Mapping[str, Any]) -> str:
    """Return whoever has no account here."""
    return ", ".join(part for part in (data.get("receiver"), data.get("area")) if part)


def _said(event: Any) -> Iterator[str]:
    data, verb = event.data, event.verb
    code = data.get("reason_code") or data.get("why")
    if verb in REASONS and code:
        yield f"Why: {vocabulary.get(REASONS[verb]).label(code)}."
    name, label, words = _CODES.get(verb, ("", "", ""))
    if data.get(name):
        yield f"{label}: {vocabulary.get(words).label(data[name])}."
    name, label = _DAYS.get(verb, ("", ""))
    if data.get(name):
        yield f"{label} {day_said(date.fromisoformat(data[name]))}."
    name, yes, no = _YES_OR_NO.get(verb, ("", "", ""))
    if name in data:
        yield yes if data[name] else no


def _priority(event: Any) -> str:
    """Return what the priority was and is, where the event decided it."""
    if not event.data.get("priority") or not event.verb.startswith("case."):
        return ""
    priorities = vocabulary.get("priorities")
    now, before = event.data["priority"], event.data.get("priority_before", "")
    if now == before:
        return ""
    was = f", before that {priorities.label(before).lower()}" if before else ""
    return f"Priority: {priorities.label(now).lower()}{was}."
