"""What must be true of a panel and of an item of its agenda before an edge: pure generators of reasons."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from backend.access.actors import Actor
from backend.access.marks import ASKED_FOR, HIDDEN, Mark, set_by
from backend.cases.rules import PossibleOwner
from backend.core import clock
from backend.deadlines.calendar import END_OF_DAY, add_working_days, at_local, in_words, is_working_day, local
from backend.panels.models import Panel, PanelDecision, PanelItem
from backend.sharing.rules import Basis, basis_of, basis_problems
from backend.workflow.machine import Given

# How long after the meeting those invited may go on reading an item at most: until the minutes should be signed.
LONGEST_OPEN = timedelta(days=28)
# And how long, where nobody says a day: most minutes are signed by then.
USUALLY_OPEN = timedelta(days=14)
# How long after the meeting what was given for it may be read at most.
LONGEST_READ = timedelta(days=84)
# How many working days before the meeting whoever has given nothing is reminded, and how soon after being invited.
REMINDS_DAYS, REMINDS_AFTER = 2, timedelta(hours=20)
# What minutes are among the documents of a case.
MINUTES = "meeting_record"
# What is left for the name of a meeting in the title of its minutes.
_LONGEST_NAME = 150
# How long before its hour a meeting can begin.
EARLIEST = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Named:
    """An agency of the partnership: its name, and its kind, by which a basis is open to it or not."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class PanelFacts:
    """The agencies there are, and what nobody has decided about: references, and a number of what cannot be read."""

    agencies: Mapping[UUID, Named]
    undecided: Collection[str] = ()
    undecided_unread: int = 0


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """Who asks, the agencies there are, and the agency of each invitation that stands."""

    actor: Actor
    agencies: Mapping[UUID, Named]
    invited: Mapping[UUID, UUID] = field(default_factory=dict)


def day_of(panel: Panel) -> date:
    """Return the day of a meeting in England."""
    return local(panel.starts_at).date()


def end_of(day: date) -> datetime:
    """Return the last instant of a day on which something is still read."""
    return at_local(day, END_OF_DAY)


def give_by(panel: Panel) -> date:
    """Return by which day those invited give what they know: the last working day before the meeting."""
    day = day_of(panel) - timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def reminds_until(now: datetime) -> datetime:
    """Return which meetings it is time to give something for: those that begin within two working days."""
    return end_of(add_working_days(local(now).date(), REMINDS_DAYS))


def last_day_problem(panel: Panel, last_day: date) -> str:
    """Return why an item cannot be open until this day; nothing when it can."""
    latest = day_of(panel) + LONGEST_OPEN
    if end_of(last_day) <= panel.starts_at:
        return "The panel has to be able to read it on its day. Choose a later day."
    if last_day > latest:
        return f"Choose a day not later than {latest:%-d %B %Y}: four weeks after the panel."
    return ""


def basis_open_to(agencies: Mapping[UUID, Named], sender: UUID, recipient: UUID, basis: Basis) -> Iterator[str]:
    """Yield why one agency may not share with another on this basis."""
    if sender == recipient:
        return
    found = (agencies.get(sender), agencies.get(recipient))
    if found[0] is None or found[1] is None:
        yield "One of the two organisations is not in the partnership any more."
        return
    for _field, sentence in basis_problems(found[0].kind, found[1].kind, basis):
        yield sentence


def asks_about(reasons: Iterable[str]) -> str:
    """Return what a panel is asked about a case in which something is open, where nobody puts it in other words."""
    return " ".join([*(f"{reason}." for reason in reasons), "What does the panel advise?"])


# --- The meeting -----------------------------------------------------------------------------------------------------


def its_day_has_come(panel: Panel, facts: PanelFacts, given: Given | None) -> Iterator[str]:
    """Nobody decides on a meeting before it takes place."""
    if panel.starts_at - EARLIEST > clock.now():
        yield f"This panel is on {day_of(panel):%-d %B %Y}. It begins on its day."


def everything_is_decided(panel: Panel, facts: PanelFacts, given: Given | None) -> Iterator[str]:
    """Minutes are signed when they say of each child what was decided, or that it was not heard."""
    for reference in facts.undecided:
        yield f"Nothing is written down about {reference}. Record a decision, or have it taken off the agenda."
    if facts.undecided_unread:
        what = "one case" if facts.undecided_unread == 1 else f"{facts.undecided_unread} cases"
        yield (
            f"Nothing is written down about {what} on its agenda that you cannot read, or no longer. "
            "A colleague who can records a decision, or whoever leads the case takes it off."
        )


def attends_as_agency(panel: Panel, facts: PanelFacts, given: Given | None) -> Iterator[str]:
    """Whoever comes, comes for an agency of the partnership."""
    if given is not None and given["agency"] not in facts.agencies:
        yield "Choose an organisation of your partnership."


def title_of_minutes(item: PanelItem) -> str:
    """Return what the minutes of an item are called among the documents of its case: no two meetings' alike."""
    begins = item.panel.starts_at
    return f"Minutes: {item.panel.name[:_LONGEST_NAME]}, {in_words(begins)} {local(begins).year}"


