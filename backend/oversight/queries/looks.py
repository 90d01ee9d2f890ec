"""Who looked: rows of the access log put together to visits, as app.looks lets somebody have them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection

from backend.access.actors import Actor
from backend.agencies.models import Agency, Membership, User
from backend.children.names import name_key
from backend.oversight.words import said

# The rows of one page of what somebody looked at; a page that is opened writes five or six.
ROWS = 200
# What one person did without a longer pause than this is one visit.
_PAUSE = timedelta(minutes=15)
_MOST_PEOPLE = 20
_LOOKS = "SELECT * FROM app.looks(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
_MEANT = "SELECT * FROM app.children_meant(%s, %s, %s)"
Place = tuple[datetime, UUID]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which looks somebody wants to see; nothing named is all of them."""

    case_id: UUID | None = None
    child_id: UUID | None = None
    person_id: UUID | None = None
    agency_id: UUID | None = None
    kind: str = ""
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """One row of the log."""

    id: UUID
    at: datetime
    user_id: UUID | None
    agency_id: UUID | None
    role: str
    kind: str
    label: str
    status: int
    records: list[str]
    in_emergency: bool


@dataclass(slots=True)
class Visit:
    """What one person did in one go: from when to when, in which parts of which records, and whether it was refused."""

    latest: Look
    since: datetime
    is_refused: bool
    in_emergency: bool = False
    did: list[str] = field(default_factory=list)
    records: list[str] = field(default_factory=list)

    def take(self, look: Look) -> None:
        """Add an earlier look to it."""
        self.since = look.at
        self.in_emergency = self.in_emergency or look.in_emergency
        words = said(look.label, look.kind)
        self.did = list(dict.fromkeys([*self.did, words]))
        self.records = list(dict.fromkeys([*self.records, *look.records]))

    def goes_on_with(self, look: Look) -> bool:
        """Say whether an earlier look belongs to it."""
        same = (look.user_id, look.agency_id, look.role) == (
            self.latest.user_id,
            self.latest.agency_id,
            self.latest.role,
        )
        return same and self.is_refused == is_refused(look) and self.since - look.at <= _PAUSE


@dataclass(frozen=True, slots=True)
class Meant:
    """A child, as whoever governs the information finds it."""

    id: UUID
    given_name: str
    family_name: str
    date_of_birth: date | None
    records: list[str]


def looks(asked: Asked, before: Place | None) -> list[Look]:
    """Return a page of looks and one more, the latest first; nothing for whom the database does not tell."""
    at, key = before or (None, None)
    values = [asked.case_id, asked.child_id, asked.person_id, asked.agency_id, asked.kind, asked.refused, at, key]
    with connection.cursor() as cursor:
        cursor.execute(_LOOKS, [*values, ROWS + 1])
        return [Look(*row) for row in cursor.fetchall()]


def visits(rows: Iterable[Look]) -> list[Visit]:
    """Put rows that belong together to visits, as long as nobody else's come between them."""
    return list(_visits(rows))


def _visits(rows: Iterable[Look]) -> Iterator[Visit]:
    visit: Visit | None = None
    for look in rows:
        if visit is None or not visit.goes_on_with(look):
            if visit:
                yield visit
            visit = Visit(look, look.at, is_refused(look))
        visit.take(look)
    if visit:
        yield visit


def is_refused(look: Look) -> bool:
    """Say whether the answer was that they may not, or that there is no such thing: also in an emergency."""
    return look.status in (403, 404) or (look.label == "break_glass.open" and look.status in (401, 409))


def names_of(rows: Sequence[Visit]) -> tuple[dict[UUID, str], dict[UUID, str]]:
    """Return the names of the people and of the agencies of a page."""
    people = User.objects.filter(pk__in={row.latest.user_id for row in rows if row.latest.user_id})
    agencies = Agency.objects.filter(pk__in={row.latest.agency_id for row in rows if row.latest.agency_id})
    return dict(people.values_list("id", "name")), dict(agencies.values_list("id", "name"))


def children_meant(*, reference: str, given_name: str, family_name: str, born: date | None) -> list[Meant]:
    """Return the children that a reference, or an exact name and date of birth, stands for."""
    named = name_key(given_name, family_name) if given_name and family_name and born else ""
    with connection.cursor() as cursor:
        cursor.execute(_MEANT, [reference, named, born])
        return [Meant(*row) for row in cursor.fetchall()]


def people_called(actor: Actor, words: str) -> list[tuple[Any, ...]]:
    """Return (id, name, agency, role) of people of the partnership whose name has these words."""
    found = Membership.objects.filter(agency__partnership_id=actor.partnership_id, user__name__icontains=words)
    rows = found.order_by("user__name", "user_id", "started_at").values_list(
        "user_id", "user__name", "agency__name", "role"
    )
    return list(islice({row[0]: row for row in rows[: _MOST_PEOPLE * 4]}.values(), _MOST_PEOPLE))


def person_named(actor: Actor, person_id: UUID) -> str | None:
    """Return the name of a person of the partnership."""
    here = Membership.objects.filter(agency__partnership_id=actor.partnership_id, user_id=person_id)
    return here.values_list("user__name", flat=True).first()


def agencies_of(actor: Actor) -> list[tuple[UUID, str]]:
    """Return the agencies of the partnership by name, for the choice of one."""
    return list(Agency.objects.filter(partnership_id=actor.partnership_id).order_by("name").values_list("id", "name"))
