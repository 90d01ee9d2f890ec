"""What happened to a referral, in words: each verb a sentence of its own, each code with its label."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from backend.audit.models import Event
from backend.audit.verbs import label_of
from backend.core import vocabulary
from backend.referrals.models import Referral
from backend.referrals.verbs import ASK

_STATUS, _QUESTION = "referral.", "information_request."
# Steps of the machine's own that the verb beside them already tells.
HIDDEN = ("confirmation.ask",)
# The vocabulary of `reason_code` by verb, and what else an event carries.
_REASONS: Mapping[str, str] = {
    "referral.decline": "decline_reasons",
    "referral.signpost": "signpost_kinds",
    "referral.step_up": "step_up_destinations",
    "referral.handover_refused": "handover_refused_reasons",
    "referral.redirect": "redirect_reasons",
    "referral.return_to_sender": "return_reasons",
    "referral.recall": "recall_reasons",
    "referral.resume_triage": "resume_reasons",
    "referral.reopen": "reopen_reasons",
    "referral.mark_entered_in_error": "error_reasons",
    "referral.amend": "amend_reasons",
    "referral.correct": "correct_reasons",
    "referral.rematch": "rematch_reasons",
    "referral.ask_to_withdraw": "ask_to_withdraw_reasons",
    "referral.disagree": "disagreement_grounds",
    "information_request.refuse": "refuse_reasons",
    "information_request.cancel": "cancel_reasons",
}
Names = Mapping[str, str]
_DETAIL: Mapping[str, tuple[str, Callable[[Any, Names], str]]] = {
    "to_agency": ("Agency", lambda value, names: names.get(value, "")),
    "from_agency": ("From", lambda value, names: names.get(value, "")),
    "agency": ("Agency asked", lambda value, names: names.get(value, "")),
    "lead_agency": ("To lead", lambda value, names: names.get(value, "")),
    "holder_id": ("Received by", lambda value, names: names.get(value, "")),
    "level": ("Level of need", lambda value, _names: vocabulary.get("levels_of_need").label(value)),
    "level_from": ("Level of need before", lambda value, _names: vocabulary.get("levels_of_need").label(value)),
    "primary_need": ("Primary need", lambda value, _names: vocabulary.get("primary_needs").label(value)),
    "theme": ("Theme", lambda value, _names: vocabulary.get("board_themes").label(value)),
    "priority": ("Priority", lambda value, _names: vocabulary.get("priorities").label(value)),
    "who": ("Who", lambda value, _names: vocabulary.get("told_who").label(value)),
    "was_told": ("Told", lambda value, _names: "Yes" if value else "Not yet"),
}


def for_status(events: QuerySet[Event]) -> QuerySet[Event]:
    """Return what those who see the status only may know to have happened."""
    return events.filter(verb__startswith=_STATUS).exclude(verb__endswith=ASK).exclude(verb="referral.rematch")


def without_questions(events: QuerySet[Event]) -> QuerySet[Event]:
    """Return what happened without who was asked and what they answered: that is for whoever decides."""
    return events.exclude(verb__startswith=_QUESTION)


def entries(
    events: Sequence[Event], names: Names, *, reads_text: bool, reasons_of: Callable[[Event], bool]
) -> list[dict[str, Any]]:
    """Return a page of events; details only to those who may read the text, each reason to whom `reasons_of` says."""
    return [
        {
            "id": event.id,
            "verb": event.verb,
            "label": label_of(event.verb),
            "at": event.at,
            "recorded_at": event.recorded_at,
            "by": event.actor_name,
            "agency": event.agency_name,
            "reason": event.reason if reads_text and reasons_of(event) else "",
            "detail": _detail(event, names) if reads_text else [],
        }
        for event in events
    ]


def _detail(event: Event, names: Names) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    if event.to_state and event.to_state != event.from_state and event.verb.startswith(_STATUS):
        found.append({"label": "Became", "value": Referral.LABELS.get(event.to_state, event.to_state)})
    code = event.data.get("reason_code", "")
    if code and event.verb in _REASONS:
        found.append({"label": "Reason", "value": vocabulary.get(_REASONS[event.verb]).label(code)})
    for key, (label, words) in _DETAIL.items():
        value = words(event.data[key], names) if event.data.get(key) not in (None, "") else ""
        if value:
            found.append({"label": label, "value": value})
    return found
