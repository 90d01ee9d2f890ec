"""Turns referrals into plain data: one record for its audience, or a page of rows in a fixed number of statements."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.marks import ASKED_FOR, marks_shown
from backend.access.policy import Permission
from backend.access.relations import Relation, by_break_glass
from backend.cases.models import Case
from backend.cases.queries import Headline, headlines
from backend.children.models import Child
from backend.children.queries import named as children_named
from backend.children.serializers import address_data, age_of, child_data, contact_data, identifier_data, safety_data
from backend.deadlines.models import Clock, Deadline
from backend.deadlines.queries import of_roots, running_of_roots
from backend.disagreements.queries import opens as opens_disagreement
from backend.referrals.commands.machine import referral_machine
from backend.referrals.intake.reading_back import sections_of_sent
from backend.referrals.intake.rows import UNBORN
from backend.referrals.models import Decision, InformationRequest, Referral, Told
from backend.referrals.queries.detail import Parts, parts, questions
from backend.referrals.queries.facts import facts
from backend.referrals.queries.seeing import visible_to
from backend.referrals.rules.facts import Facts
from backend.referrals.serializers import parts as shown
from backend.referrals.serializers.again import followed_data
from backend.referrals.serializers.amending import amendments
from backend.referrals.serializers.choosing import options_of
from backend.referrals.serializers.feedback import telling_caller
from backend.referrals.serializers.telling import telling_rows, told_rows
from backend.referrals.serializers.tracking import colour, due, first_due, group_of, next_step, tracker
from backend.referrals.serializers.triaging import beside, has_in_hand
from backend.workflow.confirmation_data import about
from backend.workflow.confirmations import CLOCK
from backend.workflow.options import besides

_ASKS = Permission.REFERRAL_READ_PROTECTED
_MOVES = ("redirect", "step_up")
_SAID = ("statements", "factors", "amendments", "contacts", "safety", "addresses", "identifiers")


def audience_of(actor: Actor, referral: Referral, relations: frozenset[Relation]) -> str:
    """Return which shape the actor gets: the draft, the status, or the text too."""
    if referral.submitted_at is None:
        return "draft"
    return "text" if policy.allows(actor, Permission.REFERRAL_READ_TEXT, relations) else "status"


def referral_data(actor: Actor, referral: Referral) -> dict[str, Any]:
    """Return one referral exactly as GET gives it to this actor."""
    whole = parts(referral)
    related = access.relations(actor, _roots(referral, whole))
    relations = related[referral.id]
    found = whole.within(marks_shown(actor, relations))
    audience = audience_of(actor, referral, relations)
    known = facts(referral, actor) if referral_machine.names(actor, referral, relations) else None
    case = headlines([referral.case_id]).get(referral.case_id) if referral.case_id else None
    opens = case is not None and policy.allows(actor, Permission.CASE_SEE, related[case.id])
    reads_text = audience == "text"
    reads_reasons = policy.allows(actor, Permission.REFERRAL_READ_REASONS, relations)
    asked = questions(actor, referral) if reads_text else []
    waiting = _waiting(actor, referral, relations, found) if reads_text else None
    return {
        **_head(referral, audience),
        "by_break_glass": by_break_glass(relations),
        "tracker": tracker(referral, found.clocks, offered=found.offered_to, case=case, told=found.told),
        **(_text(referral, found) if reads_text else _without_text()),
        "information_requests": _questions(actor, asked, relations),
        **beside(actor, referral, relations if reads_text else frozenset(), found, asked),
        **_decided(referral, found, found.clocks, reads_text=reads_text, reads_reasons=reads_reasons),
        **_told(actor, referral, found, known, relations, reads_text=reads_text),
        "disagreements": _disagreements(actor, found, relations),
        "case": _case(case, opens=opens) if case else None,
        "helped_before": followed_data(referral, opens=_opens_earlier(actor, referral, related)),
        "siblings": _siblings(actor, referral),
        "linked_here": _linked_here(actor, found, related) if reads_text else [],
        "linked_to": referral.linked_to.reference if referral.linked_to else None,
        "clocks": [shown.clock_data(deadline) for deadline in found.clocks],
        "confirmation": waiting,
        # Whether the page may ask who the child is: a look that is not theirs is refused, and written down.
        "can_match_child": reads_text and policy.allows(actor, Permission.REFERRAL_MATCH_CHILD, relations),
        "sees_sharing": reads_text and policy.allows(actor, Permission.DISCLOSURE_SEE, relations),
        "sees_protected": whole.bears(ASKED_FOR) and policy.allows(actor, _ASKS, relations),
        "withdraw_sharing_url": _withdraw_url(actor, referral, relations),
        "telling_caller": telling_caller(actor, referral, relations, known, found.links),
        "options": besides(waiting, options_of(actor, referral, relations, known)),
    }


def _disagreements(actor: Actor, found: Parts, relations: frozenset[Relation]) -> list[dict[str, Any]]:
    """Return the challenges, the last first, each with whether it is the actor's to open."""
    opens = {one.id: opens_disagreement(actor, one, relations) for one in found.disagreements}
    return [shown.disagreement(one, found, opens=opens[one.id]) for one in reversed(found.disagreements)]


