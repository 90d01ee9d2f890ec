"""Passing on what a person had in an agency: a manager minds the cases and has everything else they had in hand."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.access.actors import Actor
from backend.access.queries import about_child
from backend.agencies.models import Membership
from backend.audit.commands import record
from backend.cases.commands.allocating import start_allocating
from backend.cases.commands.team import CONFLICT, LEFT, end_for_leaver
from backend.cases.models import Action, Case, Task, TeamMember
from backend.cases.queries import duty_manager
from backend.core.errors import Conflict
from backend.deadlines import commands as deadlines
from backend.deadlines import queries as deadline_queries
from backend.deadlines.models import RUNNING, Deadline
from backend.drafts import commands as drafts
from backend.interventions.commands.leaving import pass_to_colleague
from backend.interventions.models import Intervention
from backend.interventions.queries import with_lead
from backend.notifications.audience import Person
from backend.notifications.commands import tell
from backend.referrals.commands.edges_deciding import KEPT
from backend.referrals.models import Referral
from backend.workflow.models import Confirmation

# What is passed on, as the message counts it: one, and several.
_WORDS: Mapping[str, tuple[str, str]] = {
    "case": ("case", "cases"),
    "task": ("task", "tasks"),
    "action": ("action of a plan", "actions of a plan"),
    "service": ("service for a child", "services for children"),
    "referral": ("referral", "referrals"),
    "outcome": ("decision to tell people about", "decisions to tell people about"),
    "question": ("question to a second person", "questions to a second person"),
    "draft": ("draft", "drafts"),
}


@dataclass(frozen=True, slots=True)
class Leaver:
    """Whose work is passed on, in which agency; with `child_id` only what is about that child, in any record of it."""

    user_id: UUID
    agency_id: UUID
    team_id: UUID | None
    child_id: UUID | None = None

    def find(self, team_id: UUID | None, child_id: UUID | None) -> Membership:
        """Return the manager who has it next; raise Conflict when even the front door has nobody."""
        found = duty_manager(self.agency_id, team_id=team_id, child_id=child_id, besides=self.user_id)
        if found is None:
            raise Conflict("Nobody is left who could mind what this person has. Add a manager first.", code="not_ready")
        return found

    def about(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return those of `rows` that are passed on, locked."""
        return locked(rows if self.child_id is None else rows.filter(about_child(self.child_id)))


def pass_on(actor: Actor, leaving: Membership) -> None:
    """Give everything of `leaving` to managers of the agency, and tell each once how much is now with them."""
    one = Leaver(leaving.user_id, leaving.agency_id, leaving.team_id)
    tell_each(
        _counted(_each(actor, one)),
        "work_passed_on",
        {"person": leaving.user.name, "agency": leaving.agency.name},
        f"/people/{leaving.id}",
    )


def pass_on_child(actor: Actor, one: Leaver, name: str) -> None:
    """Give what somebody has in hand about one child to managers who may see it, and tell each."""
    tell_each(_counted(_each(actor, one)), "work_in_conflict", {"person": name}, "/cases")


def tell_each(had: Mapping[UUID, Counter[str]], message: str, fields: Mapping[str, str], path: str) -> None:
    """Tell each person once how much is now with them."""
    for user_id, counts in had.items():
        amount = amount_of(counts)
        tell(
            event_id=None,
            root_id=None,
            audience=Person(user_id),
            message=message,
            fields={**fields, "amount": amount},
            path=path,
            urgent=True,
        )


def amount_of(counts: Mapping[str, int]) -> str:
    """Return how much there is of each kind of work, in words."""
    return ", ".join(f"{number} {_WORDS[what][number != 1]}" for what, number in counts.items() if number)


def _counted(passed: Iterator[tuple[str, Membership]]) -> dict[UUID, Counter[str]]:
    had: dict[UUID, Counter[str]] = {}
    for what, manager in passed:
        had.setdefault(manager.user_id, Counter())[what] += 1
    return had


def _each(actor: Actor, one: Leaver) -> Iterator[tuple[str, Membership]]:
    person, agency, find = one.user_id, one.agency_id, one.find
    cases = Case.objects.select_related("lead_agency").filter(state__in=Case.OPEN)
    for case in one.about(cases.filter(lead_practitioner_id=person, practitioner_agency_id=agency)):
        yield "case", mind(actor, case, find(case.team_id, case.child_id), instead_of=person)
    for task in one.about(Task.objects.filter(owner_id=person, owner_agency_id=agency, state=Task.OPEN)):
        yield "task", pass_task(actor, task, find(one.team_id, task.child_id), instead_of=person)
    for action in one.about(Action.objects.filter(owner_id=person, owner_agency_id=agency, state=Action.OPEN)):
        yield "action", pass_action(actor, action, find(one.team_id, action.child_id), instead_of=person)
    yield from _services(actor, one)
    why = CONFLICT if one.child_id else LEFT
    for member in one.about(TeamMember.objects.filter(person_id=person, person_agency_id=agency, state=TeamMember.ON)):
        end_for_leaver(actor, member, reason_code=why)
    in_hand = Referral.objects.filter(triage_officer_id=person, holder_id=agency)
    for what, referrals in (("referral", in_hand.filter(state__in=Referral.OPEN)), ("outcome", _owing(in_hand))):
        for referral in one.about(referrals):
            manager = find(one.team_id, referral.child_id)
            referral.triage_officer = manager.user
            yield what, _pass_referral(actor, referral, manager)
    asked = Confirmation.objects.filter(agency_id=agency, state=Confirmation.ASKED)
    for question in one.about(asked.filter(Q(asked_by_id=person, passed_to_id=None) | Q(passed_to_id=person))):
        yield "question", _pass_question(actor, question, find(one.team_id, question.child_id))
    if one.child_id is None:
        yield from _drafts(actor, one)


