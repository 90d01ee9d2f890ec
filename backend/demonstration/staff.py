"""Who does what in the city: the made-up staff by agency and role, and a fair turn for each."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from backend.agencies.roles import Role
from backend.demonstration import material

FRONT_DOOR = "front-door"
# The case worker of the one-click sign-in has about a dozen cases, a few more than the others.
BUSIEST, _MORE = "Rukhsana Malik", 7
_REFERS = (Role.PRACTITIONER, Role.CASE_WORKER, Role.TRIAGE_OFFICER, Role.MANAGER)


@dataclass(frozen=True, slots=True, order=True)
class Seat:
    """One person in one role in one agency: what an actor is made from once there is a database."""

    email: str
    agency: str
    role: str


@cache
def seats() -> Mapping[str, tuple[Seat, ...]]:
    """Return everybody by agency, second memberships too."""
    found: dict[str, list[Seat]] = {}
    for person in material.people():
        for place in (person, *person["other_memberships"]):
            found.setdefault(place["agency"], []).append(Seat(person["email"], place["agency"], place["role"]))
    return {agency: tuple(people) for agency, people in found.items()}


def named(name: str) -> Seat:
    """Return the seat of a person by name; raise StopIteration for nobody."""
    person = next(person for person in material.people() if person["name"] == name)
    return Seat(person["email"], person["agency"], person["role"])


def with_role(agency: str, *roles: Role) -> list[Seat]:
    """Return the people of an agency in any of the roles."""
    return [seat for seat in seats().get(agency, ()) if seat.role in roles]


def of_kind(kind: str) -> list[str]:
    """Return the agencies of a kind that have people."""
    return [slug for slug, agency in material.agencies().items() if agency["kind"] == kind and slug in seats()]


def ages_of(agency: str) -> tuple[int, int]:
    """Return the youngest and oldest age an agency works with."""
    youngest, oldest = material.agencies()[agency]["ages"]
    return youngest, oldest


class Turns:
    """Hands out work in turn, so that nobody has everything and a case worker has about a dozen cases."""

    def __init__(self, random: Random, gone: Collection[Seat] = ()) -> None:
        self._random = random
        self._gone = frozenset(gone)
        self._had: Counter[tuple[str, Seat]] = Counter()
        self._had["works", named(BUSIEST)] = -_MORE

    def referrer(self, agency: str) -> Seat:
        """Return somebody of the agency who refers: practitioners before managers."""
        for role in _REFERS:
            people = with_role(agency, role)
            if people:
                # One practitioner alone would send everything: their manager sends some.
                return self._next("refers", people if len(people) > 1 else people + with_role(agency, Role.MANAGER))
        raise LookupError(f"nobody refers from {agency}")

    def officer(self, agency: str, *, but: Iterable[Seat] = ()) -> Seat:
        """Return a triage officer of an agency, else one of its managers, but none of `but`."""
        people = [seat for seat in with_role(agency, Role.TRIAGE_OFFICER) if seat not in set(but)]
        return self._next("triages", people or with_role(agency, Role.MANAGER))

    def manager(self, agency: str, *, but: Iterable[Seat] = ()) -> Seat:
        """Return a manager of an agency, another than `but` where there is one."""
        people = with_role(agency, Role.MANAGER)
        return self._next("manages", [seat for seat in people if seat not in set(but)] or people)

    def worker(self, agency: str) -> Seat:
        """Return the case worker with the fewest cases; where there is none, somebody else of the agency."""
        people = with_role(agency, Role.CASE_WORKER) or with_role(agency, Role.PRACTITIONER, Role.MANAGER)
        return self._next("works", people)

    def answerer(self, agency: str) -> Seat:
        """Return who answers a question put to an agency."""
        people = with_role(agency, Role.PRACTITIONER, Role.CASE_WORKER)
        return self._next("answers", people or with_role(agency, *_REFERS))

    def _next(self, duty: str, people: list[Seat]) -> Seat:
        here = [seat for seat in people if seat not in self._gone]
        fewest = min(self._had[duty, seat] for seat in here)
        chosen = self._random.choice([seat for seat in here if self._had[duty, seat] == fewest])
        self._had[duty, chosen] += 1
        return chosen