def _roots(referral: Referral, found: Parts) -> list[UUID]:
    """Return the records whose readers the page asks about: the referral, its case, the one before, what was linked."""
    roots = (referral.id, referral.case_id, referral.earlier_case_id, *(one.id for one in found.linked))
    return [root_id for root_id in roots if root_id]


def _opens_earlier(actor: Actor, referral: Referral, related: Mapping[UUID, frozenset[Relation]]) -> bool:
    earlier = referral.earlier_case_id
    return earlier is not None and policy.allows(actor, Permission.CASE_SEE, related[earlier])


def _linked_here(actor: Actor, found: Parts, related: Mapping[UUID, frozenset[Relation]]) -> list[dict[str, Any]]:
    """Return what was linked to the referral and is the actor's to read."""
    may = Permission.REFERRAL_READ_TEXT
    return [shown.linked(one) for one in found.linked if policy.allows(actor, may, related[one.id])]


def _withdraw_url(actor: Actor, referral: Referral, relations: frozenset[Relation]) -> str:
    """Return where a consent that was taken back is recorded, for those who may."""
    may = policy.allows(actor, Permission.REFERRAL_WITHDRAW_SHARING, relations)
    return f"/api/v1/referrals/{referral.id}/withdraw-sharing/" if may else ""


def _waiting(actor: Actor, referral: Referral, relations: frozenset[Relation], found: Parts) -> dict[str, Any] | None:
    """Return the question to a second person that is open, with when it should be answered."""
    question = found.open_question(referral)
    if question is None:
        return None
    due_at = next((line.due_at for line in found.clocks if line.kind == CLOCK and line.is_running), None)
    return about(actor, question, referral, relations, due_at=due_at)


def _head(referral: Referral, audience: str) -> dict[str, Any]:
    return {
        "id": referral.id,
        "reference": referral.reference,
        "version": referral.version,
        "state": referral.state,
        "state_label": Referral.LABELS[referral.state],
        "audience": audience,
        "is_urgent": referral.is_urgent,
        "created_at": referral.created_at,
        "submitted_at": referral.submitted_at,
        "referrer": {
            "person": referral.created_by.name,
            "agency": referral.referrer_agency.name,
            "agency_id": referral.referrer_agency_id,
        },
    }


def _without_text() -> dict[str, Any]:
    return {"child": None, "referral_text": None, "moment": None, **{name: [] for name in _SAID}}


def _text(referral: Referral, found: Parts) -> dict[str, Any]:
    if referral.child is None:
        return _without_text()
    return {
        "child": child_data(referral.child),
        "referral_text": {"sections": sections_of_sent(found.sent(referral, referral.child), found.names)},
        "moment": _moment(referral),
        "amendments": amendments(found.amendments, found.names),
        "contacts": [contact_data(one) for one in found.contacts],
        "safety": [safety_data(one) for one in found.alerts if one.ended_at is None],
        "addresses": [address_data(one) for one in found.addresses],
        "identifiers": [identifier_data(one) for one in found.identifiers],
        "statements": [shown.statement(said) for said in found.current_statements],
        "factors": [shown.factor(one) for one in found.factors],
    }


def _moment(referral: Referral) -> dict[str, Any] | None:
    if referral.moment_at is None:
        return None
    return {"label": shown.word("critical_moments", referral.moment_kind), "at": referral.moment_at}


def _questions(actor: Actor, asked: list[InformationRequest], relations: frozenset[Relation]) -> list[dict[str, Any]]:
    clocks = of_roots(asks.id for asks in asked) if asked else {}
    return [shown.question(actor, asks, relations, clocks=clocks[asks.id]) for asks in asked]


