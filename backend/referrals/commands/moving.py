"""What the edges do that move a referral between agencies, back to triage, or out of the counts."""

from typing import Any
from uuid import UUID

from django.db import connection

from backend.agencies.models import Agency, User
from backend.core import clock, vocabulary
from backend.core.errors import Conflict
from backend.deadlines import commands as deadlines
from backend.notifications.audience import AgencyRoles, Audience
from backend.notifications.commands import tell
from backend.referrals.commands.deciding import decide, step_up
from backend.referrals.commands.picking import picked_for
from backend.referrals.commands.questions import cancel_open, pass_to
from backend.referrals.commands.taking_along import share, share_what_is_linked
from backend.referrals.commands.telling import MANAGERS, OFFICERS, officer, referrer
from backend.referrals.models import InformationRequest, Offer, Referral
from backend.referrals.texts import referral_fields
from backend.workflow.changing import Change
from backend.workflow.machine import Given

_ONE_OPEN = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
NO_ANSWER = "no_answer"


def note_reason(change: Change[Referral], inputs: dict[str, Any], *, words: str) -> None:
    """Keep the code in the event and its words, from vocabulary `words`, for the message."""
    code = inputs.get("reason_code", "")
    change.data |= {"reason_code": code}
    change.target.reason_words = vocabulary.get(words).label(code)


def redirect(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Offer it, and write down that the other agency may now read it, and why."""
    referral, actor = change.target, change.actor
    to = Agency.objects.get(pk=inputs["to_agency"])
    offer = Offer.objects.create(
        root_id=referral.id,
        child_id=referral.about_id,
        from_agency_id=referral.holder_id,
        to_agency=to,
        rationale=inputs["rationale"],
    )
    purpose = "To decide whether to take the referral"
    what = "The referral's text, while it is offered"
    share([referral], change, to.id, inputs, what=what, purpose=purpose, opens_id=offer.id)
    share_what_is_linked(change, to.id, inputs, purpose="To help the child once the referral is taken")
    chosen = picked_for(actor, inputs.get("service"), to.id, to.name)
    decide(change, "redirect", inputs, outcome_text=f"Offered to {to.name}.", **chosen)
    change.data = {"to_agency": str(to.id), "reason_code": inputs["reason_code"]}
    _name(referral, to)


def _name(referral: Referral, agency: Agency) -> None:
    referral.concerned = (AgencyRoles(agency.id, OFFICERS),)
    referral.concerned_agency_name = agency.name


def close_offer(change: Change[Referral], state: str, inputs: Given) -> Offer | None:
    """End the open offer; its row changes before the referral's, so that its agency may still write what it does."""
    offer = (
        Offer.objects.select_for_update(of=("self",), no_key=True)
        .select_related("to_agency", "from_agency")
        .filter(root_id=change.root_id, state=Offer.OPEN)
        .first()
    )
    if offer is None:
        return None
    offer.state, offer.ended_at = state, clock.now()
    offer.reason_code, offer.reason = inputs.get("reason_code", ""), inputs.get("reason", "")
    offer.save()
    _name(change.target, offer.to_agency)
    change.data |= {"to_agency": str(offer.to_agency_id)}
    return offer


def take(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """The former holder is told; the clocks follow the referral by the machine, the questions afterwards."""
    offer = close_offer(change, Offer.TAKEN, inputs)
    referral = change.target
    referral.concerned = (AgencyRoles(referral.holder_id, OFFICERS),)
    change.data |= {"from_agency": str(referral.holder_id)}
    if offer is not None:
        # The edge sets their ids; here are the agency and the person whom messages and the answer name.
        referral.holder, referral.triage_officer = (
            offer.to_agency,
            User(id=change.actor.user_id, name=change.actor.name),
        )


def after_take(change: Change[Referral], given: Given) -> None:
    """Answers still awaited come to the new holder."""
    pass_to(change)


def return_to_sender(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Why it comes back."""
    close_offer(change, Offer.RETURNED, inputs)
    note_reason(change, inputs, words="return_reasons")


def recall(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Taken back by the holder; or by the system when nobody answered, and then both managers hear of it."""
    if change.actor.is_system:
        inputs["reason_code"] = inputs.get("reason_code") or NO_ANSWER
    offer = close_offer(change, Offer.RECALLED, inputs)
    note_reason(change, inputs, words="recall_reasons")
    if change.actor.is_system and offer is not None:
        change.target.concerned = (
            AgencyRoles(offer.to_agency_id, MANAGERS),
            AgencyRoles(offer.from_agency_id, MANAGERS),
        )


def step_up_from_anywhere(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Never waits: an offer in hand is overtaken, once its agency has written what it decided.

    What was decided otherwise is open again, with its clocks.
    """
    referral = change.target
    if referral.ended_at is not None:
        refuse_second_open(referral)
        deadlines.stop_all(referral.id, keep=("written_follow_up",))
        deadlines.start_all(
            ("decide", "total_age"),
            root_id=referral.id,
            child_id=referral.child_id,
            owner_agency_id=referral.holder_id,
            partnership_id=referral.partnership_id,
            urgent=referral.is_urgent,
        )
    step_up(change, inputs)
    close_offer(change, Offer.OVERTAKEN, {})


def handover_refused(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """What statutory services said."""
    note_reason(change, inputs, words="handover_refused_reasons")


def resume(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Why it goes on without the answers; the system goes on when there is none to wait for."""
    if inputs.get("reason_code"):
        note_reason(change, inputs, words="resume_reasons")


def after_resume(change: Change[Referral], given: Given) -> None:
    """When the system goes on, whoever decides is told that nothing is outstanding any more."""
    referral = change.target
    if change.actor.is_system and change.event is not None:
        tell(
            event_id=change.event.id,
            root_id=referral.id,
            audience=officer(referral),
            message="referral_answers_in",
            fields=referral_fields(referral),
            path=f"/referrals/{referral.id}",
            urgent=referral.is_urgent,
        )


def reopen(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Two open referrals of one agency about one child would be one request twice."""
    note_reason(change, inputs, words="reopen_reasons")
    refuse_second_open(change.target)


def refuse_second_open(referral: Referral) -> None:
    """Raise Conflict `already_open` when the agency has another open referral about the child."""
    child_id = referral.about_id
    with connection.cursor() as cursor:
        cursor.execute(_ONE_OPEN, [f"open referral {child_id} {referral.referrer_agency_id}"])
    same = Referral.objects.filter(child_id=child_id, referrer_agency_id=referral.referrer_agency_id)
    first = same.filter(state__in=Referral.OPEN).exclude(pk=referral.pk).first()
    if first is not None:
        raise Conflict(
            f"The same agency has an open referral about this child: {first.reference}. Go on with that one.",
            code="already_open",
            existing={"id": str(first.id), "reference": first.reference, "url": f"/referrals/{first.id}"},
        )


def strike_out(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Everybody who saw it is told."""
    close_offer(change, Offer.RECALLED, inputs)
    note_reason(change, inputs, words="error_reasons")
    change.target.concerned = everybody_who_saw(change.target)
    cancel_open(change)


def everybody_who_saw(referral: Referral) -> tuple[Audience, ...]:
    """Return the referrer, the holder, and every agency that was offered or asked."""
    offered = Offer.objects.filter(root_id=referral.id).values_list("to_agency_id", flat=True)
    asked = InformationRequest.objects.filter(root_id=referral.id).values_list("asked_agency_id", flat=True)
    agencies: dict[UUID, None] = dict.fromkeys([referral.holder_id, *offered, *asked])
    return (referrer(referral), *(AgencyRoles(agency_id, OFFICERS) for agency_id in agencies))
