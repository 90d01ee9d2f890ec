"""The status tracker: who holds it, what happens next and by when, in words that carry nothing of the case."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from backend.cases.models import Case
from backend.cases.queries import Headline
from backend.core import clock
from backend.deadlines.calendar import in_words, local
from backend.deadlines.models import Clock
from backend.referrals.models import Referral, Told
from backend.referrals.queries.lists import LATER, OVERDUE, TODAY

_NEXT: Mapping[str, str] = {
    Referral.DRAFT: "Finish the form and send it",
    Referral.SUBMITTED: "Start triage",
    Referral.TRIAGE: "Decide what should happen",
    Referral.INFORMATION_REQUESTED: "Wait for answers, then decide",
    Referral.REDIRECTED: "The agency it is offered to takes it or sends it back",
    Referral.STEPPED_UP: "Confirm that statutory services have it",
}
_TELL = "Tell the referrer, the child and a parent"
_NOTHING = "Nothing more is needed"
# The promise each state is waiting for.
CLOCK_OF: Mapping[str, str] = {
    Referral.SUBMITTED: "acknowledge",
    Referral.TRIAGE: "decide",
    Referral.INFORMATION_REQUESTED: "total_age",
    Referral.REDIRECTED: "take",
    Referral.STEPPED_UP: "written_follow_up",
}
# Once it is decided: that the referrer is told, and a school the same day.
_TELLING = ("feedback", "tell_school")
_SENTENCES: Mapping[str, str] = {
    Referral.DRAFT: "This is a draft. It has not been sent, so nobody else is looking at it yet.",
    Referral.SUBMITTED: "With {holder}. They will start looking at it by {due}.",
    Referral.TRIAGE: "With {holder}. {officer} is looking at it and will decide by {due}.",
    Referral.INFORMATION_REQUESTED: "With {holder}. They have asked others what they know, and will decide by {due}.",
    Referral.REDIRECTED: "Offered to {offered}, who will answer by {due}. It stays with {holder} until they take it.",
    Referral.STEPPED_UP: "{holder} has passed it to statutory services and stays responsible until they have it.",
    Referral.ACCEPTED: "Help was agreed. {lead} leads the work with the child.",
    Referral.LINKED: "It was joined to work that was already open for the child.",
    Referral.SIGNPOSTED: "Advice or a service was given. Nothing more is needed from {holder}.",
    Referral.DECLINED: "{holder} has decided to take no further action. Read why, and what would change that.",
    Referral.HANDED_OVER: "Statutory services have taken it over.",
    Referral.WITHDRAWN: "This draft was given up before it was sent.",
    Referral.CLOSED: "Please ring {holder}. They would like to speak to you themselves.",
    Referral.ENTERED_IN_ERROR: "This was entered in error and no longer counts.",
}
# Once help was agreed, whoever referred reads who leads it and which step is promised next, by the kind of its clock.
_HELP_NEXT: Mapping[str, tuple[str, str, str]] = {
    "allocate": ("chooses", "have chosen", "who works with the family"),
    "first_contact": ("speaks", "have spoken", "with the family for the first time"),
    "assessment": ("agrees", "have agreed", "with the family what will be done"),
    "review": ("looks", "have looked", "with the family at how it is going"),
}
_HELP_ENDED = "Help was agreed and has come to its end. {lead} led the work with the child."
_HELP_PROMISED = "Help was agreed. {lead} leads the work with the child, and {does} {what} by {due}."
_HELP_LATE = (
    "Help was agreed. {lead} leads the work with the child, and should {have} {what} by {due}: "
    "ring them if you are worried."
)
_LATE: Mapping[str, str] = {
    Referral.SUBMITTED: "With {holder}. They should have started looking at it by {due}: ring them if you are worried.",
    Referral.TRIAGE: "With {holder}. They should have decided by {due}: ring them if you are worried.",
    Referral.INFORMATION_REQUESTED: "With {holder}. They should have decided by {due}: ring them if you are worried.",
    Referral.REDIRECTED: "Offered to {offered}, who should have answered by {due}. It stays with {holder}.",
}


def tracker(
    referral: Referral,
    clocks: Sequence[Clock],
    *,
    offered: str = "",
    case: Headline | None = None,
    told: Sequence[Told] = (),
) -> dict[str, Any]:
    """Return the tracker of one referral; once help was agreed its `case` says who holds it now and what is next."""
    due_at = due(referral, clocks)
    helping = case if referral.state == Referral.ACCEPTED else None
    step = next_step(referral, clocks)
    # What the referrer waits for first is to be told; after that, what is promised to the family.
    goes_on = helping is not None and step == _NOTHING and helping.next_kind in _HELP_NEXT
    return {
        "sentence": _of_help(helping) if helping else _sentence(referral, due_at, offered=offered),
        "holder": _lead(helping) if helping else _holder(referral),
        "next_step": _step_of_help(helping.next_kind) if helping and goes_on else step,
        "next_due_at": helping.next_due_at if helping and goes_on else due_at,
        "steps": _steps(referral, clocks, told),
    }


def _holder(referral: Referral) -> dict[str, Any]:
    holder = referral.holder
    phones = {"phone": holder.phone, "out_of_hours_phone": holder.out_of_hours_phone}
    return {"id": holder.id, "name": holder.name, **phones}


def _lead(case: Headline) -> dict[str, Any]:
    phones = {"phone": case.lead_phone, "out_of_hours_phone": case.lead_out_of_hours_phone}
    return {"id": case.lead_agency_id, "name": case.lead_name, **phones}


def _of_help(case: Headline) -> str:
    """Return who leads the help and what they promise next, as whoever referred reads it."""
    if case.state == Case.CLOSED:
        return _HELP_ENDED.format(lead=case.lead_name)
    if case.next_due_at is None:
        return _SENTENCES[Referral.ACCEPTED].format(lead=case.lead_name)
    does, have, what = _HELP_NEXT[case.next_kind]
    words = _HELP_LATE if case.next_due_at < clock.now() else _HELP_PROMISED
    return words.format(lead=case.lead_name, does=does, have=have, what=what, due=in_words(case.next_due_at))


def _step_of_help(kind: str) -> str:
    does, _have, what = _HELP_NEXT[kind]
    return f"{does.capitalize()} {what}"


def next_step(referral: Referral, clocks: Sequence[Clock]) -> str:
    """Return what happens next."""
    if referral.state in _NEXT:
        return _NEXT[referral.state]
    return _TELL if _running(clocks, "feedback") else _NOTHING


def due(referral: Referral, clocks: Sequence[Clock]) -> datetime | None:
    """Return by when the next step is promised; the next clock of any kind where the step has none of its own."""
    kinds = (CLOCK_OF[referral.state],) if referral.state in CLOCK_OF else _TELLING
    found = [deadline.due_at for kind in kinds if (deadline := _running(clocks, kind))]
    return min(found, default=referral.next_due_at)


def group_of(referral: Referral) -> str:
    """Return which group of the queue it stands in, as lists.due_in tells them."""
    due_at, now = referral.next_due_at, clock.now()
    if due_at is None or local(due_at).date() > local(now).date():
        return LATER
    return OVERDUE if due_at < now else TODAY


def colour(clocks: Sequence[Clock]) -> str:
    """Return the colour of the clock that falls due next; none when none runs."""
    first = first_due(clocks)
    return first.rag if first else "none"


def first_due(clocks: Sequence[Clock]) -> Clock | None:
    """Return the clock that falls due next among those that tick."""
    ticking = [deadline for deadline in clocks if deadline.is_running and deadline.paused_at is None]
    return min(ticking, key=lambda deadline: deadline.due_at, default=None)


def _sentence(referral: Referral, due_at: datetime | None, *, offered: str) -> str:
    late = due_at is not None and due_at < clock.now()
    words = (_LATE if late else {}).get(referral.state, _SENTENCES[referral.state])
    officer = referral.triage_officer
    return words.format(
        holder=referral.holder.name,
        officer=officer.name if officer else "Somebody",
        due=in_words(due_at) if due_at else "a time to be agreed",
        offered=offered or "another agency",
        lead="An agency",
    )


def _running(clocks: Sequence[Clock], kind: str) -> Clock | None:
    return next((deadline for deadline in clocks if deadline.kind == kind and deadline.is_running), None)


def _steps(referral: Referral, clocks: Sequence[Clock], told: Sequence[Told]) -> list[dict[str, Any]]:
    met = {deadline.kind: deadline.met_at for deadline in clocks if deadline.met_at}
    told_at = next((one.told_at for one in told if one.who == Told.REFERRER and one.told_at), None)
    ended = referral.state in Referral.ENDED
    reached: list[tuple[str, str, datetime | None]] = [
        ("sent", "Sent", referral.submitted_at),
        ("looked_at", "Somebody is looking at it", met.get("acknowledge")),
        ("decided", "Decided", referral.ended_at if referral.submitted_at else None),
        ("told", "Everybody told", told_at if ended else None),
    ]
    current = next((index for index, (_name, _label, at) in enumerate(reached) if at is None), len(reached))
    return [
        {
            "name": name,
            "label": label,
            "state": "done"
            if index < current
            else "current"
            if index == current and referral.submitted_at
            else "upcoming",
            "at": at if index < current else None,
        }
        for index, (name, label, at) in enumerate(reached)
    ]
