"""Who is named on the seal of a record, since when and by whom; who could be; and who sees it now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case as Whether
from django.db.models import Q, QuerySet, Value, When

from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.models import Conflict, Involvement, Named
from backend.access.relations import Relation
from backend.agencies.models import Agency, Membership, User
from backend.agencies.roles import AGENCY_ROLES, Role
from backend.audit.models import Event
from backend.cases.models import Case
from backend.cases.queries import led
from backend.cases.queries.on_demand import OnDemand
from backend.cases.rules.sealing import Candidate, Keeper, SealFacts
from backend.core import clock
from backend.workflow.models import Confirmation

_NOUNS = ("seal", "referral_seal")
_NAMING = tuple(f"{noun}.{edge}" for noun in _NOUNS for edge in ("put", "name"))
NOBODY = Q(pk__in=[])
# Who can be named: whoever works with children, and information governance, which answers for the seal.
_NAMEABLE = (*AGENCY_ROLES, Role.INFORMATION_GOVERNANCE)
# Comes after every other place that somebody may have.
_GOVERNS = 3
_TO_SEAL = "SELECT * FROM app.record_to_seal(%s)"
# Agencies that see something of the child, whoever there looks.
_LOOKING = (
    Relation.LEAD,
    Relation.REFERRER,
    Relation.HOLDER,
    Relation.PROVIDER,
    Relation.OFFERED_LEAD,
    Relation.LINKED,
)


@dataclass(frozen=True, slots=True)
class Naming:
    """Since when somebody is named, by whom and why; of what a death named them for, the record of it says that."""

    at: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class ToSeal:
    """What the seal of a record is judged by, without a word of the record."""

    id: UUID
    noun: str
    child_id: UUID
    reference: str
    partnership_id: UUID
    agency_id: UUID
    person_id: UUID | None
    state: str
    version: int
    died_from: str
    referrer_agency_id: UUID | None

    @property
    def alike(self) -> dict[str, Any]:
        """Return the columns that a case and a referral call alike."""
        names = ("id", "child_id", "reference", "partnership_id", "state", "version", "died_from")
        return {name: getattr(self, name) for name in names}


def reads_nothing(actor: Actor) -> bool:
    """Say whether the actor asks for seals without reading what they are on."""
    return actor.role is Role.INFORMATION_GOVERNANCE


def to_seal(actor: Actor, pk: UUID) -> ToSeal | None:
    """Return a case, or a referral that is none yet, of which the actor may ask that it is sealed, unread."""
    if not reads_nothing(actor):
        return None
    with connection.cursor() as cursor:
        cursor.execute(_TO_SEAL, [pk])
        row = cursor.fetchone()
    return ToSeal(*row) if row else None


def governed(actor: Actor, pk: UUID) -> Case | None:
    """Return a case as information governance of the agency that leads it knows it, and nothing that is written."""
    one = to_seal(actor, pk)
    if one is None or one.noun != "case":
        return None
    return Case(**one.alike, lead_agency_id=one.agency_id, lead_practitioner_id=one.person_id)


def seal_facts(case: Case, actor: Actor) -> SealFacts:
    """Return what the rules of the seal of a case need; who could be named when that is asked."""
    leads = case.lead_practitioner
    keeper = Keeper(
        agency_id=case.lead_agency_id,
        agency=case.lead_agency.name,
        person_id=case.lead_practitioner_id,
        person=leads.name if leads else "",
        does="leads this case",
        roles=(Role.MANAGER,),
        noun="case",
    )
    return facts_of(case, actor, keeper, has_died=bool(case.died_from))


def facts_of(record: Any, actor: Actor, keeper: Keeper, *, has_died: bool, wider: Q = NOBODY) -> SealFacts:
    """Return what the rules of a seal need, in two statements or three; `wider` are further people who may be named."""
    ids = set(access.named_on(record.child_id).values_list("user_id", flat=True))
    named = _working(Q(user_id__in=ids), keeper) if ids else {}
    asked_by = None if ids and actor.role is Role.MANAGER else _asked_by(record)
    candidates = OnDemand(lambda: _candidates(record.child_id, keeper, ids, wider))
    return SealFacts(actor, keeper, bool(ids), named, candidates, asked_by=asked_by, has_died=has_died)


def _asked_by(record: Any) -> UUID | None:
    waiting = Confirmation.objects.filter(target_id=record.id, state=Confirmation.ASKED, noun__in=_NOUNS)
    return waiting.values_list("asked_by_id", flat=True).first()


def _candidates(child_id: UUID, keeper: Keeper, named: set[UUID], wider: Q) -> Mapping[UUID, Candidate]:
    """Return who may be named and is not: of the agency that keeps it, and whoever works with the family elsewhere."""
    around = Involvement.objects.filter(access.about_child(child_id), _now(), user_id__isnull=False)
    conflicts = Conflict.objects.filter(access.about_child(child_id), ended_at=None).values("user_id")
    whom = Q(agency_id=keeper.agency_id) | Q(user_id__in=around.values("user_id")) | wider
    return _working(whom & ~Q(user_id__in=conflicts) & ~Q(user_id__in=named), keeper)


def _working(whom: Q, keeper: Keeper) -> dict[UUID, Candidate]:
    """Return who of these works anywhere now, by name; as of the agency that keeps it where they work there too."""
    members = Membership.objects.filter(whom, role__in=_NAMEABLE, ended_at=None, user__is_active=True)
    is_manager = Q(agency_id=keeper.agency_id, role=Role.MANAGER)
    only_governs = When(role=Role.INFORMATION_GOVERNANCE, then=Value(_GOVERNS))
    here = When(agency_id=keeper.agency_id, then=Value(1))
    place = Whether(When(is_manager, then=Value(0)), only_governs, here, default=Value(2))
    rows = (
        members.select_related("user", "agency").annotate(place=place).order_by("user__name", "user_id", "place", "id")
    )
    found: dict[UUID, Candidate] = {}
    for row in rows:
        stands = {"manages": row.place == 0, "governs": row.place == _GOVERNS}
        one = Candidate(row.user_id, row.user.name, Role(row.role).label, row.agency.name, **stands)
        found.setdefault(row.user_id, one)
    return found


def namings(child_id: UUID) -> Mapping[UUID, Naming]:
    """Return when each was named last, by whom and why, as the events of the child say."""
    found = {}
    told = Event.objects.filter(child_id=child_id, verb__in=_NAMING).order_by("at", "id")
    for event in told:
        for pk in event.data.get("people", []):
            found[UUID(pk)] = Naming(event.at, event.actor_name, event.reason)
    return found


def has_left(child_id: UUID, working: Collection[UUID]) -> list[tuple[UUID, str]]:
    """Return who is named and works nowhere any more, by name."""
    named = access.named_on(child_id).values("user_id")
    return list(User.objects.filter(pk__in=named).exclude(pk__in=working).order_by("name").values_list("id", "name"))


def looking_agencies(child_id: UUID) -> "QuerySet[Agency]":
    """Return the agencies that see something of the child, such as the referral they made, and would no longer."""
    rows = Involvement.objects.filter(access.about_child(child_id), _now(), relation__in=_LOOKING)
    return Agency.objects.filter(pk__in=rows.values("agency_id")).order_by("name", "id")


def sealed_by_few(actor: Actor) -> "QuerySet[Case]":
    """Return sealed cases of the actor's agency on which fewer than two are named who still work anywhere."""
    working = Membership.objects.filter(ended_at=None, user__is_active=True, role__in=AGENCY_ROLES).values("user_id")
    mine = Named.objects.filter(ended_at=None, user_id=actor.user_id).values("child_id")
    others = Named.objects.filter(ended_at=None, child_id__in=mine, user_id__in=working).exclude(user_id=actor.user_id)
    return led(actor).filter(child_id__in=mine).exclude(child_id__in=others.values("child_id")).order_by("id")


def _now() -> Q:
    return Q(starts_at__lte=clock.begun()) & (Q(ends_at=None) | Q(ends_at__gt=clock.now()))
