"""Made children of a city: families, twins, and second records of a child with the mistakes that referrals have."""

import csv
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from backend.children.match_keys import Described, day_and_month_exchanged
from backend.children.names import plain
from bench.matching.labelled import Labelled

_FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
_YOUNGEST, _DAYS = date(2026, 6, 1), 18 * 365
_SYLLABLES = ("ba", "ren", "ko", "wal", "ski", "mar", "tin", "du", "bro", "len", "ha", "dar", "pe", "ro", "shaw", "by",
              "ford", "wick", "hol", "den", "tra", "vi", "os", "ek", "an", "mu", "la", "ri", "stan", "gor")  # fmt: skip
_ROADS = ("Road", "Street", "Lane", "Avenue", "Close", "Grove")
_SAME_FAMILY = 0.7
_TWINS, _DOUBLE_BARRELLED, _MADE_FAMILY = 0.03, 0.05, 0.4
_HAS_NHS, _HAS_UPN = 0.45, 0.4
# How often a record says how the family is reached, and who of it was written down.
_HAS_PHONES, _IS_GIVEN, _HAS_PEOPLE, _IS_NAMED = 0.6, 0.7, 0.6, 0.75
# Brothers and sisters are written down less often than parents: they may have a referral of their own.
_BROTHER_IS_NAMED = 0.35


# What makes a second record of a child differ from the first.
Mistake = Callable[[Random, Described], Described]


@dataclass(frozen=True)
class Home:
    """Where a family lives."""

    address: str
    postcode: str
    ward: str


def people(random: Random, count: int, *, siblings: bool = True) -> list[Described]:
    """Return children of made families: most have a brother or sister, some a twin; or one child each."""
    made: list[Described] = []
    while len(made) < count:
        made += _family(random)[: None if siblings else 1]
    return made[:count]


def made(
    name: str,
    *,
    seed: int,
    count: int,
    again: float = 0.3,
    siblings: bool = True,
    careless: float = 1.0,
    always: Sequence[Mistake] = (),
) -> Labelled:
    """Return a made set: `count` children of whom a share is recorded a second time, by somebody else.

    `careless` multiplies how often the second record differs in each of the ways; `always` is how it always differs.
    """
    random = Random(seed)
    once = people(random, count, siblings=siblings)
    described, truth = list(once), [str(place) for place in range(count)]
    for place, child in enumerate(once):
        if random.random() < again:
            second = recorded_again(random, child, careless=careless)
            for change in always:
                second = change(random, second)
            described.append(second)
            truth.append(str(place))
    return Labelled(name, [_as_known(random, child) for child in described], truth)


def recorded_again(random: Random, child: Described, *, careless: float = 1.0) -> Described:
    """Return the same child as another agency may write it down."""
    for chance, mistake in _MISTAKES:
        if random.random() < chance * careless:
            child = mistake(random, child)
    return child


@cache
def _names() -> dict[str, list[tuple[str, str, str]]]:
    with (_FIXTURES / "demo" / "names.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["kind"], row["name"], row["sex"], row["origin"]) for row in csv.DictReader(file)]
    origins = sorted({origin for *_, origin in rows})
    return {f"{kind} {of}": [row[1:] for row in rows if row[0] == kind and row[3] == of]
            for kind in ("given", "family") for of in origins}  # fmt: skip


@cache
def _variants() -> dict[str, tuple[str, ...]]:
    with (_FIXTURES / "matching" / "nicknames.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"].lower(): tuple(row["forms"].split("|")) for row in csv.DictReader(file)}


