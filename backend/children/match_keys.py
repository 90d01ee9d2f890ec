"""The keys a child is found by: two records that may be the same child share at least one of them.

Each key joins two or three facts, so that few children share it even among a million; one fact may be wrong in one
record as long as the facts of another key are right. The keys of a record are stored beside it, under one index.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from backend.children.names import plain, sound, words

# The kinds of number that name a child and nobody else, as keys and comparisons call them.
NHS, UPN = "nhs", "upn"
_MOST_SOUNDS = 6
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Described:
    """What is known of who a child is, as one record says it; empty means not known."""

    given_name: str = ""
    family_name: str = ""
    known_as: str = ""
    date_of_birth: date | None = None
    expected_date: date | None = None
    sex: str = ""
    nhs_number: str = ""
    upn: str = ""
    address: str = ""
    postcode: str = ""
    ward: str = ""
    # Numbers that reach the child or the family (children.telephone), and the plain names of people around the child.
    phones: Sequence[str] = ()
    household: Sequence[str] = ()
    # Of other homes, before this one or beside it; and other numbers, each with its kind: "upn A123456789012".
    other_postcodes: Sequence[str] = ()
    other_numbers: Sequence[str] = ()


def keys_of(child: Described) -> list[str]:
    """Return the keys a record is stored under."""
    return sorted(
        {*_keys(child, sounds(child.given_name, child.known_as), sounds(child.family_name)), *_numbers(child)}
    )


def keys_to_ask(child: Described) -> list[str]:
    """Return the keys under which records of the same child may be stored: its own, and those of common mistakes.

    Day and month may have been exchanged, and given name and family name.
    """
    given, family = sounds(child.given_name, child.known_as), sounds(child.family_name)
    asked = {*_keys(child, given, family), *_keys(child, family, given), *_numbers(child)}
    exchanged = day_and_month_exchanged(child.date_of_birth)
    if exchanged is not None:
        asked.update(_birth_keys(exchanged, given, family))
    return sorted(asked)


def numbered(kind: str, value: str) -> str:
    """Return a number with its kind, as a key and as records keep their other numbers."""
    return f"{kind} {value}"


def sounds(*names: str) -> tuple[str, ...]:
    """Return how names sound, whole and in their parts; of a name with very many parts the first few."""
    parts = dict.fromkeys(sound(part) for name in names for part in (plain(name), *words(name)))
    return tuple(part for part in parts if part)[:_MOST_SOUNDS]


def postcodes(child: Described) -> tuple[str, ...]:
    """Return the postcodes of every home that is known, plain, the one where the child lives first."""
    known = (plain(postcode) for postcode in (child.postcode, *child.other_postcodes))
    return tuple(dict.fromkeys(postcode for postcode in known if postcode))


def day_and_month_exchanged(born: date | None) -> date | None:
    """Return the date with day and month exchanged, where that is another real date."""
    if born is None or born.day > 12 or born.day == born.month:
        return None
    return date(born.year, born.day, born.month)


def _numbers(child: Described) -> Iterator[str]:
    if child.nhs_number:
        yield numbered(NHS, child.nhs_number)
    if child.upn:
        yield numbered(UPN, child.upn)
    # Under the kind alone: what one record calls another number may be the number of the next.
    yield from child.other_numbers
    # Alone: few people share a telephone, and whoever changed name and home often kept it.
    yield from (f"tel {phone}" for phone in child.phones)


def _keys(child: Described, given: tuple[str, ...], family: tuple[str, ...]) -> Iterator[str]:
    for born in (child.date_of_birth, child.expected_date):
        if born is not None:
            yield from _birth_keys(born, given, family)
    for postcode in postcodes(child):
        yield from (f"pg {postcode} {name}" for name in given)
        yield from (f"pf {postcode} {name}" for name in family)
        if child.date_of_birth is not None:
            yield f"pb {postcode} {child.date_of_birth:%Y%m%d}"


def _birth_keys(born: date, given: tuple[str, ...], family: tuple[str, ...]) -> Iterator[str]:
    day, month_day, month, year = f"{born:%Y%m%d}", f"{born:%m%d}", f"{born:%Y%m}", f"{born:%Y}"
    yield from (f"bg {day} {name}" for name in given)
    yield from (f"bf {day} {name}" for name in family)
    for last in family:
        # The day, the month or the year may be wrong, or the given name is a short form.
        yield from (f"mi {month} {last} {initial}" for initial in {name[0] for name in given})
        yield from (f"yn {year} {last} {name}" for name in given)
        yield from (f"dn {month_day} {last} {name}" for name in given)
