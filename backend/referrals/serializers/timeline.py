"""What happened to a referral, in words: each verb a sentence of its own, each code with its label."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from backend.audit.models import Event
from backend.core import vocabulary
from backend.referrals.commands.machine import referral_machine
from backend.referrals.models import Referral

_LABELS: Mapping[str, str] = {
    "referral.create": "Began the referral",
    "referral.submit": "Sent the referral",
    "referral.withdraw": "Gave up the draft",
    "referral.start_triage": "Started triage",
    "referral.request_information": "Asked other agencies",
    "referral.resume_triage": "Went on with triage",
    "referral.accept": "Agreed help",
    "referral.link": "Linked it to open work",
    "referral.signpost": "Gave advice or a service",
    "referral.decline": "Declined it",
    "referral.step_up": "Stepped it up to statutory services",
    "referral.confirm_handover": "Confirmed the handover",
    "referral.handover_refused": "Recorded that statutory services did not take it",
    "referral.redirect": "Offered it to another agency",
    "referral.take": "Took the referral",
    "referral.return_to_sender": "Sent it back",
    "referral.recall": "Took the offer back",
    "referral.reopen": "Reopened it",
    "referral.mark_entered_in_error": "Marked it as entered in error",
    "referral.amend": "Amended what was written",
    "referral.record_told": "Recorded who was told",
    "referral.record_follow_up": "Recorded the written follow-up",
    "referral.correct": "Corrected a decision",
    "referral.rematch": "Changed the child it is about",
    "referral.ask_to_withdraw": "Asked to withdraw it",
    "information_request.ask": "Asked a question",
    "information_request.answer": "Answered the question",
    "information_request.nothing_known": "Said that nothing is known",
    "information_request.refuse": "Refused to answer",
    "information_request.cancel": "Cancelled the question",
    "information_request.lapse": "The question was not answered in time",
    "information_request.change_holder": "Passed the question to the new holder",
    "agreement.record": "Recorded who was informed and who agreed",
    "confirmation.ask": "Asked a second person to confirm",
    "confirmation.confirm": "Confirmed as the second person",
    "confirmation.refuse": "Refused to confirm",
    "confirmation.withdraw": "The question to a second person was withdrawn",
}
ASK = ".ask_confirmation"
_STATUS = "referral."
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
    "theme": ("Theme", lambda value, _names: vocabulary.get("board_themes").label(value)),
    "priority": ("Priority", lambda value, _names: vocabulary.get("priorities").label(value)),
    "who": ("Who", lambda value, _names: vocabulary.get("told_who").label(value)),
    "was_told": ("Told", lambda value, _names: "Yes" if value else "Not yet"),
}


def for_status(events: QuerySet[Event]) -> QuerySet[Event]:
    """Return what those who see the status only may know to have happened."""
    return events.filter(verb__startswith=_STATUS).exclude(verb__endswith=ASK).exclude(verb="referral.rematch")


def label_of(verb: str) -> str:
    """Return a verb in words."""
    if verb.endswith(ASK):
        edge = verb.removeprefix(_STATUS).removesuffix(ASK)
        return f"Asked a second person: {referral_machine.edges[edge].label.lower()}"
    return _LABELS.get(verb, verb.replace(".", " ").replace("_", " ").capitalize())


def entries(events: Sequence[Event], names: Names, *, reads_text: bool) -> list[dict[str, Any]]:
    """Return a page of events; reasons and details only to those who may read the text."""
    return [
        {
            "id": event.id,
            "verb": event.verb,
            "label": label_of(event.verb),
            "at": event.at,
            "recorded_at": event.recorded_at,
            "by": event.actor_name,
            "agency": event.agency_name,
            "reason": event.reason if reads_text else "",
            "detail": _detail(event, names) if reads_text else [],
        }
        for event in events
    ]


def _detail(event: Event, names: Names) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    if event.to_state and event.to_state != event.from_state and event.verb.startswith(_STATUS):
        found.append({"label": "Now", "value": Referral.LABELS.get(event.to_state, event.to_state)})
    code = event.data.get("reason_code", "")
    if code and event.verb in _REASONS:
        found.append({"label": "Reason", "value": vocabulary.get(_REASONS[event.verb]).label(code)})
    for key, (label, words) in _DETAIL.items():
        value = words(event.data[key], names) if event.data.get(key) not in (None, "") else ""
        if value:
            found.append({"label": label, "value": value})
    return found
