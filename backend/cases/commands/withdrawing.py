"""What ends with a family’s yes: shares on consent and, with the agreement to be helped, every provider’s reading.

Who leads the case goes on leading it, whatever was taken back: nobody is dropped.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.cases import queries
from backend.cases.commands.giving import About, give_task, owner_of
from backend.cases.commands.team import end_shared
from backend.cases.commands.telling import managers, practitioner
from backend.cases.commands.transfer_edges import transfer_machine
from backend.cases.models import Action, Case, Transfer
from backend.cases.queries.planning import actions_visible_to
from backend.cases.text_fields import action_fields, case_fields
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.deadlines import commands as deadlines
from backend.deadlines import queries as deadline_queries
from backend.deadlines.registration import Subject
from backend.notifications.audience import Audience, Person
from backend.notifications.commands import Notice, outbox_rows
from backend.notifications.models import ITSELF
from backend.sharing.commands import withdraw
from backend.sharing.models import Disclosure
from backend.sharing.queries import resting_on_consent
from backend.sharing.registration import renewal_path
from backend.workflow.changing import Change, changing
from backend.workflow.machine import Given

# What follows when one share of a case ends, or with None each way in which others read because the family agreed.
Follow = Callable[[Actor, Case, Disclosure | None], None]
DECIDE = "agreement_withdrawn"
_REASON, _RAN_OUT = "consent_withdrawn", "sharing_ran_out"
_WITH_AGREEMENT = "The family, with its agreement to be helped"
_followers: list[Follow] = []


def when_sharing_ends(follow: Follow) -> None:
    """Let an app above close what it opened to others; called in its ready()."""
    if follow not in _followers:
        _followers.append(follow)


def followers() -> tuple[Follow, ...]:
    """Return what apps above do when sharing ends."""
    return tuple(_followers)


def withdraw_sharing(actor: Actor, case_id: UUID, *, version: int, disclosure: UUID, said_by: str, reason: str) -> Case:
    """Write that a consent was taken back, and close what it opened: the question to lead, an action, a service.

    An agency that leads by now goes on leading, and decides within two working days on which basis. Raises NotFound,
    Forbidden, or Conflict when the share does not rest on consent or was taken back already.
    """
    if actor.is_system:
        raise Forbidden("Only a person can record this.")
    with changing(
        actor,
        queries.visible_to(actor),
        case_id,
        permission=Permission.CASE_WITHDRAW_SHARING,
        verb="case.withdraw_sharing",
        version=version,
    ) as change:
        share = Disclosure.objects.filter(pk=disclosure, root_id=case_id).first()
        if share is None:
            raise NotFound
        withdraw(actor, share, said_by=said_by, reason=reason)
        change.reason, change.data = reason, {"agency": str(share.to_agency_id)}
        _decide_again(change.target, share)
        change.beside = _telling_the_lead(change)
    case: Case = change.target
    _close(actor, case, share, _REASON)
    return case


def subject_of(share: Disclosure) -> Subject | None:
    """Return whom to remind that a share of a case ends soon: the lead practitioner, else the lead's managers.

    The reminder leads to where it is renewed, unless the receiver leads the case by now.
    """
    case = Case.objects.filter(pk=share.root_id, state__in=Case.OPEN).first()
    if case is None:
        return None
    record = f"/cases/{case.id}"
    path = record if share.to_agency_id == case.lead_agency_id else renewal_path(record, share)
    return Subject(case.reference, path, practitioner(case) or managers(case))


def let_sharing_end(actor: Actor, share: Disclosure) -> bool:
    """Close what a share of a case opened, because its last day is over; False where it is of something else."""
    if not Case.objects.filter(pk=share.root_id).exists():
        return False
    with changing(
        actor,
        queries.visible_to(actor),
        share.root_id,
        permission=Permission.CASE_LET_SHARING_END,
        verb="case.let_sharing_end",
        version=None,
    ) as change:
        change.data = {"agency": str(share.to_agency_id or share.to_outside)}
        _decide_again(change.target, share)
        if change.target.state in Case.OPEN:
            change.beside = _telling_the_lead(change)
    _close(actor, change.target, share, _RAN_OUT)
    return True


def end_with_agreement(change: Change[Case], given: Given) -> None:
    """The family no longer agrees: what rests on its consent ends, and nobody outside reads on because it said yes."""
    actor, case = change.actor, change.target
    for share in list(resting_on_consent(case.id)) if change.facts.shares_on_consent else ():
        withdraw(actor, share, said_by=_WITH_AGREEMENT, reason=given.get("note") or _WITH_AGREEMENT)
        _close(actor, case, share, _REASON)
    for follow in _followers:
        follow(actor, case, None)


def _decide_again(case: Case, share: Disclosure) -> None:
    """Whoever leads by this share keeps the case, and has two working days to close, step up or go on otherwise."""
    if share.to_agency_id != case.lead_agency_id or case.state not in Case.OPEN:
        return
    deadlines.start(
        DECIDE,
        root_id=case.id,
        child_id=case.child_id,
        owner_agency_id=case.lead_agency_id,
        partnership_id=case.partnership_id,
    )
    case.next_due_at = deadline_queries.next_due(case.id)


def _telling_the_lead(change: Change[Case]) -> Any:
    """Return what tells the lead agency's managers and the lead practitioner, but not who has just written it down."""
    case = change.target
    worker = practitioner(case)
    told: list[Audience] = [managers(case)]
    told += [worker] if worker and case.lead_practitioner_id != change.actor.user_id else []
    fields, path = case_fields(case), f"/cases/{case.id}"
    notices = [Notice(one, "case_sharing_ended", fields, path) for one in told]
    return lambda event: outbox_rows(notices, event_id=event.id, root_id=case.id)


