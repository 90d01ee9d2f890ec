"""What must be true before it is recorded that a child has died, and who has to agree: always two people."""

from collections.abc import Iterator

from backend.cases.models import Case
from backend.cases.rules.leading import CaseFacts, Given
from backend.children.dying import ALWAYS_TWO, day_problems
from backend.deadlines.calendar import local


def is_recorded(case: Case) -> bool:
    """Say whether two people have recorded the death of the child of a case."""
    return bool(case.died_from)


def may_be_recorded(case: Case) -> bool:
    """Say whether it can be recorded here: once, and in the case that goes on where two were joined."""
    return not case.died_from and case.joined_into_id is None


def is_worked_on(case: Case) -> bool:
    """Say whether what follows the end of a case is asked: of nobody after a death."""
    return not case.died_from


def not_referred_again(case: Case) -> str:
    """Return why nobody refers the child of a case again after it, or nothing."""
    if case.died_from:
        return "This child has died, so no referral can be made."
    if case.state != Case.CLOSED:
        return "This case is open: record there what has changed."
    if case.closing_reason == Case.JOINED:
        return "Another case of this child goes on. Open that one instead."
    return ""


def day_of_death_fits(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """Nothing in the record happens to a child after the day it died."""
    if given is None:
        return
    yield from day_problems(case.child, given["died_on"], today=facts.today)
    if facts.seen_at is not None and given["died_on"] < local(facts.seen_at).date():
        yield "A note says that the child was seen after this day. Check the day, or correct the note first."


def is_taken_back_where_it_was_recorded(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """The other records of the child follow the one at which two people recorded it."""
    if facts.died_at is not None and facts.died_at != case.id:
        yield "It was recorded at another record of this child. It is taken back there, and this one follows."


def death_asks_for_a_second_person(case: Case, facts: CaseFacts, given: Given | None) -> str:
    """Two people record it once for a child; its other records follow."""
    return "" if facts.died_at else ALWAYS_TWO


def taking_back_asks_for_a_second_person(case: Case, facts: CaseFacts, given: Given | None) -> str:
    """Two people take it back once for a child; its other records follow."""
    return ALWAYS_TWO if facts.died_at else ""
