"""Linking a referral to open work of its child, and giving it the same day to whoever is responsible there.

Who links sees neither the other agency's referral nor its case: the worker passes it on, within a minute.
"""

from typing import Any
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError

from backend.access.actors import Actor
from backend.access.binding import acting_as_system
from backend.agencies.models import Membership
from backend.audit.commands import record
from backend.cases.commands import About, give_task, owner_at, owner_of, resume
from backend.cases.models import Case, Task
from backend.core.errors import Conflict
from backend.notifications.audience import AgencyRoles
from backend.notifications.commands import tell
from backend.referrals.commands.deciding import match, worded
from backend.referrals.commands.questions import cancel_open
from backend.referrals.commands.taking_along import take_along
from backend.referrals.commands.telling import MANAGERS
from backend.referrals.models import Referral
from backend.referrals.queries.lists import links_waiting
from backend.referrals.rules.deciding import link_targets, readers_of
from backend.referrals.texts import referral_fields
from backend.workflow.changing import Change

JOB = "referrals.pass_links_on"
KIND = "referral_linked"
_BATCH = 100
log = structlog.get_logger(__name__)


def link(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Join the referral to the child's open work; whoever is responsible there reads it the same day."""
    referral, chosen = change.target, inputs["link_to"]
    known = change.facts
    about = link_targets(referral, known)[chosen]
    if about not in (referral.child_id, known.canonical_id):
        match(change, about)
    is_case = any(case.id == chosen for case in known.cases)
    inputs["case_id"], inputs["referral_id"] = (chosen, None) if is_case else (None, chosen)
    take_along(change, readers_of(chosen, known), inputs, purpose="To help the child within its open work")
    change.leaves.append(worded(change, "link", inputs))
    change.data |= {"link_to": str(chosen), "to": "case" if is_case else "referral"}
    cancel_open(change)


def pass_links_on() -> int:
    """Pass on every link that waits, each in a transaction of its own; return how many."""
    with acting_as_system(job=JOB):
        ids = list(links_waiting().values_list("id", flat=True)[:_BATCH])
    return sum(_pass_on(referral_id) for referral_id in ids)


def _pass_on(referral_id: UUID) -> bool:
    try:
        with acting_as_system(job=JOB) as actor:
            waiting = links_waiting().select_for_update(of=("self",), skip_locked=True, no_key=True)
            referral = waiting.filter(pk=referral_id).first()
            if referral is None:
                return False
            pass_on(actor, referral)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        # One must not keep the others waiting; it is tried again in a minute, and waits till then.
        log.error("link not passed on", referral=str(referral_id), error=type(error).__name__)
        return False
    return True


def pass_on(actor: Actor, referral: Referral) -> Task | None:
    """Give one linked referral to whoever is responsible for the work it was linked to, in the caller's transaction.

    Returns what they have to do; None when that work has ended meanwhile, and its holder was told to look again.
    """
    referral.link_waits_since = None
    event = record(
        actor,
        "referral.pass_link_on",
        referral,
        root_id=referral.id,
        child_id=referral.child_id,
        from_state=referral.state,
    )
    if referral.case_id is None and referral.linked_to is not None and not _goes_on(referral.linked_to):
        _say_it_was_lost(referral, event.id)
        return None
    case_id = referral.case_id
    owner, about = _to_case(actor, referral, case_id) if case_id is not None else _to_referral(referral)
    if owner is None:
        raise Conflict("Nobody could be given what was linked.", code="not_ready")
    text = (
        f"Referral {referral.reference} from {referral.referrer_agency.name} was linked here, because it is about the "
        "same child. Read what was said, and let it change what you do next."
    )
    return give_task(actor, owner, about, kind=KIND, text=text, event_id=event.id, urgent=referral.is_urgent)


def _goes_on(target: Referral) -> bool:
    return target.state in Referral.OPEN


def _to_case(actor: Actor, referral: Referral, case_id: UUID) -> tuple[Membership | None, About]:
    """The worker reads the referral itself, from the case; a paused case goes on."""
    case = Case.objects.select_related("lead_agency").get(pk=case_id)
    resume(case.id, actor)
    path = f"/referrals/{referral.id}"
    return owner_of(case), About(case.id, case.child_id, case.partnership_id, case.reference, path)


def _to_referral(referral: Referral) -> tuple[Membership | None, About]:
    """Whoever decides about the other referral reads this one on its page."""
    target = referral.linked_to
    if target is None:
        raise Conflict("This is linked to nothing.", code="wrong_state")
    owner = owner_at(target.holder_id, person_id=target.triage_officer_id, child_id=target.about_id)
    about = About(target.id, target.child_id, target.partnership_id, target.reference, f"/referrals/{target.id}")
    return owner, about


def _say_it_was_lost(referral: Referral, event_id: UUID) -> None:
    """The other referral ended before anybody could read this one there: its holder has to look again."""
    tell(
        event_id=event_id,
        root_id=referral.id,
        audience=AgencyRoles(referral.holder_id, MANAGERS),
        message="referral_link_lost",
        fields=referral_fields(referral),
        path=f"/referrals/{referral.id}",
        urgent=True,
    )