def _services(actor: Actor, one: Leaver) -> Iterator[tuple[str, Membership]]:
    """What the person gives within cases, as the one who is named for it."""
    given = with_lead().filter(worker_id=one.user_id, provider_agency_id=one.agency_id, state__in=Intervention.OPEN)
    for service in one.about(given):
        colleague = pass_to_colleague(actor, service)
        if colleague is not None:
            yield "service", colleague


def _drafts(actor: Actor, one: Leaver) -> Iterator[tuple[str, Membership]]:
    """What is not sent yet is about nobody here: no record of a child is made before."""
    written = Referral.objects.filter(created_by_id=one.user_id, referrer_agency_id=one.agency_id, state=Referral.DRAFT)
    manager = one.find(one.team_id, None)
    for referral in locked(written):
        referral.created_by = manager.user
        yield "draft", _pass_referral(actor, referral, manager)
    drafts.pass_on(one.user_id, agency_id=one.agency_id, to_user_id=manager.user_id)


def _owing(ended: QuerySet[Referral]) -> QuerySet[Referral]:
    """Return those that are decided, while somebody still has to be told or written to."""
    owed = Deadline.objects.filter(RUNNING, root_id=OuterRef("pk"), kind__in=KEPT)
    return ended.filter(Exists(owed), state__in=Referral.ENDED)


def locked(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows locked, in an order in which nobody waits for somebody who waits for them."""
    return rows.select_for_update(of=("self",), no_key=True).order_by("id")


def mind(actor: Actor, case: Case, manager: Membership, *, instead_of: UUID) -> Membership:
    """The manager is responsible and shown as minding it; the clock to choose somebody starts."""
    case.lead_practitioner, case.practitioner_agency_id = manager.user, manager.agency_id
    case.minded_for_id = instead_of
    start_allocating(case.id, child_id=case.child_id, agency=case.lead_agency)
    case.next_due_at = deadline_queries.next_due(case.id)
    who = {"former_practitioner_id": str(instead_of), "lead_practitioner_id": str(manager.user_id)}
    _record(actor, "case.mind", case, who)
    return manager


def pass_task(actor: Actor, task: Task, to: Membership, *, instead_of: UUID | None = None) -> Membership:
    """It is theirs to do, by the same hour; with `instead_of` a manager minds it until somebody is chosen."""
    former, task.owner, task.owner_agency_id = task.owner_id, to.user, to.agency_id
    task.minded_for_id = instead_of
    deadlines.move_owner(task.id, to.agency_id)
    who = {"former_owner_id": str(former), "owner_id": str(to.user_id)}
    _record(actor, "task.pass_on", task, {"task_id": str(task.id), **who})
    return to


def pass_action(actor: Actor, action: Action, to: Membership, *, instead_of: UUID | None = None) -> Membership:
    """It is theirs to do, by the same day; with `instead_of` a manager minds it until somebody is chosen."""
    former, action.owner, action.owner_agency_id = action.owner_id, to.user, to.agency_id
    action.minded_for_id = instead_of
    deadlines.move_owner(action.id, to.agency_id)
    who = {"former_owner_id": str(former), "owner_id": str(to.user_id)}
    _record(actor, "action.pass_on", action, {"action_id": str(action.id), **who})
    return to


def _pass_referral(actor: Actor, referral: Referral, manager: Membership) -> Membership:
    _record(actor, "referral.pass_on", referral, {"to": str(manager.user_id)})
    return manager


def _pass_question(actor: Actor, question: Confirmation, manager: Membership) -> Membership:
    """Who asked stays who asked, so that the manager may still be the second person."""
    question.passed_to_id = manager.user_id
    _record(actor, "confirmation.pass_on", question, {"confirmation_id": str(question.id)})
    return manager


def _record(actor: Actor, verb: str, target: Any, data: dict[str, str]) -> None:
    child_id, state = getattr(target, "child_id", None), target.state
    record(actor, verb, target, root_id=target.root_id, child_id=child_id, data=data, from_state=state)
