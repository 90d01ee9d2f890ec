"""What is asked of a child's own details at a case, and what must be true of the answers."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from backend.children.models import Child

NAMES = ("given_name", "family_name", "known_as")
HOME = ("address", "postcode", "ward")
# Where somebody would wait for the child who must not find it: kept apart with the home.
SCHOOL = ("school", "next_school")
PHONE = ("phone", "phone_rule")
# Of somebody who is born: what a child that is expected has not got yet.
_BORN = ("language", "school")
BIRTH = ("date_of_birth", "expected_date")
PROTECTED = "protected"
NEW_HOME = "This address is new. Say whether everybody who works with the child may know it."
NEW_NUMBER = "Say how this number can be used safely. If nobody knows, leave the number out."
ONE_DAY = "Give the date of birth, or the day on which the baby is expected: not both."
NO_DAY = "Enter the date of birth."
# As long as a birth may have been written down by mistake, the day on which the baby is expected can be given again.
_A_YEAR = timedelta(days=365)


def asked_of(child: Child, today: date) -> tuple[str, ...]:
    """Return the fields of Child that are asked about: what nobody can know of a child to come is left out."""
    if child.pregnancy_ended_on is not None:
        return (*NAMES, *HOME, *PHONE)
    if child.expected_date is not None:
        return (*NAMES, "expected_date", *HOME, *PHONE)
    born = child.date_of_birth
    is_baby = born is not None and born > today - _A_YEAR
    return (*NAMES, *(BIRTH if is_baby else BIRTH[:1]), *_BORN, *HOME, *PHONE)


def problems(child: Child, said: Mapping[str, Any], safety: str, today: date) -> Iterator[tuple[str, str]]:
    """Yield (field, sentence) for what does not fit in what is `said` of a child."""
    yield from _day_problems(child, said, today)
    if said["phone"] and not said["phone_rule"]:
        yield "phone_rule", NEW_NUMBER
    if is_new_home(child, said) and not safety:
        yield "address_safety", NEW_HOME


def is_new_home(child: Child, said: Mapping[str, Any]) -> bool:
    """Say whether an address is given that does not stand in the record."""
    return any(said[name] and said[name] != getattr(child, name) for name in HOME)


def _day_problems(child: Child, said: Mapping[str, Any], today: date) -> Iterator[tuple[str, str]]:
    born, expected = said.get("date_of_birth"), said.get("expected_date")
    if born is not None and born > today:
        yield "date_of_birth", "Enter a date of birth that is past."
    if born is not None and expected is not None:
        yield "expected_date", ONE_DAY
    is_asked = child.pregnancy_ended_on is None
    if is_asked and born is None and expected is None and (child.date_of_birth or child.expected_date):
        yield ("expected_date", "Enter the day.") if child.expected_date else ("date_of_birth", NO_DAY)