def _decided(
    referral: Referral, found: Parts, clocks: list[Deadline], *, reads_text: bool, reads_reasons: bool
) -> dict[str, Any]:
    offer = found.open_offer
    last = _last_word(referral, found)
    decided = partial(shown.decision, parts=found, reads_text=reads_text, reads_reasons=reads_reasons)
    return {
        "offer": shown.offer(offer, found, clocks, reads_reasons=reads_reasons) if offer else None,
        "decision": decided(last) if last else None,
        "decisions": [decided(one) for one in reversed(found.decisions)],
    }


def _told(
    actor: Actor,
    referral: Referral,
    found: Parts,
    known: Facts | None,
    relations: frozenset[Relation],
    *,
    reads_text: bool,
) -> dict[str, Any]:
    """Return who was told; to who reads no text only that the referrer was, and who is still to be to who tells."""
    if not reads_text:
        return {"told": told_rows([one for one in found.told if one.who == Told.REFERRER], None), "telling": []}
    tells = policy.allows(actor, Permission.REFERRAL_RECORD_TOLD, relations)
    unborn = referral.voice_why_not == UNBORN
    return {
        "told": told_rows(found.told, known),
        "telling": telling_rows(found.told, known, unborn=unborn) if tells else [],
    }


def _last_word(referral: Referral, found: Parts) -> Decision | None:
    """Return the decision that stands: of an ended referral the one that ended it, else only that it was stepped up."""
    stands = referral.state in Referral.ENDED or referral.state == Referral.STEPPED_UP
    if not stands:
        return None
    skipped = ("redirect",) if referral.state == Referral.STEPPED_UP else _MOVES
    return next((one for one in reversed(found.decisions) if one.kind not in skipped), None)


def _siblings(actor: Actor, referral: Referral) -> list[dict[str, Any]]:
    """Return the referrals about brothers and sisters made together with this one, as far as the actor sees them."""
    if referral.family_id is None:
        return []
    others = visible_to(actor).select_related(None).filter(family_id=referral.family_id).exclude(pk=referral.id)
    return [
        {
            "id": one.id,
            "reference": one.reference,
            "state": one.state,
            "state_label": Referral.LABELS[one.state],
        }
        for one in others.order_by("id")
    ]


def _case(case: Headline, *, opens: bool) -> dict[str, Any]:
    """Return what is said of the case; its address only for those who may open it."""
    return {
        "id": case.id if opens else None,
        "reference": case.reference,
        "state_label": Case.LABELS.get(case.state, case.state),
        "lead_agency": case.lead_name,
    }


def referral_rows(actor: Actor, referrals: Sequence[Referral]) -> list[dict[str, Any]]:
    """Return a page of referrals that were read as lines, with three statements whatever its length."""
    ids = [referral.id for referral in referrals]
    relations, clocks = access.relations(actor, ids), running_of_roots(ids)
    children = children_named([referral.child_id for referral in referrals if referral.child_id])
    return [_row(actor, one, relations[one.id], clocks[one.id], children) for one in referrals]


def _row(
    actor: Actor,
    referral: Referral,
    relations: frozenset[Relation],
    clocks: Sequence[Clock],
    children: Mapping[UUID | None, Child],
) -> dict[str, Any]:
    reads_text = audience_of(actor, referral, relations) == "text"
    child = children.get(referral.child_id) if reads_text else None
    # What lists.as_lines adds to a referral.
    named = vars(referral)
    level = (referral.level_decided or referral.level_believed) if reads_text else ""
    names = referral_machine.names(actor, referral, relations)
    first = first_due(clocks)
    return {
        "id": referral.id,
        "reference": referral.reference,
        "state": referral.state,
        "state_label": Referral.LABELS[referral.state],
        "child_name": child.name if child else None,
        "child_age": age_of(child) if child else None,
        "referrer_agency": named["referrer_name"],
        "holder": {"id": referral.holder_id, "name": named["holder_name"]},
        "level_of_need": level or None,
        "level_label": shown.word("levels_of_need", level) if level else None,
        "is_urgent": referral.is_urgent,
        "created_at": referral.created_at,
        "submitted_at": referral.submitted_at,
        "officer": named["officer_name"] if reads_text else None,
        "flags": [one["label"] for one in referral.flags] if has_in_hand(actor, relations) else [],
        "moment": _moment(referral) if reads_text else None,
        "due_group": group_of(referral),
        "next_step": next_step(referral, clocks),
        "next_due_at": due(referral, clocks),
        "rag": colour(clocks),
        "clock": first.label if first else "",
        "clock_due_at": first.due_at if first else None,
        "options": [{"name": name, "label": label} for name, label in names],
    }
