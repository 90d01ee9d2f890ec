"""What must be true before a case is sealed, and before somebody is named on the seal or taken off (docs/adr/0047)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.workflow.machine import Given

FEWEST = 2
_TWO = "Who may see a sealed case is decided by two managers."


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who is named, or could be: of the agency that leads, or who works with the family for another one."""

    user_id: UUID
    name: str
    role: str
    agency: str
    manages: bool = False


@dataclass(frozen=True, slots=True)
class SealFacts:
    """Who asks, who of those who work anywhere now is named, whether anybody is, and who could be named too."""

    actor: Actor
    is_sealed: bool
    named: Mapping[UUID, Candidate]
    candidates: Mapping[UUID, Candidate]

    @property
    def managers(self) -> list[UUID]:
        """Return the managers of the agency that leads who are named."""
        return [pk for pk, one in self.named.items() if one.manages]

    def manages(self, case: Case) -> bool:
        """Say whether the actor is a manager of the agency that leads."""
        return self.actor.role is Role.MANAGER and self.actor.agency_id == case.lead_agency_id


def is_not_sealed(case: Case, facts: SealFacts, given: Given | None) -> Iterator[str]:
    """Who is named on a seal is changed there."""
    if facts.is_sealed:
        yield "This case is sealed already. Name somebody, or take somebody off."


def is_sealed(case: Case, facts: SealFacts, given: Given | None) -> Iterator[str]:
    """Nobody is named on what is open to everybody who works with it."""
    if not facts.is_sealed:
        yield "This case is not sealed."


def may_be_named(case: Case, facts: SealFacts, given: Given | None) -> Iterator[str]:
    """Whoever works with the family, or for the agency that leads, and is not too close to the family."""
    if given is not None and not set(given["people"]) <= facts.candidates.keys():
        yield "We could not name everybody you chose, because one of them cannot be named. Choose from the list."


def is_for_a_manager(case: Case, facts: SealFacts, given: Given | None) -> Iterator[str]:
    """Whoever works on the case names a manager where none is named any more, and nobody else."""
    if facts.manages(case):
        return
    if facts.managers:
        yield f"A manager of {case.lead_agency.name} who is named decides this. Ask one of them."
    elif given is not None and not any(
        facts.candidates[pk].manages for pk in given["people"] if pk in facts.candidates
    ):
        yield f"No manager of {case.lead_agency.name} is named any more. Name one of them first."


def can_be_taken_off(case: Case, facts: SealFacts, given: Given | None) -> Iterator[str]:
    """Two stay, among them whoever does it, a manager, and who leads the case."""
    if given is None:
        return
    gone = set(given["people"])
    if facts.actor.user_id in gone:
        yield "You cannot take yourself off. Ask another manager who is named."
    if case.lead_practitioner_id in gone and case.lead_practitioner is not None:
        yield f"{case.lead_practitioner.name} leads this case. Give it to somebody else who is named first."
    if len(facts.named.keys() - gone) < FEWEST:
        yield "At least two people stay named. Name somebody else first."


def rests_for_no_death(case: Case, facts: SealFacts, given: Given | None) -> Iterator[str]:
    """After a death the record is kept for review by those who are named."""
    if case.died_from:
        yield "This child has died. The case stays sealed for review."


def always_two(case: Case, facts: SealFacts, given: Given | None) -> str:
    """To seal and to lift a seal takes two (access.md)."""
    return _TWO


def two_while_there_are(case: Case, facts: SealFacts, given: Given | None) -> str:
    """To name somebody takes two, while another manager is named who could agree: else nobody could ever be named."""
    return _TWO if set(facts.managers) - {facts.actor.user_id} else ""
