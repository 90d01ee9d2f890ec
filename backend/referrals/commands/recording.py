"""The acts that leave a referral's state alone: correct, rematch, record who was told, ask to withdraw."""

from typing import Any

from backend.children.commands import same_child, separate_child
from backend.core import vocabulary
from backend.deadlines import commands as deadlines
from backend.deadlines.calendar import in_words
from backend.referrals.commands.deciding import decide
from backend.referrals.commands.moving import everybody_who_saw
from backend.referrals.commands.stepping_back import step_back
from backend.referrals.form.sharing import SILENT
from backend.referrals.models import Decision, Referral, Told
from backend.referrals.queries.facts import FOLLOW_UP, TELL_SCHOOL
from backend.referrals.rules.facts import NEW_CHILD
from backend.referrals.rules.recording import person_told
from backend.workflow.changing import Change

FEEDBACK = "feedback"


def correct(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Write the right decision beside the wrong one; the state does not move."""
    old = Decision.objects.get(pk=inputs["decision"], root_id=change.root_id)
    level = inputs.get("level_of_need") or old.level_of_need
    new = decide(
        change,
        old.kind,
        inputs,
        level_of_need=level,
        **({} if inputs.get("level_of_need") else {"level_text": old.level_text}),
        primary_need=old.primary_need,
        theme=old.theme,
        priority=old.priority,
        reason_code=old.reason_code,
        corrects=old,
    )
    change.target.level_decided = level or change.target.level_decided
    change.data = {
        "reason_code": inputs["reason_code"],
        "decision_id": str(new.id),
        "corrects_id": str(old.id),
        "level_from": old.level_of_need,
        "level": level,
    }


def rematch(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Let the referral's record of the child stand for another child; nothing is re-pointed, everybody is told."""
    referral, chosen = change.target, inputs["child_match"]
    if referral.child_id is None:
        return
    former = referral.child.canonical_id if referral.child else None
    if chosen == NEW_CHILD:
        referral.child = separate_child(change.actor, referral.child_id, reason=inputs["reason"])
    else:
        referral.child = same_child(change.actor, referral.child_id, chosen)
        step_back(change.actor, referral)
    referral.concerned = everybody_who_saw(referral)
    change.data = {"reason_code": inputs["reason_code"], "from_child": str(former or ""), "to_child": str(chosen)}


def record_told(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Keep who was told how and when, or why not yet; the promise to the referrer is met by telling the referrer."""
    person = person_told(change.facts, inputs)
    Told.objects.create(
        root_id=change.root_id,
        who=inputs["who"],
        person_id=person.id if person else None,
        person_name=person.said_name if person else "",
        method=inputs.get("method", "") if inputs["was_told"] else "",
        told_at=inputs.get("told_at") if inputs["was_told"] else None,
        why_not="" if inputs["was_told"] else inputs.get("why_not", ""),
        look_again_on=None if inputs["was_told"] else inputs.get("look_again_on"),
        recorded_by_name=change.actor.name,
    )
    # Who wants to hear nothing is promised nothing: saying so is all that was left to do.
    nobody_waits = change.facts.caller is not None and change.facts.caller.feedback in SILENT
    if inputs["who"] == Told.REFERRER and (inputs["was_told"] or nobody_waits):
        deadlines.meet(change.root_id, (FEEDBACK, TELL_SCHOOL))
    change.data = {"who": inputs["who"], "was_told": inputs["was_told"]}


def record_follow_up(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Keep to whom the written follow-up went, and meet its clock."""
    deadlines.meet(change.root_id, (FOLLOW_UP,))
    change.reason = f"Sent to {inputs['sent_to']} at {in_words(inputs['sent_at'])}"
    change.data = {"sent_at": inputs["sent_at"].isoformat()}


def ask_to_withdraw(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """The holder decides; this only says that the referrer asks."""
    change.target.reason_words = vocabulary.get("ask_to_withdraw_reasons").label(inputs["reason_code"])
    change.data = {"reason_code": inputs["reason_code"]}
