"""Passing reports on, as the worker: to who has the child's open case, else to the front door as a referral.

The reporter's own request does none of it, so neither its answer nor its time can tell whether the child is known.
"""

from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError

from backend.access.actors import SYSTEM, Actor
from backend.access.binding import acting_as_system
from backend.audit.commands import record
from backend.audit.models import Event
from backend.cases.commands import About, give_task, owner_of, resume
from backend.cases.models import Case
from backend.children.models import Death
from backend.core import vocabulary
from backend.deadlines.calendar import in_words
from backend.moments import queries
from backend.moments.models import CriticalMoment
from backend.notifications.audience import Person
from backend.notifications.commands import Notice, tell_all
from backend.referrals.commands.receiving import Received, receive_at_front_door
from backend.referrals.models import Referral
from backend.sharing.commands import disclose
from backend.sharing.rules import Basis, fitting

JOB = "moments.pass_on"
KIND = "critical_moment"
_BATCH = 100
log = structlog.get_logger(__name__)


def pass_on_all() -> int:
    """Pass every waiting report on, each in a transaction of its own; return how many."""
    with acting_as_system(job=JOB):
        ids = list(queries.waiting().values_list("id", flat=True)[:_BATCH])
    return sum(_pass_on(moment_id) for moment_id in ids)


def _pass_on(moment_id: UUID) -> bool:
    try:
        with acting_as_system(job=JOB) as actor:
            waiting = queries.waiting().select_for_update(skip_locked=True, no_key=True)
            moment = waiting.filter(pk=moment_id).first()
            if moment is None:
                return False
            pass_on(actor, moment)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        # One report must not keep the others waiting; it is tried again in a minute, and counted as waiting till then.
        log.error("critical moment not passed on", moment=str(moment_id), error=type(error).__name__)
        return False
    return True


def pass_on(actor: Actor, moment: CriticalMoment) -> None:
    """Give one report to who acts on it, in the caller's transaction, with the report locked."""
    death = queries.death_of(moment)
    if death is not None:
        _keep_with(actor, moment, death)
        return
    case = queries.open_case(moment)
    owner = owner_of(case) if case is not None else None
    if case is not None and owner is not None:
        event = _belongs(actor, moment, root_id=case.id, child_id=case.child_id)
        resume(case.id, actor)
        urgent = bool(vocabulary.get("critical_moments").terms[moment.kind].more.get("urgent"))
        about = About(case.id, case.child_id, case.partnership_id, case.reference, f"/cases/{case.id}")
        give_task(
            actor,
            owner,
            about,
            kind=KIND,
            text=in_full(moment),
            happened_at=moment.happened_at,
            event_id=event.id,
            urgent=urgent,
        )
        _disclose(moment, case.id, case.child_id, to_agency_id=owner.agency_id, to_kind=owner.agency.kind)
        return
    received = receive_at_front_door(actor, _as_received(moment))
    _belongs(actor, moment, root_id=received.id, child_id=received.about_id)
    front_door = received.holder
    _disclose(moment, received.id, received.about_id, to_agency_id=front_door.id, to_kind=front_door.kind)


def _keep_with(actor: Actor, moment: CriticalMoment, death: Death) -> None:
    """The child has died: nobody is sent to the family; two managers are asked to ring whoever reported it."""
    event = _belongs(actor, moment, root_id=death.root_id, child_id=death.child_id)
    case = Case.objects.filter(pk=death.root_id).first()
    referral = None if case is not None else Referral.objects.filter(pk=death.root_id).first()
    record_at = case or referral
    if record_at is None:
        return
    fields = {
        "reference": record_at.reference,
        "person": moment.recorded_by_name,
        "from_agency": moment.agency.name,
    }
    path = f"/cases/{death.root_id}" if case is not None else f"/referrals/{death.root_id}"
    notices = [
        Notice(Person(user_id), "case_report_after_death", fields, path, urgent=True)
        for user_id in (death.asked_by_id, death.recorded_by_id)
    ]
    tell_all(notices, event_id=event.id, root_id=death.root_id)


def in_full(moment: CriticalMoment) -> str:
    """Return all that the receiver needs of a report, line by line, safe contact included."""
    rules = vocabulary.get("contact_rules")
    lines = [
        f"{vocabulary.get('critical_moments').label(moment.kind)}, {in_words(moment.happened_at)}.",
        moment.text,
        f"Where the child is now: {moment.where_now}" if moment.where_now else "",
        f"Safe contact: {rules.label(moment.contact_rule)}" if moment.contact_rule else "",
        f"About contact: {moment.contact_note}" if moment.contact_note else "",
        f"In danger when this was written. Called: {moment.danger_called}" if moment.danger_called else "",
        f"Reported by {moment.recorded_by_name}, {moment.agency.name}, {in_words(moment.recorded_at)}.",
    ]
    return "\n".join(line for line in lines if line)


def _belongs(actor: Actor, moment: CriticalMoment, *, root_id: UUID, child_id: UUID) -> Event:
    from_state = moment.state
    moment.pass_on(actor, {"root_id": root_id, "child_id": child_id})
    data = {"kind": moment.kind, "moment_id": str(moment.id)}
    return record(actor, "moment.pass_on", moment, root_id=root_id, child_id=child_id, data=data, from_state=from_state)


def _as_received(moment: CriticalMoment) -> Received:
    kind = vocabulary.get("critical_moments").terms[moment.kind]
    child = {
        name: getattr(moment, name)
        for name in (
            *("given_name", "family_name", "known_as", "date_of_birth"),
            *("nhs_number", "upn", "address", "postcode"),
        )
    }
    return Received(
        partnership_id=moment.partnership_id,
        child=child,
        text=in_full(moment),
        told_by=f"{moment.recorded_by_name}, {moment.agency.name}",
        by_id=moment.recorded_by_id,
        agency_kind=moment.agency.kind,
        danger_called=moment.danger_called,
        is_urgent=bool(kind.more.get("urgent")) or bool(moment.danger_called),
        moment_kind=moment.kind,
        moment_at=moment.happened_at,
    )


def _disclose(moment: CriticalMoment, root_id: UUID, child_id: UUID, *, to_agency_id: UUID, to_kind: str) -> None:
    """A report is a share like any other: on the first basis of the lists that both agencies may use."""
    if moment.agency_id == to_agency_id:
        return
    kinds = moment.agency.kind, to_kind
    disclose(
        SYSTEM,
        root_id=root_id,
        child_id=child_id,
        what="A critical moment",
        from_agency_id=moment.agency_id,
        to_agency_id=to_agency_id,
        purpose="To reach the child while help is most likely to be taken",
        basis=Basis(
            fitting(*kinds, name="share_basis_article6")[0].code,
            fitting(*kinds, name="share_conditions")[0].code,
            fitting(*kinds, name="share_powers")[0].code,
        ),
        opens_id=root_id,
    )
