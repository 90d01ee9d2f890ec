"""What must be true before a case gets a lead practitioner or another lead agency."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from backend.cases.models import Case, Transfer
from backend.cases.rules.planning import PlanFacts
from backend.core import clock
from backend.deadlines.calendar import local
from backend.sharing.rules import basis_of, basis_problems, end_problems

Given = Mapping[str, Any]
# A case that closed longer ago is another episode (the re-referral window).
REOPEN_WITHIN = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Caseload:
    """The open cases that somebody leads: how many of each kind, and what they weigh together (queries.caseloads)."""

    counts: Mapping[str, int]
    weight: int

    @property
    def cases(self) -> int:
        """Return how many there are."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Practitioner:
    """Somebody who works for the lead agency now, in which team, and what they have in hand already."""

    user_id: UUID
    name: str
    role: str
    team: str
    caseload: Caseload
    has_conflict: bool
    # Not among those who may know of a child whose record is sealed.
    is_unnamed: bool

    @property
    def can_take_it(self) -> bool:
        """Say whether they may know of the child, and are not too close to the family."""
        return not self.has_conflict and not self.is_unnamed


@dataclass(frozen=True, slots=True)
class PossibleLead:
    """An agency of the partnership that still works, whether somebody there can answer, and whether it is asked now."""

    id: UUID
    name: str
    kind: str
    has_manager: bool
    is_offered: bool


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """All that the rules of a case need; practitioners only for those who may choose one."""

    today: date
    agencies: Mapping[UUID, PossibleLead]
    practitioners: Mapping[UUID, Practitioner]
    # Asked of a closed case only: has the child another one that is open?
    another_is_open: bool = False
    # How the family's last answer to help stands: given, refused, withdrawn; empty when nobody has answered.
    agreement: str = ""
    # Until which day, where they agreed for a time.
    agreed_until: date | None = None
    # Kinds of the clocks that run on the case.
    running: frozenset[str] = frozenset()
    # Whether anything of the case is shared on a consent that may end.
    shares_on_consent: bool = False
    # The agencies of the team that ask for the lead and wait for an answer, as queries.asking reads them.
    asks_to_lead: tuple[Mapping[str, Any], ...] = ()
    plan: PlanFacts = field(default_factory=PlanFacts)
    # Whether the actor works for the agency that leads: not who worked on it before, while it waits to be allocated.
    acts_for_lead: bool = True
    # The record at which two people have recorded that the child has died, and when a note last says it was seen.
    died_at: UUID | None = None
    seen_at: datetime | None = None
    # When the actor last saved a note of the case that they have begun and not sent.
    note_begun_at: datetime | None = None

    @property
    def offered_to(self) -> PossibleLead | None:
        """Return the agency that is asked to lead now, if one is."""
        return next((agency for agency in self.agencies.values() if agency.is_offered), None)


@dataclass(frozen=True, slots=True)
class TransferFacts:
    """All that the rules of a transfer need: its case, if the actor sees it, and how the one before it ended."""

    case: Case | None
    before: str
    # Whether two agencies in a row have not taken the case and somebody has to name who leads it.
    is_to_name: bool = False
    agencies: Mapping[UUID, PossibleLead] = field(default_factory=dict)


