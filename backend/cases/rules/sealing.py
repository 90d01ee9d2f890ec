"""What must be true before a record is sealed, and before somebody is named on the seal or taken off (docs/adr/0047).

A record is a case, or a referral that is no case yet (backend.referrals.commands.sealing): the rules are the same.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.workflow.machine import Given

FEWEST = 2
# Whoever works with the child, a manager, and somebody who stands in for either.
FEWEST_AT_FIRST = 3
_TWO = "Who may see a sealed record is decided by two people, one of them a manager."


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who is named, or could be: of the agency that leads, or who works with the family for another one."""

    user_id: UUID
    name: str
    role: str
    agency: str
    manages: bool = False
    # For information governance: it asks for the seal and reads nothing by it, so it stands in for nobody.
    governs: bool = False


@dataclass(frozen=True, slots=True)
class Keeper:
    """The agency that leads a case or holds a referral, whoever there has it in hand, and who may keep its seal."""

    agency_id: UUID
    agency: str
    person_id: UUID | None
    person: str
    # As a sentence says it: leads this case, decides about this referral.
    does: str
    roles: Collection[Role]
    noun: str


@dataclass(frozen=True, slots=True)
class SealFacts:
    """Who asks, who of those who work anywhere now is named, whether anybody is, and who could be named too."""

    actor: Actor
    keeper: Keeper
    is_sealed: bool
    named: Mapping[UUID, Candidate]
    candidates: Mapping[UUID, Candidate]
    # Who has asked for the record to be sealed and waits for a second person.
    asked_by: UUID | None = None
    has_died: bool = False

    @property
    def readers(self) -> set[UUID]:
        """Return who is named and can work with the record."""
        return {pk for pk, one in self.named.items() if not one.governs}

    @property
    def managers(self) -> list[UUID]:
        """Return the managers of the agency that keeps the record who are named."""
        return [pk for pk, one in self.named.items() if one.manages]

    @property
    def keeps(self) -> bool:
        """Say whether the actor is one of those who keep the seal."""
        return self.actor.role in self.keeper.roles and self.actor.agency_id == self.keeper.agency_id

    @property
    def governs(self) -> bool:
        """Say whether the actor asks for information governance, and reads nothing of the record."""
        return self.actor.role is Role.INFORMATION_GOVERNANCE

    def named_at_first(self, chosen: Collection[UUID]) -> set[UUID]:
        """Return everybody who is named when the record is sealed, as far as that is known now: whoever works still."""
        always = (self.actor.user_id, self.asked_by, self.keeper.person_id)
        return {one for one in (*chosen, *always) if one is not None and one in self.candidates}

    def reading_at_first(self, chosen: Collection[UUID]) -> set[UUID]:
        """Return those of them who can work with the record."""
        return {one for one in self.named_at_first(chosen) if not self.candidates[one].governs}


def is_not_sealed(record: Any, facts: SealFacts, given: Given | None) -> Iterator[str]:
    """Who is named on a seal is changed there."""
    if facts.is_sealed:
        yield f"This {facts.keeper.noun} is sealed already. Name somebody, or take somebody off."


def is_sealed(record: Any, facts: SealFacts, given: Given | None) -> Iterator[str]:
    """Nobody is named on what is open to everybody who works with it."""
    if not facts.is_sealed:
        yield f"This {facts.keeper.noun} is not sealed."


def names_a_deputy(record: Any, facts: SealFacts, given: Given | None) -> Iterator[str]:
    """Whoever works with the child, a manager and a deputy: three people, so that one may be away."""
    if given is None:
        return
    known = facts.reading_at_first(given["people"])
    if facts.asked_by is None:
        # The second person is named too. They may be a manager who was chosen, or has the record in hand.
        others = known - {facts.actor.user_id}
        may_agree = any(facts.candidates[pk].manages for pk in others)
        enough = len(known) >= (FEWEST_AT_FIRST if may_agree else FEWEST_AT_FIRST - 1)
    else:
        enough = len(known) >= FEWEST_AT_FIRST
    if not enough:
        yield "Choose one more person: at least three are named, so that somebody stands in when one is away."


def second_person_fits(record: Any, facts: SealFacts, given: Given | None) -> Iterator[str]:
    """Of the two who decide, one is a manager."""
    if facts.asked_by is None or given is None or facts.actor.role is Role.MANAGER:
        return
    if facts.asked_by == facts.actor.user_id:
        return
    asked_by = facts.named.get(facts.asked_by) or facts.candidates.get(facts.asked_by)
    if asked_by is None or not asked_by.manages:
        yield "A manager has to agree to this. Leave it to one of your managers."


def may_be_named(record: Any, facts: SealFacts, given: Given | None) -> Iterator[str]:
    """Whoever works with the family, or for the agency that leads, and is not too close to the family."""
    if given is not None and not set(given["people"]) <= facts.candidates.keys():
        yield "We could not name everybody you chose, because one of them cannot be named. Choose from the list."


def is_for_a_manager(record: Any, facts: SealFacts, given: Given | None) -> Iterator[str]:
    """Whoever works on the record names a manager where none is named any more, and nobody else."""
    if facts.keeps and (facts.managers or facts.actor.role is Role.MANAGER):
        return
    if facts.governs:
        # A manager is asked, always.
        return
    if facts.managers:
        yield f"A manager of {facts.keeper.agency} who is named decides this. Ask one of them."
    elif given is not None and not any(
        facts.candidates[pk].manages for pk in given["people"] if pk in facts.candidates
    ):
        yield f"No manager of {facts.keeper.agency} is named any more. Name one of them first."


def can_be_taken_off(record: Any, facts: SealFacts, given: Given | None) -> Iterator[str]:
    """Two stay, among them whoever does it, a manager, and who has the record in hand."""
    if given is None:
        return
    gone, keeper = set(given["people"]), facts.keeper
    if facts.actor.user_id in gone:
        yield "You cannot take yourself off. Ask somebody else who is named."
    if keeper.person_id in gone and keeper.person:
        yield f"{keeper.person} {keeper.does}. Give it to somebody else who is named first."
    if len(facts.readers - gone) < FEWEST:
        yield "At least two people stay named. Name somebody else first."
    elif not set(facts.managers) - gone:
        yield f"At least one manager of {keeper.agency} stays named. Name another one first."


def rests_for_no_death(record: Any, facts: SealFacts, given: Given | None) -> Iterator[str]:
    """After a death the record is kept for review by those who are named."""
    if facts.has_died:
        yield f"This child has died. The {facts.keeper.noun} stays sealed for review."


def always_two(record: Any, facts: SealFacts, given: Given | None) -> str:
    """To seal and to lift a seal takes two (access.md)."""
    return _TWO


def two_while_there_are(record: Any, facts: SealFacts, given: Given | None) -> str:
    """To name somebody takes two, while another manager is named who could agree: else nobody could ever be named."""
    return _TWO if facts.governs or set(facts.managers) - {facts.actor.user_id} else ""
