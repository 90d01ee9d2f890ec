"""How two descriptions of a child compare, fact by fact: the comparison levels of the Fellegi–Sunter model.

Each function returns the level of one fact by name, the best first in LEVELS, or None where the fact says nothing
because one side does not know it. These same functions give Splink its levels when the weights are trained.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from backend.children.match_keys import NHS, UPN, Described, day_and_month_exchanged, postcodes
from backend.children.names import plain, sound, words
from backend.matching.nicknames import are_variants
from backend.matching.similarity import jaro_winkler, one_character_off

SAME, ALIAS, SWAPPED, CLOSE, ALIKE, DIFFERENT = "same", "alias", "swapped", "close", "alike", "different"
DIGIT, PARTLY, NEAR = "digit", "partly", "near"
POSTCODE, LINE, AREA = "postcode", "line", "area"
SEVERAL, ONE, NAMED = "several", "one", "named"

LEVELS: Mapping[str, tuple[str, ...]] = {
    "given_name": (SAME, ALIAS, SWAPPED, CLOSE, ALIKE, DIFFERENT),
    "family_name": (SAME, ALIAS, CLOSE, ALIKE, DIFFERENT),
    "birth": (SAME, SWAPPED, DIGIT, PARTLY, NEAR, DIFFERENT),
    "number": (SAME, NEAR, DIFFERENT),
    "address": (SAME, POSTCODE, LINE, AREA, DIFFERENT),
    "sex": (SAME, DIFFERENT),
    "phones": (SAME, DIFFERENT),
    # Named last: that one child is a person of the other's family speaks for brothers and sisters.
    "household": (SEVERAL, ONE, DIFFERENT, NAMED),
}
_CLOSE, _ALIKE, _SAME_LINE = 0.90, 0.80, 0.90
_DAYS_NEAR, _DAYS_EXPECTED = timedelta(days=31), timedelta(days=42)
_PARTS_AGREE = 2
_INWARD = 3  # the last three characters of a postcode are the street; what is before them is the area


@dataclass(frozen=True, slots=True)
class Compared:
    """A description made ready to compare: names without accents and case, the address as one line."""

    given: str
    family: str
    given_words: tuple[str, ...]
    family_words: tuple[str, ...]
    known_as: tuple[str, ...]
    born: date | None
    expected: date | None
    sex: str
    numbers: Mapping[str, tuple[str, ...]]
    line: str
    postcode: str
    other_postcodes: frozenset[str]
    ward: str
    phones: frozenset[str]
    household: frozenset[str]


def ready(child: Described) -> Compared:
    """Return a description made ready to compare."""
    home = plain(child.postcode)
    return Compared(
        given=plain(child.given_name),
        family=plain(child.family_name),
        given_words=words(child.given_name),
        family_words=words(child.family_name),
        known_as=tuple(dict.fromkeys((plain(child.known_as), *words(child.known_as)))) if child.known_as else (),
        born=child.date_of_birth,
        expected=child.expected_date,
        sex=child.sex if child.sex in ("F", "M") else "",
        numbers=_numbers(child),
        line=plain(child.address.replace("\n", ",").split(",")[0]),
        postcode=home,
        other_postcodes=frozenset(postcodes(child)) - {home},
        ward=plain(child.ward),
        phones=frozenset(child.phones),
        household=frozenset(child.household),
    )


def levels(one: Compared, other: Compared) -> dict[str, str | None]:
    """Return the level of every fact."""
    return {name: compare(one, other) for name, compare in COMPARISONS.items()}


def given_name(one: Compared, other: Compared) -> str | None:
    """Compare given names, with the names a child is known as and with given and family name exchanged."""
    if not one.given or not other.given:
        return None
    if one.given == other.given:
        return SAME
    if other.given in one.known_as or one.given in other.known_as or _any_variant(one, other):
        return ALIAS
    if is_swapped(one, other):
        return SWAPPED
    return _how_alike(one.given, other.given, one.given_words, other.given_words)


def family_name(one: Compared, other: Compared) -> str | None:
    """Compare family names; says nothing where given and family name are exchanged, which is said already."""
    if not one.family or not other.family or is_swapped(one, other):
        return None
    if one.family == other.family:
        return SAME
    if are_variants(one.family, other.family) or not set(one.family_words).isdisjoint(other.family_words):
        return ALIAS
    return _how_alike(one.family, other.family, one.family_words, other.family_words)


def is_swapped(one: Compared, other: Compared) -> bool:
    """Say whether the given name of each is the family name of the other."""
    if not (one.family and other.family and one.given and other.given) or one.given == other.given:
        return False
    crossed = min(jaro_winkler(one.given, other.family), jaro_winkler(one.family, other.given))
    return crossed >= _CLOSE and jaro_winkler(one.given, other.given) < _CLOSE


def birth(one: Compared, other: Compared) -> str | None:
    """Compare dates of birth; the date a baby was expected is near the day it was born."""
    if one.born is None or other.born is None:
        return _expected(one, other)
    if one.born == other.born:
        return SAME
    if day_and_month_exchanged(one.born) == other.born:
        return SWAPPED
    if _is_one_digit_off(one.born, other.born):
        return DIGIT
    parts = (one.born.year == other.born.year, one.born.month == other.born.month, one.born.day == other.born.day)
    if sum(parts) >= _PARTS_AGREE:
        return PARTLY
    return NEAR if abs(one.born - other.born) <= _DAYS_NEAR else DIFFERENT


def number(one: Compared, other: Compared) -> str | None:
    """Compare NHS numbers and unique pupil numbers: the one that speaks most for the same child counts."""
    kinds = one.numbers.keys() & other.numbers.keys()
    found = {_number_level(a, b) for kind in kinds for a in one.numbers[kind] for b in other.numbers[kind]}
    return next((level for level in LEVELS["number"] if level in found), None)


def address(one: Compared, other: Compared) -> str | None:
    """Compare addresses: house and street, postcode, or only the area."""
    same_line = bool(one.line and other.line) and jaro_winkler(one.line, other.line) >= _SAME_LINE
    both_codes = bool(one.postcode and other.postcode)
    if both_codes and one.postcode == other.postcode:
        return SAME if same_line else POSTCODE
    if same_line:
        return LINE
    if _lived_at(one, other) or _lived_at(other, one):
        return POSTCODE
    both_wards = bool(one.ward and other.ward)
    if (both_wards and one.ward == other.ward) or (both_codes and one.postcode[:-_INWARD] == other.postcode[:-_INWARD]):
        return AREA
    knows_something = both_codes or both_wards or bool(one.line and other.line)
    return DIFFERENT if knows_something else None


def sex(one: Compared, other: Compared) -> str | None:
    """Compare sex, where both records say one."""
    if not one.sex or not other.sex:
        return None
    return SAME if one.sex == other.sex else DIFFERENT


def phones(one: Compared, other: Compared) -> str | None:
    """Compare telephone numbers, where both records have one: a number in common is enough."""
    if not one.phones or not other.phones:
        return None
    return DIFFERENT if one.phones.isdisjoint(other.phones) else SAME


def household(one: Compared, other: Compared) -> str | None:
    """Compare the people around the child: a parent in common, or the one child named in the family of the other."""
    if one.given != other.given and (_is_named(one, other.household) or _is_named(other, one.household)):
        return NAMED
    if not one.household or not other.household:
        return None
    shared = sum(any(_is_one_name(mine, theirs) for theirs in other.household) for mine in one.household)
    return DIFFERENT if not shared else ONE if shared == 1 else SEVERAL


def _is_named(child: Compared, people: frozenset[str]) -> bool:
    return bool(child.given and child.family) and f"{child.given}{child.family}" in people


def _is_one_name(one: str, other: str) -> bool:
    return one == other or one_character_off(one, other)


def _any_variant(one: Compared, other: Compared) -> bool:
    mine = (one.given, *one.given_words[:1], *one.known_as)
    theirs = (other.given, *other.given_words[:1], *other.known_as)
    return any(are_variants(a, b) or a == b for a in mine for b in theirs if min(len(a), len(b)) > 1)


@lru_cache(maxsize=65_536)
def _how_alike(one: str, other: str, one_words: tuple[str, ...], other_words: tuple[str, ...]) -> str:
    similarity = jaro_winkler(one, other)
    if similarity >= _CLOSE or _is_one_typo_in_a_long_name(one, other):
        return CLOSE
    initials = one[0] == other[0] and min(len(one), len(other)) == 1
    if similarity >= _ALIKE or sound(one) == sound(other) or initials or set(one_words) & set(other_words):
        return ALIKE
    return DIFFERENT


def _is_one_typo_in_a_long_name(one: str, other: str) -> bool:
    return min(len(one), len(other)) > 4 and one_character_off(one, other)  # Ali and Ari are two names


def _expected(one: Compared, other: Compared) -> str | None:
    if one.expected is not None and one.expected == other.expected:
        return SAME
    mine, theirs = one.born or one.expected, other.born or other.expected
    if mine is None or theirs is None:
        return None
    return NEAR if abs(mine - theirs) <= _DAYS_EXPECTED else DIFFERENT


def _is_one_digit_off(one: date, other: date) -> bool:
    mine, theirs = one.isoformat(), other.isoformat()
    return sum(a != b for a, b in zip(mine, theirs, strict=True)) == 1 or one_character_off(mine, theirs)


def _numbers(child: Described) -> dict[str, tuple[str, ...]]:
    """Return each number of a kind that names one child alone: a case or an incident has brothers and sisters in it."""
    known = {NHS: [child.nhs_number], UPN: [child.upn]}
    for kind, _, number in (numbered.partition(" ") for numbered in child.other_numbers):
        if kind in known:
            known[kind].append(number)
    return {kind: found for kind, numbers in known.items() if (found := tuple(one for one in numbers if one))}


def _lived_at(one: Compared, other: Compared) -> bool:
    """Say whether a further home of one is a home of the other, now or otherwise."""
    return not one.other_postcodes.isdisjoint({other.postcode, *other.other_postcodes} - {""})


def _number_level(one: str, other: str) -> str:
    if one == other:
        return SAME
    return NEAR if one_character_off(one, other) else DIFFERENT


COMPARISONS: Mapping[str, Callable[[Compared, Compared], str | None]] = {
    "given_name": given_name,
    "family_name": family_name,
    "birth": birth,
    "number": number,
    "address": address,
    "sex": sex,
    "phones": phones,
    "household": household,
}
