"""Reads of interventions: who sees what, what the rules need, the lists of a case and of a provider."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.models import Involvement, Link
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.agencies.models import Agency
from backend.cases.models import Case
from backend.children.ages import years_between
from backend.children.models import Child, ContactPoint, SafetyAlert
from backend.core import clock
from backend.core.among import among
from backend.deadlines.calendar import local
from backend.directory.models import Service
from backend.directory.rules import Wanted
from backend.interventions.models import Intervention
from backend.interventions.queries.people import givers
from backend.interventions.rules import Facts, Named

_PLACES = "SELECT id, place, waiting FROM app.waiting_places(%s)"
_ALERTS = "SELECT id, codes, note, disclosure, review_on FROM app.visitor_alerts(%s)"
_CONTACTS = "SELECT id, whose, number, rule FROM app.safe_contacts(%s)"


def visible_to(actor: Actor) -> QuerySet[Intervention]:
    """Return the interventions the actor sees: of a case they read, and those their own agency is asked or gives.

    Each knows whose case it is now, also for a provider, who does not see the case.
    """
    found = with_lead()
    if actor.is_system:
        return found
    sees = policy.relations_that([Permission.INTERVENTION_SEE], actor.role)
    # What the row or its case says comes first: where it says yes, nothing else of the actor is looked up.
    seen = provided_by(actor.agency_id) if Relation.PROVIDER in sees else Q(pk__in=[])
    if Relation.LEAD in sees:
        ours = Q(lead_agency_id=actor.agency_id) | Q(joined_into__lead_agency_id=actor.agency_id)
        seen |= Q(Exists(Case.objects.filter(ours, id=OuterRef("case_id"))))
    others = sees - {Relation.LEAD, Relation.PROVIDER}
    joined = Case.objects.filter(queries.reached(actor, others, by="joined_into_id"), id=OuterRef("case_id"))
    seen |= queries.reached(actor, others, by="case_id") | Q(Exists(joined))
    return found.filter(seen).exclude(queries.barred(actor))


def with_lead() -> QuerySet[Intervention]:
    """Return every intervention that the database shows, each with whose case it is now."""
    # The plugin takes the attributes of the model, which the row sets, for columns.
    return Intervention.objects.select_related(
        "service", "provider_agency", "worker"
    ).annotate(  # type: ignore[no-redef]
        lead_agency_id=Subquery(_at_case(Relation.LEAD).values("agency_id")[:1]),
        lead_practitioner_id=Subquery(_at_case(Relation.WORKER).values("user_id")[:1]),
    )


def _at_case(relation: Relation) -> QuerySet[Involvement]:
    # What the case itself says: others are named to work on it, too.
    goes_on = Link.objects.filter(root_id=OuterRef(OuterRef("pk"))).values("parent_id")
    own = Involvement.objects.filter(root_id__in=goes_on, source_id=F("root_id"))
    return own.filter(relation=relation, ends_at=None).order_by("id")


def goes_on_in(target: Intervention) -> UUID:
    """Return the case it goes on in: its own, or the one to which that was joined, for as long as it is."""
    linked = Link.objects.filter(root_id=target.id).values_list("parent_id", flat=True).first()
    return linked or target.case_id


def provided_by(agency_id: UUID) -> Q:
    """Return which interventions an agency gives now, or gave to their end."""
    lately = Q(ended_at=None) | Q(provider_until__gt=F("ended_at"))
    reads = Q(provider_until=None) | Q(lately, provider_until__gt=clock.now())
    return Q(provider_agency_id=agency_id, offered_at__isnull=False) & reads


def lead_of(case_id: UUID) -> UUID | None:
    """Return who is the lead practitioner of a case, if anybody is."""
    at = Involvement.objects.filter(root_id=case_id, source_id=case_id, relation=Relation.WORKER, ends_at=None)
    return at.order_by("id").values_list("user_id", flat=True).first()


def may_recommend(actor: Actor, case: Case, relations: frozenset[Relation] | None = None) -> bool:
    """Say whether the actor may refer the child of this case on to a service now; `relations` where they are known."""
    if case.state == Case.CLOSED:
        return False
    known = queries.relations_to(actor, case.id) if relations is None else relations
    return policy.allows(actor, Permission.INTERVENTION_RECOMMEND, known)


def of_case(actor: Actor, case_id: UUID) -> QuerySet[Intervention]:
    """Return the interventions of one case, the latest first."""
    return visible_to(actor).filter(_in(case_id)).order_by("-id")


def within(case_id: UUID) -> QuerySet[Intervention, Any]:
    """Return the keys of what was begun in a case or goes on in it, for a subquery."""
    return Intervention.objects.filter(_in(case_id)).values("id")


def _in(case_id: UUID) -> Q:
    """Tell what was begun in a case, and what goes on in it since another case was joined to it."""
    joined = Link.objects.filter(parent_id=case_id).values("root_id")
    return Q(case_id=case_id) | among("id", ArraySubquery(joined))


def asked_of_services(cases: Collection[Case]) -> "QuerySet[Intervention]":
    """Return what other agencies owe the children of these cases: an answer, or a start that the family agreed to."""
    ids = [case.id for case in cases]
    asked = Intervention.objects.filter(case_id__in=ids, state__in=Intervention.OWED, provider_agency__isnull=False)
    return asked.exclude(provider_until__isnull=False).order_by("next_due_at", "id")


def unanswered(actor: Actor) -> QuerySet[Intervention]:
    """Return what the actor's agency referred on in its own cases to a service that did not answer or start in time."""
    led = visible_to(actor).filter(case__lead_agency_id=actor.agency_id, state__in=Intervention.OWED)
    return led.filter(next_due_at__lt=clock.now()).order_by("next_due_at", "id")


