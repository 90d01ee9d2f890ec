"""The parts of a referral as plain data, codes in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.children.models import Child
from backend.children.serializers import child_data
from backend.core import clock, vocabulary
from backend.deadlines.calendar import in_words, local
from backend.deadlines.models import Deadline
from backend.disagreements.models import Disagreement
from backend.disagreements.texts import outcome, stage_words
from backend.referrals.commands.questions import question_machine
from backend.referrals.form.reading import mark_words
from backend.referrals.intake.reading_back import statement_label
from backend.referrals.models import Decision, InformationRequest, Offer, ReferralFactor, Statement, Told
from backend.referrals.queries.detail import Linked, Parts
from backend.sharing.serializers import narrowed
from backend.workflow import options

ALWAYS_RUNS = "total_age"
_REASONS: Mapping[str, str] = {
    "decline": "decline_reasons",
    "signpost": "signpost_kinds",
    "step_up": "step_up_destinations",
    "redirect": "redirect_reasons",
}
_ENDED_WELL = (InformationRequest.ANSWERED, InformationRequest.NOTHING_KNOWN, InformationRequest.REFUSED)
_POLARITY: Mapping[str, str] = {"risk": "Adds risk", "protective": "Protects"}


def word(name: str, code: str) -> str:
    """Return the words of a code."""
    return vocabulary.get(name).label(code)


def statement(said: Statement) -> dict[str, Any]:
    """Return something said."""
    return {
        "id": said.id,
        "kind": said.kind,
        "kind_label": statement_label(said.kind),
        "text": said.text,
        "basis_label": word("statement_bases", said.basis),
        "told_by": said.told_by,
        "currency_label": word("currency", said.currency),
        "amended": said.replaces_id is not None,
        "mark": mark_words(said.mark),
    }


def linked(one: Linked) -> dict[str, Any]:
    """Return a referral that was linked to the one shown, with what was said in it."""
    return {
        "id": one.id,
        "reference": one.reference,
        "person": one.person,
        "agency": one.agency,
        "submitted_at": one.submitted_at,
        "statements": [statement(said) for said in one.statements],
    }


def factor(one: ReferralFactor) -> dict[str, Any]:
    """Return a coded factor in the words and under the heading that it was chosen by."""
    term = vocabulary.get("factors").terms.get(one.code)
    return {
        "code": one.code,
        "label": term.label if term else one.code,
        "domain": term.group if term else "",
        "polarity": _POLARITY.get(term.more.get("polarity", ""), "") if term else "",
        "basis_label": "",
        "currency_label": word("currency", one.currency),
    }


# However it was answered; a question that lapsed or was cancelled has no answer to show.
_WAS_ANSWERED = (InformationRequest.ANSWERED, InformationRequest.NOTHING_KNOWN, InformationRequest.REFUSED)


def question(
    actor: Actor,
    asks: InformationRequest,
    relations: frozenset[Relation],
    *,
    clocks: Sequence[Deadline],
    child: Child | None = None,
) -> dict[str, Any]:
    """Return a question with its clocks; the referral's address only for those who see it."""
    sees_referral = policy.allows(actor, Permission.REFERRAL_SEE_STATUS, relations)
    due_at = clocks[-1].due_at if clocks else asks.next_due_at
    return {
        "id": asks.id,
        "version": asks.version,
        "reference": asks.reference,
        "agency": asks.asked_agency.name,
        "asked_by": asks.asked_by_name,
        "asking_agency": asks.holder_agency.name,
        "question": asks.question,
        "purpose": asks.purpose,
        "basis_label": word("share_powers", asks.basis),
        "is_urgent": asks.is_urgent,
        "state": asks.state,
        "state_label": InformationRequest.LABELS[asks.state],
        "asked_at": asks.asked_at,
        "due_at": due_at,
        "is_late": bool(due_at and (asks.answered_at or clock.now()) > due_at),
        "chased_on": _chased_on(asks, clocks),
        "answer": asks.answer_text if asks.state in _ENDED_WELL else None,
        "answered_at": asks.answered_at,
        "answered_by": asks.answered_by_name,
        "reason_label": word("refuse_reasons", asks.reason_code),
        "child": child_data(child) if child else None,
        "referral_id": asks.root_id if sees_referral else None,
        "options": _question_options(actor, asks, relations),
    }


