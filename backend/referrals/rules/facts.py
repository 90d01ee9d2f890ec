"""What the rules need to know beside the referral itself, fetched by queries.facts when a rule asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from backend.access.actors import Actor
from backend.children.queries import ComparedFact
from backend.core import clock

A_YEAR = timedelta(days=365)
NEW_CHILD = "new"
# What is said of how one number is used safely: by everybody whose number it is.
Rules = tuple[str, ...]
CASE_CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class KnownAgency:
    """An agency of the partnership that is still there, and what it can be asked to do."""

    id: UUID
    name: str
    kind: str
    can_be_offered: bool
    has_officer: bool
    has_manager: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A child we know who may be the one the referral is about."""

    id: UUID
    name: str
    date_of_birth: date | None
    expected_date: date | None
    why: tuple[str, ...]
    strength: str = ""
    compared: tuple[ComparedFact, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case of the child or of a candidate: open, or closed in the last twelve months."""

    id: UUID
    child_id: UUID
    reference: str
    state: str
    lead_agency_id: UUID
    lead_practitioner_id: UUID | None

    @property
    def is_open(self) -> bool:
        """Say whether it goes on."""
        return self.state != CASE_CLOSED


@dataclass(frozen=True, slots=True)
class KnownReferral:
    """A referral about the child or a candidate: open, or sent in the last twelve months."""

    id: UUID
    child_id: UUID
    reference: str
    state: str
    holder_id: UUID
    offered_to_id: UUID | None
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """One decision that can be corrected."""

    id: UUID
    kind: str
    text: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class KnownCaller:
    """Somebody else than its sender who raised it: how they want to hear back, where, and how that is safe."""

    source: str
    feedback: str = ""
    reach: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody around the child, as the case says them or else the referral, with the rules of each of their numbers.

    `said_name` is what the referral itself calls them: nothing where only the case speaks of them.
    """

    id: UUID
    name: str
    said_name: str
    relationship: str
    is_responsible: bool
    can_be_told: bool
    rules: tuple[Rules, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the rules of a referral may ask for."""

    actor: Actor
    problems: tuple[str, ...] = ()
    front_door_id: UUID | None = None
    agencies: Mapping[UUID, KnownAgency] = field(default_factory=dict)
    agencies_had: frozenset[UUID] = frozenset()
    open_questions: int = 0
    offered_to_id: UUID | None = None
    follow_up_runs: bool = False
    canonical_id: UUID | None = None
    candidates: tuple[Candidate, ...] = ()
    # Another agency, into whose record the actor does not see, may know this child.
    is_known_elsewhere: bool = False
    cases: tuple[KnownCase, ...] = ()
    referrals: tuple[KnownReferral, ...] = ()
    decisions: tuple[Said, ...] = ()
    # Of the disagreements about it: whether one was upheld, and whether an open one says the child is not safe.
    is_upheld: bool = False
    is_unsafe: bool = False
    # The record at which two people have recorded that the child has died; whether its sender has sent another one.
    died_at: UUID | None = None
    another_is_open: bool = False
    # Whether somebody is named on the child, and the agencies of whose officers and managers somebody is.
    is_sealed: bool = False
    named_in: frozenset[UUID] = frozenset()
    caller: KnownCaller | None = None
    has_open_link: bool = False
    # How each number of the child and the family may be used, those of the child, and who is around the child.
    numbers: tuple[str, ...] = ()
    child_rules: tuple[Rules, ...] = ()
    people: tuple[KnownPerson, ...] = ()
    # The partnership's text beside each level of need, as it is in force.
    level_texts: Mapping[str, str] = field(default_factory=dict)

    def cases_of(self, child_id: UUID | None) -> list[KnownCase]:
        """Return the known cases of one child, the open one first."""
        return [case for case in self.cases if case.child_id == child_id]

    def contacts_of(self, child_id: UUID | None) -> int:
        """Return how many referrals about a child were sent in the last twelve months, this one included."""
        since = clock.now() - A_YEAR
        return sum(1 for one in self.referrals if one.child_id == child_id and one.submitted_at > since)