def in_case(case_id: UUID) -> QuerySet[Intervention]:
    """Return what goes on or went on in a case, as far as the database shows it."""
    return Intervention.objects.filter(_in(case_id))


def undecided(case_id: UUID) -> list[str]:
    """Return the names of the open services of a case of which nobody has said who goes on with them."""
    waiting = Intervention.objects.filter(_in(case_id), state__in=Intervention.OPEN, goes_on_with="")
    return list(waiting.order_by("service_name", "id").values_list("service_name", flat=True))


def _given_by(actor: Actor, *states: str) -> QuerySet[Intervention]:
    """Return what the actor's agency provides, as its provider: the cases it leads besides have a list of their own."""
    return visible_to(actor).filter(provided_by(actor.agency_id), state__in=states)


def offered(actor: Actor) -> QuerySet[Intervention]:
    """Return what waits for the answer of the actor's agency, what is due first at the top."""
    return _given_by(actor, Intervention.OFFERED).order_by("next_due_at", "id")


def to_come(actor: Actor) -> QuerySet[Intervention]:
    """Return what has been said yes to and has not begun: who waits longest comes first."""
    states = (Intervention.PROVIDER_ACCEPTED, Intervention.AGREED, Intervention.WAITLISTED)
    return _given_by(actor, *states).order_by("answered_at", "id")


def under_way(actor: Actor) -> QuerySet[Intervention]:
    """Return what the actor's agency gives now, by its beginning."""
    return _given_by(actor, Intervention.STARTED).order_by("started_on", "id")


def ended(actor: Actor) -> QuerySet[Intervention]:
    """Return what has ended lately and is still to be read, the latest first."""
    return _given_by(actor, *Intervention.ENDED).order_by("-ended_at", "-id")


VIEWS: Mapping[str, Callable[[Actor], QuerySet[Intervention]]] = {
    "offered": offered,
    "to-come": to_come,
    "under-way": under_way,
    "ended": ended,
}