def _family(random: Random) -> list[Described]:
    origin = random.choice([key.split(" ", 1)[1] for key in _names() if key.startswith("given")])
    family = random.choice(_names()[f"family {origin}"])[0] if _names()[f"family {origin}"] else "Example"
    if random.random() < _MADE_FAMILY:
        family = "".join(random.choice(_SYLLABLES) for _ in range(random.choice((2, 3)))).title()
    if random.random() < _DOUBLE_BARRELLED:
        family = f"{family}-{''.join(random.choice(_SYLLABLES) for _ in range(2)).title()}"
    home = _home(random)
    carers = [_carer(random, origin, family) for _ in range(random.choice((1, 2, 2, 3)))]
    numbers = [_mobile(random) for _ in range(random.choice((1, 1, 2)))]
    children: list[Described] = []
    for _ in range(random.choices((1, 2, 3, 4), (40, 35, 17, 8))[0]):
        born = _YOUNGEST - timedelta(days=random.randrange(_DAYS))
        if children and random.random() < _TWINS:
            born = children[-1].date_of_birth or born
        taken = {child.given_name for child in children}
        given, sex, _origin = random.choice([name for name in _names()[f"given {origin}"] if name[0] not in taken])
        children.append(
            Described(
                given_name=given,
                family_name=family,
                date_of_birth=born,
                sex=sex or random.choice("FM"),
                nhs_number="".join(random.choices(string.digits, k=10)),
                upn=random.choice("ABCDEFGH") + "".join(random.choices(string.digits, k=12)),
                address=home.address,
                postcode=home.postcode,
                ward=home.ward,
                phones=numbers,
                household=carers,
            )
        )
    names = [plain(f"{child.given_name} {child.family_name}") for child in children]
    return [
        replace(child, household=[*carers, *_some(random, [name for name in names if name != own], _BROTHER_IS_NAMED)])
        for child, own in zip(children, names, strict=True)
    ]


def _carer(random: Random, origin: str, family: str) -> str:
    """Return a parent or another adult, plain as a record keeps them; most have the family's name."""
    given = random.choice(_names()[f"given {origin}"])[0]
    return plain(f"{given} {family if random.random() < _SAME_FAMILY else _new_name(random)}")


def _mobile(random: Random) -> str:
    return f"+447{random.randrange(10**9):09}"


def _home(random: Random) -> Home:
    street = "".join(random.choice(_SYLLABLES) for _ in range(2)).title()
    letters = "".join(random.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
    area = random.randrange(1, 70)
    return Home(f"{random.randrange(1, 180)} {street} {random.choice(_ROADS)}",
                f"ZZ{area} {random.randrange(1, 10)}{letters}", f"Ward {area}")  # fmt: skip


def _as_known(random: Random, child: Described) -> Described:
    """Leave out the numbers that the writer does not have."""
    return replace(
        child,
        nhs_number=child.nhs_number if random.random() < _HAS_NHS else "",
        upn=child.upn if random.random() < _HAS_UPN else "",
        phones=_some(random, child.phones, _IS_GIVEN) if random.random() < _HAS_PHONES else (),
        household=_some(random, child.household, _IS_NAMED) if random.random() < _HAS_PEOPLE else (),
    )


def _some(random: Random, known: Sequence[str], share: float) -> list[str]:
    return [one for one in known if random.random() < share]


def _typo(random: Random, text: str) -> str:
    place = random.randrange(len(text)) if text else 0
    letter = random.choice(string.ascii_lowercase)
    return random.choice(
        (
            text[:place] + letter + text[place + 1 :],
            text[:place] + text[place + 1 :] if len(text) > 2 else text,
            text[:place] + letter + text[place:],
            text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :],
        )
    )


def _variant(random: Random, name: str) -> str:
    for whole, forms in _variants().items():
        if name.lower() == whole or name in forms:
            return random.choice((whole.title(), *forms))
    return name


def _digit_wrong(random: Random, born: date) -> date:
    for _ in range(20):
        digits = list(born.isoformat())
        digits[random.choice((2, 3, 5, 6, 8, 9))] = random.choice(string.digits)
        try:
            return date.fromisoformat("".join(digits))
        except ValueError:
            continue
    return born


def _number_typo(random: Random, number: str) -> str:
    place = random.randrange(1, len(number)) if number else 0
    return number[:place] + random.choice(string.digits) + number[place + 1 :] if number else ""