def minutes_can_be_kept(item: PanelItem, *, is_kept: bool) -> Iterator[str]:
    """Minutes say what a panel decided, once somebody has signed that they are right."""
    if item.state != PanelItem.DECIDED:
        yield "This panel did not hear the case, so there is nothing to keep."
    elif item.panel.state != Panel.SIGNED:
        yield "The minutes of this panel are not signed yet. You can keep them once they are."
    elif is_kept:
        yield "The minutes are among the documents of the case already."


# --- An item of the agenda -------------------------------------------------------------------------------------------


def can_be_invited(item: PanelItem, facts: ItemFacts, given: Given | None) -> Iterator[str]:
    """An agency is invited once, and neither the one whose case it is nor the one that chairs has to be."""
    if given is None:
        return
    chosen = given["agency"]
    if chosen not in facts.agencies:
        yield "Choose an organisation of your partnership."
    elif chosen in (item.lead_agency_id, item.chair_agency_id):
        yield f"{facts.agencies[chosen].name} hears this already."
    elif chosen in facts.invited.values():
        yield f"{facts.agencies[chosen].name} is invited already."


def invitation_stands(item: PanelItem, facts: ItemFacts, given: Given | None) -> Iterator[str]:
    """Only an invitation that stands can be taken back."""
    if not facts.invited:
        yield "Nobody is invited."
    elif given is not None and given["invitation"] not in facts.invited:
        yield "This invitation was taken back already. Choose another."


def invited_on_a_basis(item: PanelItem, facts: ItemFacts, given: Given | None) -> Iterator[str]:
    """What an agency is told is shared on a basis that it and the lead agency may both use."""
    if given is not None and given["agency"] in facts.agencies:
        yield from basis_open_to(facts.agencies, item.lead_agency_id, given["agency"], basis_of(given))


def given_on_a_basis(item: PanelItem, facts: ItemFacts, given: Given | None) -> Iterator[str]:
    """What an agency gives is shared with whose case it is and with who chairs, on a basis open to all of them."""
    if given is not None:
        for recipient in readers_of(item, facts.actor.agency_id):
            yield from basis_open_to(facts.agencies, facts.actor.agency_id, recipient, basis_of(given))


def readers_of(item: PanelItem, giver: UUID) -> list[UUID]:
    """Return which other agencies read what an agency gives for an item."""
    return [agency for agency in dict.fromkeys((item.lead_agency_id, item.chair_agency_id)) if agency != giver]


def label_is_theirs(item: PanelItem, facts: ItemFacts, given: Given | None) -> Iterator[str]:
    """Only the agency it comes from says that something bears a label, and only one that may."""
    if given is not None and given["mark"] and Mark(given["mark"]) not in labels_for(facts.actor):
        yield "Your organisation cannot put this label on what it says. Choose another, or none."


def labels_for(actor: Actor) -> list[Mark]:
    """Return the labels an actor's agency may put on what it gives: none that is hidden or only read when asked for."""
    return [mark for mark in set_by(actor.agency_kind) if mark not in HIDDEN | ASKED_FOR]


def ends_in_time(item: PanelItem, facts: ItemFacts, given: Given | None) -> Iterator[str]:
    """What is given for a meeting is read at it, and not for ever after."""
    if given is None:
        return
    day, last = day_of(item.panel), given["read_until"]
    if end_of(last) <= max(item.panel.starts_at, clock.now()):
        yield "It has to be read at the panel. Choose a later day."
    elif last > day + LONGEST_READ:
        yield f"Choose a day not later than {day + LONGEST_READ:%-d %B %Y}: twelve weeks after the panel."


def owner_is_an_agency(item: PanelItem, facts: ItemFacts, given: Given | None) -> Iterator[str]:
    """Whoever owns what was decided is an agency of the partnership, so that somebody is there to ask."""
    if given is not None and given["owner"] is not None and given["owner"] not in facts.agencies:
        yield "Choose an organisation of your partnership."


def does_what_was_decided(decision: PanelDecision, person: PossibleOwner) -> Iterator[str]:
    """Whoever does it is of the agency that the panel gave it to: another one has not said that it will."""
    if decision.owner_agency is not None and person.agency_id != decision.owner_agency_id:
        yield f"The panel gave this to {decision.owner_agency.name}. Choose somebody who works there."


def is_overdue(decision: PanelDecision) -> bool:
    """Say whether the day by which it was to be done is over."""
    return decision.due_on is not None and decision.due_on < local(clock.now()).date()


def day_of_action(decision: PanelDecision, otherwise: date | None) -> date | None:
    """Return by which day what was decided is done: the panel's own, or another one that is to come once that is over.

    None where there is neither: nobody can be asked to do something by a day that is over.
    """
    if not is_overdue(decision):
        return decision.due_on
    return otherwise if otherwise is not None and otherwise >= local(clock.now()).date() else None