def somebody_can_take_it(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """The lead agency has a person who works there now, has no conflict of interest, and may know of the child."""
    if not any(person.can_take_it for person in facts.practitioners.values()):
        yield "Nobody in your agency can take this case: add somebody first, or propose a transfer."


def practitioner_works_here(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """The person chosen is active in the lead agency, may know of the child, and is not too close to the family."""
    if given is None:
        return
    yield from problems_of(facts.practitioners.get(given["lead_practitioner_id"]))


def problems_of(person: Practitioner | None) -> Iterator[str]:
    """Yield why somebody who was chosen may not have what is about a child; None is who does not work there now."""
    if person is None:
        yield "Choose somebody who works for your agency now."
    elif person.has_conflict:
        yield f"{person.name} cannot work with this family. Choose somebody else."
    elif person.is_unnamed:
        yield f"{person.name} is not named on this sealed record. Choose somebody who is."


def priority_is_known(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """Whoever takes a case knows how soon help is needed."""
    if given is not None and not (given.get("priority") or case.priority):
        yield "Say how soon help is needed: nobody has decided it yet."


def priority_is_another(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """A change is a change."""
    if given is not None and given["priority"] == case.priority:
        yield "The case has this priority already. Choose another one."


def next_action_is_ahead(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """What happens next has a day that is not over."""
    if given is not None and given["next_action_on"] < facts.today:
        yield "The next action needs a day from today on."


def no_transfer_is_open(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """A case is offered to one agency at a time."""
    agency = facts.offered_to
    if agency is not None:
        yield f"{agency.name} has been asked to lead this case already. Wait for the answer, or withdraw it first."


def nobody_outside_is_asked(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """While an agency in another area is asked to take the case over, nobody else is, and it stays open."""
    if case.out_asked_at is not None and case.state != Case.CLOSED:
        yield (
            f"{case.out_receiver} has been asked to take this case over. "
            "Record that they have it, or that they do not take it, first."
        )


def somebody_outside_is_asked(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """Only what was asked can be answered."""
    if case.out_asked_at is None:
        yield "Nobody in another area has been asked to take this case over."


def has_answered_already(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """What is recorded has happened, and not before it was asked for."""
    if given is None or case.out_asked_at is None:
        return
    if given["accepted_on"] > facts.today:
        yield "They accept first, then it is recorded: this day has not come yet."
    elif given["accepted_on"] < local(case.out_asked_at).date():
        yield "They were asked after this day. Look at their answer again."


def agency_can_lead(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """The agency asked is another one of the partnership, still works, and has a manager who can answer."""
    if given is None:
        return
    agency = facts.agencies.get(given["to_agency_id"])
    if agency is None:
        yield "Choose an agency of this partnership."
    elif agency.id == case.lead_agency_id:
        yield f"{agency.name} leads this case already. Choose another agency."
    elif not agency.has_manager:
        yield f"{agency.name} has no manager who could answer. Choose another agency."


def basis_is_open_to_both(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """The handover is shared on a basis that sender and recipient may both use."""
    if given is None or given["to_agency_id"] not in facts.agencies or case.lead_agency_id not in facts.agencies:
        return
    sender, recipient = facts.agencies[case.lead_agency_id], facts.agencies[given["to_agency_id"]]
    for _field, sentence in basis_problems(sender.kind, recipient.kind, basis_of(given)):
        yield sentence


def share_ends_later(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """What is shared with somebody outside until some day is shared for at least one."""
    if given is not None:
        yield from (sentence for _field, sentence in end_problems(basis_of(given)))


def closed_lately(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """It closed within twelve months; after that a new case is a new beginning."""
    if case.closed_at is not None and case.closed_at + REOPEN_WITHIN < clock.now():
        yield "This case closed more than 12 months ago. A new referral opens a new case."


def can_be_referred_again(case: Case, *, has_died: bool) -> bool:
    """Say whether a new referral may follow a case: it has ended, none goes on in its place, the child lives."""
    return case.state == Case.CLOSED and case.closing_reason != Case.JOINED and not has_died


def stands_for_itself(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """A case that was joined to another goes on there, until the two records are taken apart."""
    if case.joined_into_id is not None:
        yield "Another case of this child goes on in its place. Work there, or ask for the records to be taken apart."


def no_other_case_is_open(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """A child has one open case in a partnership."""
    if facts.another_is_open:
        yield "This child has another open case. Ask the front door who leads it, and tell them what you know."


def case_is_open(transfer: Transfer, facts: TransferFacts, given: Given | None) -> Iterator[str]:
    """There is still a case to lead."""
    if facts.case is None or facts.case.state == Case.CLOSED:
        yield "The case has been closed since it was offered to you."
