"""The cells of the matrix: every route × method × role × relation × overlay, and asking one of them through HTTP.

Without an overlay tests/api/routes has the relations of each kind of record in three roles; here are the others. Left
out is only what another cell says already: an overlay does the same to every write, so each is asked at one relation,
and in every role, so the manager is asked, who may do most. Who broke the glass is whoever may: somebody to whom the
record is closed (access.md, The table), in the roles that can.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple
from zlib import crc32

from django.http import HttpResponse

from backend.access.relations import Relation
from backend.agencies.roles import Role
from tests.actors import Browser, browser_of
from tests.api.asking import asked
from tests.api.places import PLACES, WITHOUT_RECORD
from tests.routes import SOMETHING, Route, routes
from tests.world import World

ROLES = tuple(role for role in Role if role is not Role.SYSTEM)
# Asked by tests/api/test_routes.py at every relation that is not among those beside.
IN_ROUTES = (Role.PRACTITIONER, Role.TRIAGE_OFFICER, Role.MANAGER)
NO_OVERLAY, CONFLICT, SEALED, NAMED, BREAK_GLASS = "none", "conflict", "sealed", "named", "break_glass"
OVERLAYS = (NO_OVERLAY, CONFLICT, SEALED, NAMED, BREAK_GLASS)
# Who may break the glass.
BREAKING = (Role.TRIAGE_OFFICER, Role.CASE_WORKER, Role.MANAGER)
# Which of the world's records an overlay is laid over.
_COPY = {CONFLICT: "/conflict", SEALED: "/sealed", NAMED: "/sealed"}
# A route about no record is asked once in each role.
NOWHERE = "-"


class Stand(NamedTuple):
    """Where somebody stands: what it is called, at which record of the world, and who of the cast stands there."""

    relation: str
    record: str
    cast: Relation


class Cell(NamedTuple):
    """One question of the matrix."""

    route: str
    method: str
    overlay: str
    relation: str
    role: str


# Beside those of PLACES: relations that only another record of the same kind has, or has under another name.
_BESIDES: Mapping[str, tuple[Stand, ...]] = {
    "/api/v1/referrals/": (
        *(Stand(relation, "cased", relation) for relation in (Relation.WORKER, Relation.UNIT, Relation.LEAD)),
        *(Stand(relation, "challenged", relation) for relation in (Relation.DISAGREEING, Relation.ANSWERING)),
        Stand(Relation.LINKED, "linked", Relation.HOLDER),
    ),
    "/api/v1/cases/": (
        Stand(Relation.OFFERED_LEAD, "case", Relation.HOLDER),
        Stand(Relation.FORMER, "case", Relation.FORMER),
        Stand(Relation.INVITED, "case", Relation.INVITED),
    ),
}


@dataclass
class Asking:
    """The people of the world at one browser each, under one overlay."""

    world: World
    overlay: str
    _browsers: dict[tuple[Relation, Role], Browser] = field(default_factory=dict)

    def ask(self, route: Route, method: str, stand: Stand, role: Role) -> str:
        """The status of the answer, and its code where it is a refusal."""
        answer = self.answer(route, method, stand, role)
        code = answer.json().get("code", "") if answer.status_code >= 400 else ""
        return f"{answer.status_code},{code}"

    def answer(self, route: Route, method: str, stand: Stand, role: Role) -> HttpResponse:
        """What somebody is answered who stands there."""
        return asked(self.browser(stand.cast, role), route, method, self.path(route, stand))

    def path(self, route: Route, stand: Stand) -> str:
        """The address of the route at the record somebody stands at."""
        return route.path.replace(str(SOMETHING), str(self.record(stand)))

    def record(self, stand: Stand) -> object:
        """The key of that record, in the copy that the overlay is laid over."""
        return self.world.records[stand.record + _COPY.get(self.overlay, "")] if stand.record else SOMETHING

    def browser(self, cast: Relation, role: Role) -> Browser:
        """Whoever plays this part."""
        if (cast, role) not in self._browsers:
            self._browsers[cast, role] = browser_of(self.world.who(cast, role))
        return self._browsers[cast, role]


def prefix_of(route: Route) -> str:
    """The kind of record a route is about: the start of its address, or nothing for a route about none."""
    if route.name in WITHOUT_RECORD:
        return ""
    return next(prefix for prefix in PLACES if route.path.startswith(prefix))


def stands_of(prefix: str) -> tuple[Stand, ...]:
    """Everybody who asks the routes about one kind of record."""
    if not prefix:
        return (Stand(NOWHERE, "", Relation.NONE),)
    record, relations = PLACES[prefix]
    return (*(Stand(relation, record, relation) for relation in relations), *_BESIDES.get(prefix, ()))


def asked_routes(prefix: str, *, left_out: frozenset[str]) -> list[Route]:
    """The routes about one kind of record that the matrix asks."""
    return [route for route in routes() if route.name not in left_out and prefix_of(route) == prefix]


def cells_of(route: Route, overlay: str) -> Iterator[tuple[Cell, Stand]]:
    """Every cell of a route under one overlay."""
    prefix = prefix_of(route)
    if prefix or overlay == NO_OVERLAY:
        for method, stand in product(route.methods, stands_of(prefix)):
            for role in _roles_asked(route, method, overlay, stand):
                yield Cell(route.name, method, overlay, stand.relation, role.value), stand


def _roles_asked(route: Route, method: str, overlay: str, stand: Stand) -> Collection[Role]:
    prefix = prefix_of(route)
    is_first, is_beside = stand == stands_of(prefix)[0], stand in _BESIDES.get(prefix, ())
    if not prefix:
        return ROLES
    if overlay == NO_OVERLAY:
        beside = IN_ROUTES if method == "GET" else (Role.MANAGER,)
        return beside if is_beside else [role for role in ROLES if role not in IN_ROUTES] if is_first else ()
    if overlay == BREAK_GLASS:
        asking = BREAKING if method == "GET" else (Role.MANAGER,)
        return asking if _is_closed(stand) else ()
    return (Role.MANAGER,) if is_first or (method == "GET" and not is_beside) else ()


def _is_closed(stand: Stand) -> bool:
    """Whether they may break the glass there: who held a record before may, but a disagreement is at what they hold."""
    return stand.cast is Relation.NONE or (stand.cast is Relation.FORMER and stand.record != "disagreement")


def is_in_spread(cell: Cell, *, one_of: int) -> bool:
    """Say whether a cell is among the fixed few that every run asks."""
    return crc32(" ".join(cell).encode()) % one_of == 0