def _moved(random: Random, child: Described) -> Described:
    home = _home(random)
    return replace(child, address=home.address, postcode=home.postcode, ward=home.ward)


def _moved_and_says_from_where(random: Random, child: Described) -> Described:
    """Move, as `_moved`; whoever writes it down this time was told the former postcode too."""
    known = [child.postcode] if child.postcode else []
    return replace(_moved(random, child), other_postcodes=known)


def _new_numbers(random: Random, child: Described) -> Described:
    return replace(child, phones=[_mobile(random), *child.phones[1:]])


def _people_misspelt(random: Random, child: Described) -> Described:
    return replace(child, household=[_typo(random, one) for one in child.household])


def _new_name(random: Random) -> str:
    return "".join(random.choice(_SYLLABLES) for _ in range(2)).title()


def _another_name_used(random: Random, child: Described) -> Described:
    return replace(child, given_name=_variant(random, child.given_name), known_as=child.given_name)


def _on_birth(change: Callable[[Random, date], date | None]) -> Callable[[Random, Described], Described]:
    def mistake(random: Random, child: Described) -> Described:
        born = child.date_of_birth
        return child if born is None else replace(child, date_of_birth=change(random, born))

    return mistake


# How often a second record differs, and how: own estimate, no statement about any agency.
_MISTAKES: tuple[tuple[float, Mistake], ...] = (
    (0.08, lambda random, child: replace(child, given_name=_typo(random, child.given_name))),
    (0.08, lambda random, child: replace(child, given_name=_variant(random, child.given_name))),
    (0.03, _another_name_used),
    (0.08, lambda random, child: replace(child, family_name=_typo(random, child.family_name))),
    (0.04, lambda random, child: replace(child, family_name=_variant(random, child.family_name))),
    (0.03, lambda random, child: replace(child, family_name=random.choice(child.family_name.split("-")))),
    (0.03, lambda random, child: replace(child, family_name=_new_name(random))),
    (0.015, lambda random, child: replace(child, family_name="")),
    (0.015, lambda random, child: replace(child, given_name=child.family_name, family_name=child.given_name)),
    (0.03, _on_birth(_digit_wrong)),
    (0.015, _on_birth(lambda random, born: day_and_month_exchanged(born) or born)),
    (0.015, _on_birth(lambda random, born: born + timedelta(days=random.randrange(-20, 20)))),
    (0.01, _on_birth(lambda random, born: born + timedelta(days=random.choice((-365, 366))))),
    (0.03, _on_birth(lambda random, born: None)),
    (0.02, lambda random, child: replace(child, nhs_number=_number_typo(random, child.nhs_number))),
    (0.02, lambda random, child: replace(child, upn=_number_typo(random, child.upn))),
    (0.12, _moved),
    (0.15, lambda random, child: replace(child, address=_typo(random, child.address))),
    (0.06, lambda random, child: replace(child, postcode="")),
    (0.04, lambda random, child: replace(child, address="", postcode="", ward="")),
    (0.15, _new_numbers),
    (0.08, lambda random, child: replace(child, phones=[_number_typo(random, one) for one in child.phones])),
    (0.10, _people_misspelt),
    (0.10, lambda random, child: replace(child, household=[plain(f"{_new_name(random)} {_new_name(random)}")])),
    (0.03, lambda random, child: replace(child, sex="")),
    (0.004, lambda random, child: replace(child, sex="M" if child.sex == "F" else "F")),
)

# A family that begins anew elsewhere, with whatever telephone and people it keeps.
NEW_NAME_AND_HOME: tuple[Mistake, ...] = (
    lambda random, child: replace(child, family_name=_new_name(random)),
    _moved,
)
# The same, and the former home is written down as a further address.
NEW_NAME_AND_HOME_TOLD: tuple[Mistake, ...] = (NEW_NAME_AND_HOME[0], _moved_and_says_from_where)
