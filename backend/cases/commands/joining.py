"""A case that ends because another one of the same child goes on, and how it goes on again when they are two after all.

Called by who joins two records of a child or takes them apart, once `app.take_to_join` or `app.take_to_restore` has let
them, and under the lock of what was agreed. The case itself is kept as it stood: plan, notes, worker, next action.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from backend.access.actors import Actor
from backend.access.queries import people_behind
from backend.agencies.models import Membership
from backend.audit.commands import record
from backend.cases import queries
from backend.cases.commands.allocating import ALLOCATE, start_allocating, wait_for_turn
from backend.cases.commands.telling import managers, practitioner
from backend.cases.models import Case
from backend.cases.text_fields import case_fields
from backend.core.errors import Conflict
from backend.deadlines import commands as deadlines
from backend.deadlines.calendar import local
from backend.deadlines.models import Deadline
from backend.deadlines.queries import next_due
from backend.notifications.audience import Person
from backend.notifications.commands import Notice, outbox_rows

_ANOTHER = "The child of case {} has another open case by now. Ask those who lead the two which goes on."
_LET_GO = "SELECT app.let_go_of_case(%s)"


@dataclass(frozen=True, slots=True)
class GoesOn:
    """The case that goes on, as whoever worked on the other one may know it."""

    id: UUID
    reference: str
    agency: str


@dataclass(frozen=True, slots=True)
class Words:
    """The texts in which whoever leads or works on a case is told, and whoever referred."""

    workers: str
    referrers: str


def join(actor: Actor, case_id: UUID, into: GoesOn) -> Case:
    """End an open case because another one goes on; who works on it and who referred is told. Raises Conflict."""
    case = _locked(case_id)
    if case.state == Case.CLOSED:
        raise Conflict(f"Case {case.reference} has closed meanwhile. Look at the two records again.", code="not_ready")
    from_state = case.state
    case.join(actor, {"into_id": into.id})
    deadlines.stop_all(case.id)
    case.next_due_at = None
    fields = {**case_fields(case), "label": into.reference, "to_agency": into.agency}
    words = Words("case_joined_elsewhere", "case_joined_elsewhere_referrer")
    _record(actor, "case.join", case, words, fields, from_state=from_state)
    return case


def restore(actor: Actor, case_id: UUID, *, reason: str) -> Case:
    """Open a joined case where it stood, with whoever led and worked it, or who stands in for them. Raises Conflict."""
    case = _locked(case_id)
    wait_for_turn(case.child_id)
    if queries.another_is_open(case.id):
        raise Conflict(_ANOTHER.format(case.reference), code="not_ready")
    stopped = _stopped_with(case)
    _stand_in(actor, case)
    for kind in sorted(stopped):
        deadlines.start(
            kind,
            root_id=case.id,
            child_id=case.child_id,
            owner_agency_id=case.lead_agency_id,
            partnership_id=case.partnership_id,
        )
    case.next_due_at = next_due(case.id)
    words = Words("case_restored", "case_restored_referrer")
    _record(actor, "case.restore", case, words, case_fields(case), from_state=Case.CLOSED, reason=reason)
    return case


def _locked(case_id: UUID) -> Case:
    cases = Case.objects.select_related("lead_agency", "lead_practitioner", "partnership__front_door")
    case = cases.select_for_update(of=("self",), no_key=True).filter(pk=case_id).first()
    if case is None:
        raise Conflict("The lead of one of the cases has changed. Ask them again which goes on.", code="not_ready")
    return case


def _stopped_with(case: Case) -> set[str]:
    """Return the kinds of the clocks that joining has stopped: they run anew, for nobody could keep them meanwhile."""
    return set(Deadline.objects.filter(root_id=case.id, stopped_at__gte=case.closed_at).values_list("kind", flat=True))


def _stand_in(actor: Actor, case: Case) -> None:
    """Go on with the same lead and worker; a manager minds it for a worker who has left, the front door for a lead."""
    front_door = case.partnership.front_door
    if case.lead_agency.ended_at is not None and front_door is not None:
        case.lead_agency, case.lead_practitioner, case.practitioner_agency_id, case.team = front_door, None, None, None
        case.minded_for_id, case.state_before = None, case.joined_from
    person = case.lead_practitioner_id
    if person is None:
        case.restore(actor, {"state": Case.UNALLOCATED})
        allocate = start_allocating(case.id, child_id=case.child_id, agency=case.lead_agency)
        case.next_action, case.next_action_on = ALLOCATE, local(allocate.due_at).date()
        return
    case.restore(actor, {})
    if not _still_works(case, person):
        minder = queries.duty_manager(case.lead_agency_id, team_id=case.team_id, child_id=case.child_id)
        if minder is None:
            raise Conflict(f"Nobody at the front door could mind case {case.reference}.", code="not_ready")
        case.minded_for_id = case.minded_for_id or person
        case.lead_practitioner, case.practitioner_agency_id = minder.user, minder.agency_id
        start_allocating(case.id, child_id=case.child_id, agency=case.lead_agency)


def _still_works(case: Case, person: UUID) -> bool:
    agency_id = case.practitioner_agency_id or case.lead_agency_id
    works = Membership.objects.filter(user_id=person, agency_id=agency_id, ended_at=None, user__is_active=True)
    return works.exists() and not queries.is_barred(person, case.child_id)


def _record(
    actor: Actor, verb: str, case: Case, words: Words, fields: Mapping[str, str], *, from_state: str, reason: str = ""
) -> None:
    """Write it with what is told: who leads and works on the case, and in words of their own those who referred."""
    path = f"/cases/{case.id}"
    concerned = [audience for audience in (managers(case), practitioner(case)) if audience is not None]
    notices = [Notice(audience, words.workers, fields, path, urgent=True) for audience in concerned]
    notices += [
        Notice(Person(user_id), words.referrers, fields, f"/referrals/{root_id}")
        for root_id, user_id in people_behind(case.id)
    ]
    into_id = str(case.joined_into_id or "")
    record(
        actor,
        verb,
        case,
        root_id=case.id,
        child_id=case.child_id,
        reason=reason,
        data={"into_id": into_id} if into_id else {},
        from_state=from_state,
        beside=lambda event: outbox_rows(notices, event_id=event.id, root_id=case.id),
    )
    with connection.cursor() as cursor:
        cursor.execute(_LET_GO, [case.id])
