"""What must be true to give somebody without an account a link to how their referral stands, and to send it safely."""

from collections.abc import Iterator
from datetime import datetime

from backend.children.contacting import Channel, refusal
from backend.core import clock, vocabulary
from backend.referrals.form.sharing import BY_EMAIL, SILENT
from backend.referrals.models import Referral
from backend.referrals.rules.facts import Facts, KnownCaller
from backend.workflow.machine import Given


def somebody_waits_outside(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """Somebody else than the sender raised it, and wants to hear what becomes of it."""
    if facts.caller is None:
        yield "Whoever raised this has an account here, and sees how it stands."
    elif facts.caller.feedback in SILENT:
        yield "Whoever raised this does not want to hear back."


def link_is_sent_safely(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """A link goes by email only where they asked for email, and their rule allows it."""
    if given is not None and given["how"] == BY_EMAIL and facts.caller is not None:
        why_not = why_not_by_email(facts.caller, clock.now())
        if why_not:
            yield why_not


def link_is_open(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """There is a link to take back."""
    if not facts.has_open_link:
        yield "No link is open: the last one was used or taken back."


def why_not_by_email(caller: KnownCaller, at: datetime) -> str:
    """Return why nothing may be sent to a caller by email, as a sentence; nothing when it may."""
    if caller.feedback != BY_EMAIL:
        asked = vocabulary.get("caller_feedback").label(caller.feedback).lower() or "in another way"
        return f"They asked to hear {asked}, not by email. Hand the link over like that."
    refused = refusal(caller.rule, Channel.EMAIL, at)
    return refused.sentence if refused else ""
