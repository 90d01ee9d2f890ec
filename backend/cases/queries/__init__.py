"""Reads of cases, transfers and tasks: who sees what, what the rules need, lists, and what is known of a child."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Case as Placed
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, When

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.models import Conflict, Named
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.agencies.models import Membership, Partnership
from backend.agencies.roles import Role
from backend.audit.models import Event
from backend.cases.models import Case, Note, Task, Transfer
from backend.cases.queries.asking import waiting_column
from backend.cases.queries.caseloads import staff
from backend.cases.queries.leads import possible_leads
from backend.cases.queries.naming import NAMING
from backend.cases.queries.on_demand import OnDemand
from backend.cases.queries.plan_facts import plan_columns, plan_facts
from backend.cases.queries.team import named_on
from backend.cases.rules import CaseFacts, PlanFacts, TransferFacts
from backend.cases.rules.noting import FORM as NOTE
from backend.children.models import Child
from backend.children.queries import deaths_of
from backend.core import clock
from backend.core.among import among
from backend.deadlines.calendar import local
from backend.deadlines.queries import running
from backend.drafts.queries import unsent
from backend.sharing.queries import agreements_of, resting_on_consent

_KNOWN = """SELECT child_id, id, reference, state, lead_agency_id, lead_practitioner_id, closed_at
              FROM app.cases_known(%s, %s)"""
# At these relations an agency sees the transfers it gave or was offered, not those before and after.
_OF_OWN_TRANSFERS = {Relation.OFFERED_LEAD, Relation.FORMER}
_HEADLINES = """SELECT id, reference, state, lead_agency_id, lead_name, lead_phone, lead_out_of_hours_phone, next_kind,
                       next_due_at FROM app.case_headlines(%s)"""


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case of a child whom the actor may match: enough to join it or to open another, and no more."""

    child_id: UUID
    id: UUID
    reference: str
    state: str
    lead_agency_id: UUID
    lead_practitioner_id: UUID | None
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Say whether the case is open; the others closed in the last twelve months."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class Headline:
    """What the page of a referral says of the case it led to: who leads it, how to reach them, what is next."""

    id: UUID
    reference: str
    state: str
    lead_agency_id: UUID
    lead_name: str
    lead_phone: str
    lead_out_of_hours_phone: str
    # The clock of the case that falls due next, and when; empty once it is closed, or while it is paused.
    next_kind: str
    next_due_at: datetime | None


def visible_to(actor: Actor) -> QuerySet[Case]:
    """Return the cases the actor sees: those that managers' agencies lead, those that they or their team work on."""
    cases = Case.objects.select_related("lead_agency", "lead_practitioner", "practitioner_agency")
    if actor.is_system:
        return cases
    sees = policy.relations_that([Permission.CASE_SEE], actor.role)
    # The column first: where it says yes, the database does not look up what else the actor has to do with.
    seen = Q(lead_agency_id=actor.agency_id) if Relation.LEAD in sees else Q(pk__in=[])
    seen |= queries.reached(actor, sees - {Relation.LEAD}, by="id")
    seen |= Q(joined_into__isnull=False) & queries.reached_by_link(actor, sees)
    return cases.filter(seen).exclude(queries.barred(actor))


def led(actor: Actor) -> QuerySet[Case]:
    """Return the open cases that the actor's agency leads, those due next first."""
    return visible_to(actor).filter(lead_agency_id=actor.agency_id, state__in=Case.OPEN).order_by("next_due_at", "id")


def worked(actor: Actor) -> QuerySet[Case]:
    """Return the open cases whose lead practitioner the actor is or on whose team they work, those due next first."""
    mine = Q(lead_practitioner_id=actor.user_id) | among("id", ArraySubquery(named_on(actor)))
    return visible_to(actor).filter(mine, state__in=Case.OPEN).order_by("next_due_at", "id")


def transfers_visible_to(actor: Actor) -> QuerySet[Transfer]:
    """Return the transfers the actor sees: of a case they read, and those their own agency was asked or asked about."""
    transfers = Transfer.objects.select_related("from_agency", "to_agency", "named_by")
    if actor.is_system:
        return transfers
    sees = policy.relations_that([Permission.TRANSFER_SEE], actor.role)
    seen = queries.reached(actor, sees - _OF_OWN_TRANSFERS - {Relation.LEAD}, by="case_id")
    if Relation.LEAD in sees:
        seen |= Q(Exists(Case.objects.filter(id=OuterRef("case_id"), lead_agency_id=actor.agency_id)))
    # Who was asked sees its own question and, for a while, how it ended; nobody else's.
    asked = Q(to_agency_id=actor.agency_id) | Q(from_agency_id=actor.agency_id) | Q(escalated_to_id=actor.agency_id)
    seen |= asked & queries.reached(actor, sees & _OF_OWN_TRANSFERS, by="case_id")
    return transfers.filter(seen).exclude(queries.barred(actor))


