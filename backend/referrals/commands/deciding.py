"""What the deciding edges do: match the child, open or join a case, write the decision, end what is still open."""

from typing import Any

from backend.cases.commands import Handover, Shared, open_or_join, propose_to_lead
from backend.children.commands import same_child
from backend.core import vocabulary
from backend.deadlines.calendar import in_words
from backend.referrals.commands.picking import picked
from backend.referrals.commands.questions import cancel_open
from backend.referrals.commands.taking_along import take_along
from backend.referrals.models import Decision, Referral
from backend.referrals.rules.facts import NEW_CHILD
from backend.sharing.rules import basis_of
from backend.workflow.changing import Change
from backend.workflow.machine import Given


def decide(change: Change[Referral], kind: str, given: Given, **more: Any) -> Decision:
    """Write the decision, as `worded` says it."""
    return Decision.objects.bulk_create([worded(change, kind, given, **more)])[0]


def worded(change: Change[Referral], kind: str, given: Given, **more: Any) -> Decision:
    """Return the decision in the words it was given; of two people, the first decided and the other confirmed."""
    actor, confirmation = change.actor, change.confirmation
    return Decision(
        **{
            "root_id": change.root_id,
            "kind": kind,
            "reason_code": given.get("reason_code", ""),
            "rationale": given.get("rationale", ""),
            "outcome_text": given.get("outcome_text", ""),
            "level_of_need": given.get("level_of_need", ""),
            "primary_need": given.get("primary_need", ""),
            "theme": given.get("theme", ""),
            "priority": given.get("priority", ""),
            "by_id": confirmation.asked_by_id if confirmation else actor.user_id,
            "by_name": confirmation.asked_by_name if confirmation else actor.name,
            "confirmed_by_id": actor.user_id if confirmation else None,
            "confirmed_by_name": actor.name if confirmation else "",
            "agency_id": actor.agency_id,
            **more,
        }
    )


def accept(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Match the child, open a case for it or join the open one, and ask another agency to lead if one was named."""
    referral, actor = change.target, change.actor
    match(change, inputs["child_match"])
    in_hand = open_or_join(
        actor,
        referral.about,
        holder=referral.holder,
        primary_need=inputs["primary_need"],
        theme=inputs["theme"],
        priority=inputs["priority"],
        choice=inputs.get("case_choice", ""),
        shared=_shared(inputs) if inputs["lead_agency"] != referral.holder_id else None,
    )
    if not in_hand.joined and inputs["lead_agency"] != referral.holder_id:
        propose_to_lead(
            actor,
            in_hand,
            to_agency_id=inputs["lead_agency"],
            handover=Handover(
                what_matters=inputs["what_matters"],
                open_actions="",
                risks=inputs.get("risks", ""),
                who_to_speak_to=inputs["who_to_speak_to"],
            ),
            basis=basis_of(inputs),
        )
    inputs["case_id"] = in_hand.id
    take_along(change, [in_hand.lead_agency_id], inputs, purpose="To help the child within its open case")
    decide(change, "accept", inputs, **picked(actor, inputs.get("service")))
    change.data |= {
        "case_id": str(in_hand.id),
        "level": inputs["level_of_need"],
        "primary_need": inputs["primary_need"],
        "theme": inputs["theme"],
        "priority": inputs["priority"],
        "lead_agency": str(inputs["lead_agency"]),
    }
    cancel_open(change)


def _shared(inputs: Given) -> Shared | None:
    """Return what the lead of a case that is opened again must know; nothing where its lead is not asked anything."""
    if not inputs.get("what_matters"):
        return None
    parts = (inputs["what_matters"], inputs.get("risks", ""), f"Speak first to: {inputs['who_to_speak_to']}")
    return Shared("\n\n".join(part for part in parts if part), basis_of(inputs))


def match(change: Change[Referral], child_match: Any) -> None:
    """Say which child we know the referral is about; a new one is the referral's own record."""
    referral = change.target
    change.data["child_match"] = str(child_match)
    if child_match != NEW_CHILD and referral.child_id is not None:
        referral.child = same_child(change.actor, referral.child_id, child_match)


def signpost(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Write what was suggested into the text the referrer reads."""
    chosen = picked(change.actor, inputs.get("service"))
    said = [inputs["outcome_text"], f"What was suggested: {inputs['advice']}"]
    said += [f"Service: {chosen['service_words']}"] if chosen["service_words"] else []
    text = "\n\n".join(said)
    decide(change, "signpost", inputs, outcome_text=text, reason_code=inputs["signpost_kind"], **chosen)
    change.target.level_decided = inputs["level_of_need"]
    change.data = {"reason_code": inputs["signpost_kind"], "level": inputs["level_of_need"]}
    cancel_open(change)


def decline(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Write the reason, and what would change it, into the text the referrer reads."""
    text = f"{inputs['outcome_text']}\n\nWhat would change this decision: {inputs['what_would_change']}"
    decide(change, "decline", inputs, outcome_text=text)
    change.target.level_decided = inputs["level_of_need"]
    change.target.reason_words = vocabulary.get("decline_reasons").label(inputs["reason_code"])
    change.data = {"reason_code": inputs["reason_code"], "level": inputs["level_of_need"]}
    cancel_open(change)


def step_up(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Write who was told what and when; an offer in hand is overtaken, because the holder stays responsible."""
    place = vocabulary.get("step_up_destinations").label(inputs["destination"])
    told = f"Told {inputs['told_person']} at {in_words(inputs['told_at'])}."
    rationale = "\n\n".join(part for part in (inputs.get("rationale", ""), told) if part)
    decide(
        change,
        "step_up",
        inputs,
        rationale=rationale,
        reason_code=inputs["destination"],
        outcome_text=f"This has been passed to: {place}.",
    )
    change.target.reason_words = place
    change.data = {"reason_code": inputs["destination"], "told_at": inputs["told_at"].isoformat()}


def confirm_handover(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Write who has it now, and since when."""
    received = f"Received by {inputs['received_by']} at {in_words(inputs['received_at'])}."
    decide(change, "confirm_handover", inputs, rationale=f"{inputs['rationale']}\n\n{received}")
    change.data = {"received_at": inputs["received_at"].isoformat()}
    cancel_open(change)
