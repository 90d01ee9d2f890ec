"""Made-up children: a name, a birthday, a home and a school that fit; brothers and sisters share a family."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from backend.children.match_keys import day_and_month_exchanged
from backend.demonstration import material
from backend.demonstration.material import School

_YEAR = timedelta(days=365.25)
_PREGNANCY_LEFT = (30, 200)
_SCHOOL_NOT_KNOWN, _NUMBER_KNOWN = 0.12, 0.3
_HOUSES = 120
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Home:
    """What brothers and sisters share."""

    origin: str
    family_name: str
    language: str
    ethnicity: str
    address: str
    postcode: str
    ward: str


@dataclass(frozen=True, slots=True)
class Child:
    """One made-up child. An unborn one has an expected date, no name of its own and no sex."""

    home: Home
    given_name: str
    sex: str
    born_on: date | None
    expected_on: date | None
    school: str
    nhs_number: str

    def age_on(self, day: date) -> int:
        """Return the age in whole years; 0 for an unborn child."""
        if self.born_on is None:
            return 0
        before_birthday = (day.month, day.day) < (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - before_birthday

    @property
    def called(self) -> str:
        """Return the name people use."""
        return self.given_name or "the baby"


def make_home(random: Random) -> Home:
    """Return a home anywhere in the city, with an origin in proportion to its weight."""
    origins = material.rows("origins")
    origin = random.choices(origins, [int(row["weight"]) for row in origins])[0]
    street = random.choice(material.rows("streets"))
    return Home(
        origin=origin["origin"],
        family_name=random.choice(material.names("family", origin["origin"])),
        language=random.choice(origin["languages"].split("|")),
        ethnicity=random.choice(origin["ethnicities"].split("|")),
        address=f"{random.randint(1, _HOUSES)} {street['street']}",
        postcode=street["postcode"],
        ward=street["ward"],
    )


def make_child(random: Random, home: Home, *, age: int, on: date, sex: str, school: School | None) -> Child:
    """Return a child of `home` who has this age on that day; `sex` "any" leaves it open, `school` None chooses one."""
    chosen = sex if sex in ("F", "M") else random.choice("FM")
    given = random.choice(material.names("given", home.origin, chosen))
    return Child(
        home=home,
        given_name=given,
        sex=chosen,
        born_on=_birthday(random, age, on),
        expected_on=None,
        school=school.name if school else _school(random, age, home),
        nhs_number=_nhs_number(random) if random.random() < _NUMBER_KNOWN else "",
    )


def written_otherwise(random: Random, child: Child, *, on: date) -> Child:
    """Return a child as another agency may write it down on a day: misspelt, day and month exchanged, or moved."""
    home = child.home
    kind = random.randrange(3)
    exchanged = day_and_month_exchanged(child.born_on)
    # Never before the true day, which might make somebody too old, nor after today.
    if kind == 0 and exchanged is not None and child.born_on is not None and child.born_on < exchanged <= on:
        return replace(child, born_on=exchanged, nhs_number="")
    if kind == 1 and len(home.family_name) > _SHORT:
        return replace(child, home=replace(home, family_name=_exchanged(random, home.family_name)), nhs_number="")
    if len(child.given_name) > _SHORT:
        return replace(child, given_name=_exchanged(random, child.given_name))
    street = random.choice(material.rows("streets"))
    address = f"{random.randint(1, _HOUSES)} {street['street']}"
    return replace(child, home=replace(home, address=address, postcode=street["postcode"], ward=street["ward"]))


def _exchanged(random: Random, name: str) -> str:
    """Return a name with two unlike neighbouring letters exchanged, never the first."""
    places = [place for place in range(1, len(name) - 1) if name[place] != name[place + 1]]
    place = random.choice(places)
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def make_unborn(random: Random, home: Home, *, on: date) -> Child:
    """Return a child who is expected some months after that day."""
    due = on + timedelta(days=random.randint(*_PREGNANCY_LEFT))
    return Child(home, "", "U", None, due, "", "")


def _birthday(random: Random, age: int, on: date) -> date:
    """Return a day on which somebody of this age on `on` was born, a few days clear of both ends."""
    return on - timedelta(days=(age * _YEAR).days + random.randint(8, 355))


def _school(random: Random, age: int, home: Home) -> str:
    open_to = [school for school in material.schools() if school.takes(age) and not school.agency]
    if not open_to or random.random() < _SCHOOL_NOT_KNOWN:
        return ""
    near = [school for school in open_to if school.ward == home.ward]
    return random.choice(near or open_to).name


def _nhs_number(random: Random) -> str:
    """Return a number from the range 999, which is kept for tests and belongs to nobody."""
    while True:
        body = f"999{random.randrange(1_000_000):06d}"
        check = -sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), body, strict=True)) % 11
        if check < 10:
            return f"{body}{check}"