def waiting_for(actor: Actor) -> QuerySet[Transfer]:
    """Return the transfers that wait for the answer of the actor's agency, those due first at the top."""
    waiting = transfers_visible_to(actor).filter(to_agency_id=actor.agency_id, state=Transfer.PROPOSED)
    return waiting.order_by("next_due_at", "id")


def tasks_visible_to(actor: Actor) -> QuerySet[Task]:
    """Return the tasks the actor sees: those given to them, and those of the cases they lead or work on."""
    tasks = Task.objects.select_related("owner", "owner_agency")
    if actor.is_system:
        return tasks
    sees = policy.relations_that([Permission.TASK_SEE], actor.role)
    if not sees:
        return tasks.none()
    seen = Q(owner_id=actor.user_id, owner_agency_id=actor.agency_id)
    seen |= queries.reached(actor, sees - {Relation.OWNER})
    return tasks.filter(seen).exclude(queries.barred(actor))


def tasks_of(actor: Actor) -> QuerySet[Task]:
    """Return what the actor has to do, what is due next first."""
    mine = tasks_visible_to(actor).filter(owner_id=actor.user_id, owner_agency_id=actor.agency_id, state=Task.OPEN)
    return mine.order_by("next_due_at", "id")


def open_transfer(case_id: UUID) -> Transfer | None:
    """Return the transfer that is under way, if the actor sees it."""
    under_way = Transfer.objects.select_related("from_agency", "to_agency")
    return under_way.filter(case_id=case_id, state=Transfer.PROPOSED).first()


def handed_over(transfer: Transfer) -> tuple[Case | None, Child | None]:
    """Return the case and the child of a transfer, for whoever reads its handover."""
    case = Case.objects.select_related("lead_agency", "lead_practitioner").filter(pk=transfer.case_id).first()
    return case, Child.objects.filter(pk=transfer.child_id).first()


def facts(case: Case, actor: Actor) -> CaseFacts:
    """Return what the rules of a case need, in one statement.

    Who may lead, and who may be chosen as practitioner, are read when a rule or a form asks: few edges do.
    """
    answers = agreements_of(case.id)
    consents = Exists(resting_on_consent(case.id))
    seen = Note.objects.filter(root_id=OuterRef("pk"), child_seen=True)
    begun = unsent(actor, form=NOTE, root_id=OuterRef("pk"))
    columns = {
        "said": Subquery(answers.values("state")[:1]),
        "said_until": Subquery(answers.values("agreed_until")[:1]),
        "kinds": ArraySubquery(running(case.id).values("kind")),
        "consents": consents,
        "asks_to_lead": waiting_column(),
        "died_at": Subquery(deaths_of(case.child_id).values("root_id")[:1]),
        "seen_at": Subquery(seen.order_by("-happened_at").values("happened_at")[:1]),
        "note_begun_at": Subquery(begun.values("saved_at")[:1]),
        **plan_columns(),
    }
    # Nothing where the actor opened the case for others and does not read it.
    stands: Any = Case.objects.filter(pk=case.id).values(**columns).first()
    chooses = policy.holds(actor, Permission.CASE_ALLOCATE) and case.state != Case.CLOSED
    return CaseFacts(
        today=local(clock.now()).date(),
        agencies=OnDemand(lambda: possible_leads(case)),
        practitioners=OnDemand(lambda: staff(case.lead_agency_id, child_id=case.child_id)) if chooses else {},
        another_is_open=case.state == Case.CLOSED and another_is_open(case.id),
        agreement=(stands["said"] if stands else "") or "",
        agreed_until=stands["said_until"] if stands else None,
        running=frozenset(stands["kinds"] if stands else ()),
        shares_on_consent=bool(stands and stands["consents"]),
        asks_to_lead=tuple(stands["asks_to_lead"]) if stands else (),
        plan=plan_facts(stands) if stands else PlanFacts(),
        died_at=stands["died_at"] if stands else None,
        acts_for_lead=actor.is_system or actor.agency_id == case.lead_agency_id,
        note_begun_at=stands["note_begun_at"] if stands else None,
        seen_at=stands["seen_at"] if stands else None,
    )