def _close(actor: Actor, case: Case, share: Disclosure, reason: str) -> None:
    """Close what one share opened; where an older one does not say what that was, all that its receiver was given."""
    if share.to_agency_id is None:
        _ask_to_tell(actor, case, share)
    if share.to_agency_id in (None, case.lead_agency_id):
        return
    opened = Q(pk=share.opens_id) if share.opens_id else Q()
    asked = Transfer.objects.filter(opened, case_id=case.id, to_agency_id=share.to_agency_id, state=Transfer.PROPOSED)
    for transfer_id in _free(asked):
        given = {"reason_code": reason, "reason": ""}
        transfer_machine.perform(actor, "withdraw", transfer_id, version=None, given=given)
    theirs = Action.objects.filter(opened, root_id=case.id, owner_agency_id=share.to_agency_id, state=Action.OPEN)
    for action_id in list(theirs.values_list("id", flat=True)):
        _give_back(actor, case, action_id)
    end_shared(actor, opened & Q(root_id=case.id, person_agency_id=share.to_agency_id), reason_code=reason)
    for follow in _followers:
        follow(actor, case, share)


def _ask_to_tell(actor: Actor, case: Case, share: Disclosure) -> None:
    """Nothing can be closed to whoever has no account here: somebody tells them that they may not use it any more."""
    owner = owner_of(case)
    if owner is None:
        raise Conflict("Nobody is there who could tell them.", code="not_ready")
    text = f"{share.what}: this share with {share.to_outside} has ended. Tell them not to use it any more."
    about = About(case.id, case.child_id, case.partnership_id, case.reference, f"/cases/{case.id}")
    give_task(actor, owner, about, kind="outside_share_ended", text=text)


def _free(asked: QuerySet[Transfer]) -> list[UUID]:
    """Return the questions, locked. Whoever answers one now holds it and waits for the case: nobody waits for them."""
    found = set(asked.values_list("id", flat=True))
    locked = asked.select_for_update(of=("self",), no_key=True, skip_locked=True)
    if found - {one.id for one in locked}:
        raise Conflict("Somebody is answering the question to lead this case just now. Try again.", code="stale")
    return sorted(found)


def _give_back(actor: Actor, case: Case, action_id: UUID) -> None:
    """What another agency was to do is in the lead practitioner's hands again; who had it is told only that."""
    owner = owner_of(case)
    if owner is None:
        raise Conflict("Nobody is there who could take this action over.", code="not_ready")
    with changing(
        actor,
        actions_visible_to(actor),
        action_id,
        permission=Permission.ACTION_REASSIGN,
        verb="action.give_back",
        version=None,
    ) as change:
        action = change.target
        former = action.owner_id
        who = {"former_owner_id": str(former), "owner_id": str(owner.user_id)}
        change.data = {"action_id": str(action.id), **who}
        action.owner_id, action.owner_agency_id, action.goes_on = owner.user_id, owner.agency_id, False
        action.minded_for_id = None
        deadlines.move_owner(action.id, owner.agency_id)
        fields = action_fields(action)
        notices = [Notice(Person(former), "action_given_back", fields, ITSELF)]
        if owner.user_id != actor.user_id:
            notices.append(Notice(Person(owner.user_id), "action_given", fields, f"/actions/{action.id}"))
        change.beside = lambda event: outbox_rows(notices, event_id=event.id, root_id=case.id)