def _chased_on(asks: InformationRequest, clocks: Sequence[Deadline]) -> list[date]:
    """Return the days the agency was reminded: by the clock, when the time was over, and by hand."""
    reminded = {line.reminded_on for line in clocks if line.reminded_on}
    return sorted(reminded | {local(moment).date() for moment in asks.chased_at})


def _question_options(actor: Actor, asks: InformationRequest, relations: frozenset[Relation]) -> list[dict[str, Any]]:
    base = f"/api/v1/information-requests/{asks.id}/"
    shapes = options.shapes(question_machine, actor, asks, relations, base=base, choices={})
    sender, recipients = asks.asked_agency.kind, [asks.holder_agency.kind]
    return [{**shape, "input": narrowed(shape["input"], sender=sender, recipients=recipients)} for shape in shapes]


def offer(one: Offer, parts: Parts, clocks: list[Deadline], *, reads_reasons: bool) -> dict[str, Any]:
    """Return an offer in hand; why it was made only to whoever decides or helps."""
    take = next((deadline for deadline in clocks if deadline.kind == "take" and deadline.is_running), None)
    return {
        "id": one.id,
        "agency": parts.name(one.to_agency_id),
        "rationale": one.rationale if reads_reasons else None,
        "offered_at": one.offered_at,
        "due_at": take.due_at if take else None,
    }


def decision(one: Decision, parts: Parts, *, reads_text: bool, reads_reasons: bool) -> dict[str, Any]:
    """Return a decision; its level to those who read the text, its rationale to whoever decides or helps.

    The referrer has the outcome in words of its own: the rationale may tell what other agencies said.
    """
    return {
        "id": one.id,
        "kind": one.kind,
        "label": word("decision_kinds", one.kind),
        "rationale": one.rationale if reads_reasons else None,
        "outcome_text": one.outcome_text,
        "reason_label": word(_REASONS[one.kind], one.reason_code) if one.kind in _REASONS else "",
        "level_label": word("levels_of_need", one.level_of_need) if reads_text else "",
        "level_text": one.level_text if reads_text else None,
        "primary_need_label": word("primary_needs", one.primary_need) if reads_text else "",
        "service": _service(one) if reads_text or one.kind == "signpost" else None,
        "by": one.by_name,
        "confirmed_by": one.confirmed_by_name,
        "agency": parts.name(one.agency_id),
        "at": one.at,
        "corrects": one.corrects_id,
    }


def _service(one: Decision) -> dict[str, Any] | None:
    """Return what was picked from the directory; the referrer is told of it where it is the answer itself."""
    return {"id": one.service_id, "words": one.service_words} if one.service_id else None


def disagreement(one: Disagreement, parts: Parts, *, opens: bool) -> dict[str, Any]:
    """Return that somebody disagrees and where that stands; what was said is on its own page, for its two sides."""
    return {
        "id": one.id if opens else None,
        "decision_label": word("decision_kinds", one.decision_kind),
        "ground_label": word("disagreement_grounds", one.ground),
        "agency": parts.name(one.raising_agency_id),
        "owner_agency": parts.name(one.owner_agency_id),
        "raised_at": one.raised_at,
        "stage_label": stage_words(one.stage),
        "state_label": outcome(one),
        "is_open": one.is_open,
        "child_is_unsafe": one.is_unsafe and one.is_open,
        "due_at": one.next_due_at if one.is_open else None,
    }


def told(one: Told, name: str = "") -> dict[str, Any]:
    """Return who was told how, or why not yet; `name` is whom of those around the child it was about."""
    label = word("told_who", one.who)
    return {
        "who": one.who,
        "label": f"{label}: {name}" if name else label,
        "method_label": word("told_methods", one.method),
        "at": one.told_at,
        "by": one.recorded_by_name,
        "why_not": word("told_why_not", one.why_not),
        "look_again_on": one.look_again_on,
    }


def clock_data(deadline: Deadline) -> dict[str, Any]:
    """Return one promise and where it stands."""
    return {
        "kind": deadline.kind,
        "label": deadline.label,
        "due_at": deadline.due_at,
        "state": deadline.state,
        "rag": deadline.rag,
        "met_at": deadline.met_at,
        "note": _clock_note(deadline),
    }


def _clock_note(deadline: Deadline) -> str:
    """Say which clock is held while others are asked, and which never is."""
    if not deadline.is_running:
        return ""
    if deadline.paused_at:
        return f"Held since {in_words(deadline.paused_at)}, while others are asked"
    return "Always runs, also while others are asked" if deadline.kind == ALWAYS_RUNS else ""