def facts_of_leads(case: Case) -> CaseFacts:
    """Return what the rules about another lead need of a case that is just being opened, in one statement."""
    return CaseFacts(today=local(clock.now()).date(), agencies=possible_leads(case), practitioners={})


def another_is_open(case_id: UUID) -> bool:
    """Say whether the child of a case has another one that is open, whoever leads it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app.another_case_is_open(%s)", [case_id])
        return bool(cursor.fetchone()[0])


def take_closed(case_id: UUID) -> bool:
    """Let who decides about the child open its closed case again in this transaction; say whether they may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app.take_closed_case(%s)", [case_id])
        return bool(cursor.fetchone()[0])


def events_of(actor: Actor, case_id: UUID) -> QuerySet[Event]:
    """Return what the actor may know has happened to a case, the latest first.

    Questions to a second person are told by their answers.
    """
    return (
        Event.objects.filter(queries.marked(actor), root_id=case_id)
        .exclude(verb="confirmation.ask")
        .order_by("-at", "-id")
    )


def transfer_facts(transfer: Transfer, actor: Actor) -> TransferFacts:
    """Return what the rules of a transfer need, in two statements."""
    cases = Case.objects.select_related("lead_agency", "lead_practitioner").filter(pk=transfer.case_id)
    naming = running(transfer.case_id).filter(kind=NAMING)
    case = cases.annotate(is_to_name=Exists(naming)).first()
    if case is not None:
        transfer.case = case
    with connection.cursor() as cursor:
        # Who is asked does not see what others were asked before, only how that ended.
        cursor.execute("SELECT app.transfer_before(%s)", [transfer.pk])
        before: str | None = cursor.fetchone()[0]
    return TransferFacts(
        case=case,
        before=before or "",
        is_to_name=case is not None and case.is_to_name,
        agencies=OnDemand(lambda: possible_leads(case)) if case is not None else {},
    )


def duty_manager(
    agency_id: UUID, *, team_id: UUID | None = None, child_id: UUID | None = None, besides: UUID | None = None
) -> Membership | None:
    """Return the manager who minds what nobody has: the team's, else the agency's, else the front door's.

    Never the person `besides`, nor one who may not see `child_id`. None when even the front door has nobody.
    """
    active = Membership.objects.filter(role=Role.MANAGER, ended_at=None, user__is_active=True, agency__ended_at=None)
    if besides is not None:
        active = active.exclude(user_id=besides)
    if child_id is not None:
        active = active.filter(queries.may_know(child_id))
    front_doors = Partnership.objects.filter(agencies=agency_id).values("front_door")
    near = When(agency_id=agency_id, team_id=team_id, then=0) if team_id else When(agency_id=agency_id, then=0)
    order = Placed(near, When(agency_id=agency_id, then=1), default=2)
    found = active.filter(Q(agency_id=agency_id) | Q(agency_id__in=front_doors)).select_related("user", "agency")
    return found.annotate(place=order).order_by("place", "started_at", "user__email", "id").first()


def is_barred(user_id: UUID, child_id: UUID) -> bool:
    """Say whether somebody may not see a child: a conflict of interest, or a seal that does not name them."""
    about = queries.about_child(child_id)
    named = Named.objects.filter(about, ended_at=None)
    if Conflict.objects.filter(about, user_id=user_id, ended_at=None).exists():
        return True
    return named.exists() and not named.filter(user_id=user_id).exists()


def cases_known(child_id: UUID, wanted: Collection[UUID]) -> list[KnownCase]:
    """Return the open cases, and those closed in the last twelve months, of children who may be `child_id`.

    The database decides who may ask (app.may_match): the answer reaches past what the actor sees otherwise.
    """
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [child_id, list(wanted)])
        return [KnownCase(*row) for row in cursor.fetchall()]


def headlines(case_ids: Collection[UUID]) -> Mapping[UUID, Headline]:
    """Return the headlines of cases that a referral visible to the actor has led to."""
    if not case_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_HEADLINES, [list(case_ids)])
        return {row[0]: Headline(*row) for row in cursor.fetchall()}