def facts(target: Intervention, actor: Actor) -> Facts:
    """Return what the rules of an intervention need, in two statements, or three for its provider."""
    return facts_of(target, actor, age=age_of(Child.objects.filter(pk=target.child_id).first()), service=target.service)


def facts_of(target: Intervention, actor: Actor, *, age: int | None, service: Service) -> Facts:
    """Return the same for a caller that has child and service in hand: in two statements for its provider, or one."""
    both = [one for one in (target.lead_agency_id, target.provider_agency_id) if one is not None]
    rows = Agency.objects.filter(pk__in=both).values_list("id", "name", "kind")
    agencies = {pk: Named(name, kind) for pk, name, kind in rows}
    gives = target.is_open and target.provider_agency_id == actor.agency_id
    by_person = {row.user_id: row.user.name for row in givers(target)} if gives else {}
    today = local(clock.now()).date()
    return Facts(actor=actor, today=today, age=age, service=service, agencies=agencies, givers=by_person)


def age_of(child: Child | None) -> int | None:
    """Return the child's age in whole years; none where nobody knows it or the child is not born."""
    if child is None or child.date_of_birth is None:
        return None
    return years_between(child.date_of_birth, local(clock.now()).date())


def wanted_for(child: Child | None) -> Wanted:
    """Return what to look for in the directory for the child of a case: age, place and language."""
    if child is None:
        return Wanted(None, "", (), "")
    return Wanted(age_of(child), child.ward, (), child.language)


def alerts_for(intervention_id: UUID) -> list[SafetyAlert]:
    """Return what a visitor must know, the latest first, for whoever sees the intervention."""
    with connection.cursor() as cursor:
        cursor.execute(_ALERTS, [intervention_id])
        rows = cursor.fetchall()
    names = ("id", "codes", "note", "disclosure", "review_on")
    return [SafetyAlert(**dict(zip(names, row, strict=True))) for row in rows]


def contacts_for(intervention_id: UUID) -> list[ContactPoint]:
    """Return the family's numbers with the rule that makes each safe to use, for whoever sees the intervention."""
    with connection.cursor() as cursor:
        cursor.execute(_CONTACTS, [intervention_id])
        return [ContactPoint(id=pk, whose=whose, number=number, rule=rule) for pk, whose, number, rule in cursor]


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands on the waiting list of a service, and how many wait."""

    place: int
    waiting: int


def places(targets: Collection[Intervention]) -> Mapping[UUID, Place]:
    """Return the places of those that wait for one; no statement when none does."""
    ids = [target.id for target in targets if target.state == Intervention.WAITLISTED]
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [ids])
        return {pk: Place(place, waiting) for pk, place, waiting in cursor.fetchall()}


# --- What waits for the worker ---------------------------------------------------------------------------------------


def without_provider() -> QuerySet[Intervention]:
    """Return the open interventions whose provider or service has gone and about which nobody was asked yet."""
    found = Intervention.objects.filter(_gone() | Q(left_at__isnull=False), state__in=Intervention.OPEN)
    return found.filter(asked_to_decide_at=None).order_by("id")


def _gone() -> Q:
    """Nobody gives it as it was agreed: its provider or its service has ended, or it was given back."""
    given_back = Q(provider_agency=None, left_at__isnull=False)
    return given_back | Q(provider_agency__ended_at__isnull=False) | Q(service__state=Service.ENDED, left_at=None)


def to_decide(actor: Actor) -> QuerySet[Intervention]:
    """Return what nobody gives any more in the open cases the actor's agency leads, until it ends or somebody goes on.

    A case closes only once somebody goes on with each of its services.
    """
    cases = Case.objects.filter(lead_agency_id=actor.agency_id, state__in=Case.OPEN).values("id")
    led = visible_to(actor).filter(among("case_id", ArraySubquery(cases)), state__in=Intervention.OPEN)
    return led.filter(_gone(), goes_on_with="").order_by("left_at", "id")
