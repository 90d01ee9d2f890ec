"""What must be true before it is recorded of a referral that the child has died: two people, and a day that fits."""

from collections.abc import Iterator

from backend.children.dying import ALWAYS_TWO, day_problems
from backend.core import clock
from backend.deadlines.calendar import local
from backend.referrals.models import Referral
from backend.referrals.rules.facts import Facts
from backend.workflow.machine import Given


def day_of_death_fits(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """It is a day of the child's life, and over."""
    if given is not None:
        yield from day_problems(referral.about, given["died_on"], today=local(clock.now()).date())


def is_taken_back_where_it_was_recorded(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """The other records of the child follow the one at which two people recorded it."""
    if facts.died_at is not None and facts.died_at != referral.id:
        yield "It was recorded at another record of this child. It is taken back there, and this one follows."


def no_other_is_open(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """An agency has one open referral about a child (the same one sent twice answers with the first)."""
    if facts.another_is_open:
        yield "The same agency has sent another referral about this child since. Go on with that one."


def death_asks_for_a_second_person(referral: Referral, facts: Facts, given: Given | None) -> str:
    """Two people record it once for a child; its other records follow."""
    return "" if facts.died_at else ALWAYS_TWO


def taking_back_asks_for_a_second_person(referral: Referral, facts: Facts, given: Given | None) -> str:
    """Two people take it back once for a child; its other records follow."""
    return ALWAYS_TWO if facts.died_at else ""
