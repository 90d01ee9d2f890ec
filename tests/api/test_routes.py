"""Every route × method × actor: what a request earns, as one reviewed table, and as the permission table says."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from itertools import product
from pathlib import Path
from uuid import UUID

import pytest

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.binding import bind
from backend.access.permissions import Permission
from backend.access.relations import Relation
from backend.agencies.roles import Role
from backend.core import clock
from backend.workflow import confirmations
from backend.workflow.views import TransitionView
from tests import golden
from tests.actors import Browser, browser_of
from tests.api.access_rows import access_rows
from tests.api.asking import asked
from tests.api.listed import LISTED
from tests.api.places import LISTS, PLACES, WITHOUT_RECORD
from tests.architecture.test_urls import TOUCHES_NO_CHILD
from tests.edges import INPUTS, good_input
from tests.routes import SOMETHING, Route, routes
from tests.spread import PART_AND_WHOLE, is_in_turn
from tests.world import CASED, CHALLENGED, HEARING, MOVING, PROVIDING, TEAMED, World

pytestmark = pytest.mark.django_db

REVIEWED = Path(__file__).with_name("routes")
# A case worker may do here what a practitioner may (policy.csv says so cell by cell).
ROLES = (Role.PRACTITIONER, Role.TRIAGE_OFFICER, Role.MANAGER)
_HEAD = "route,method,relation," + ",".join(ROLES)
ROUTES = [route for route in routes() if route.name not in WITHOUT_RECORD]
_WITHOUT_CHILDREN = [Role.PARTNERSHIP_ANALYST, Role.INFORMATION_GOVERNANCE, Role.SYSTEM_ADMINISTRATOR]
_OVERLAYS = ["", "conflict", "sealed"]


def _place(route: Route) -> tuple[str, tuple[Relation, ...]]:
    return next(place for prefix, place in PLACES.items() if route.path.startswith(prefix))


def _browsers(world: World) -> Callable[[Relation, Role], Browser]:
    """Each person of the world at one browser, however many routes they ask."""
    return cache(lambda relation, role: browser_of(world.who(relation, role)))


def _status(browser: Browser, route: Route, method: str, path: str) -> int:
    """One request that leaves nothing behind; whatever it earns, it would have left one access row."""
    with access_rows() as rows:
        answer = asked(browser, route, method, path)
    assert len(rows) == (route.name not in TOUCHES_NO_CHILD), (route.name, method, answer.status_code)
    return answer.status_code


def test_every_route_is_in_the_table_or_needs_no_record() -> None:
    for route in ROUTES:
        assert any(route.path.startswith(prefix) for prefix in PLACES), f"{route.name}: say which record it is about"
    assert {route.name for route in routes()} >= WITHOUT_RECORD


@pytest.mark.deep
@pytest.mark.parametrize("prefix", PLACES)
def test_every_route_method_and_actor_answers_as_reviewed(world: World, prefix: str) -> None:
    """One table for each kind of record; allowed or not is compared with the permission table on the way."""
    lines = [_HEAD]
    for key, found in _answers(world, prefix, lambda _route, _relation: ROLES):
        lines.append(",".join([*key, *map(str, found.values())]))
    golden.compare(_table(prefix), "\n".join([*lines, ""]))


@pytest.mark.parametrize("prefix", PLACES)
def test_half_the_lines_of_the_tables_are_true_of_one_role(world: World, prefix: str) -> None:
    """In every run, half of the routes and relations are asked by one of the three: all of it is `make test-deep`."""
    with _table(prefix).open(encoding="utf-8", newline="") as file:
        reviewed = {(line["route"], line["method"], line["relation"]): line for line in csv.DictReader(file)}
    asked_for = set()
    for key, found in _answers(world, prefix, _in_turn):
        asked_for.add(key)
        for role, status in found.items():
            assert str(status) == reviewed.get(key, {}).get(role), (key, role, status)
    assert asked_for == set(reviewed), "the table has lines of routes or relations that are gone"


def _table(prefix: str) -> Path:
    return REVIEWED / f"{prefix.split('/')[3]}.csv"


def _in_turn(route: Route, relation: Relation) -> tuple[Role, ...]:
    """Nobody for every second line, and one of the three for the others."""
    line = f"{route.name} {relation}"
    return tuple(role for turn, role in enumerate(ROLES) if is_in_turn(line, one_of=2 * len(ROLES), turn=turn))


def _answers(
    world: World, prefix: str, who: Callable[[Route, Relation], tuple[Role, ...]]
) -> Iterator[tuple[tuple[str, str, str], dict[Role, int]]]:
    """Yield route, method and relation, and what each role asked is answered: what the permission table says."""
    record, relations = PLACES[prefix]
    browsers, standing_of = _browsers(world), cache(partial(_standing, world, record))
    for route in (route for route in ROUTES if route.path.startswith(prefix)):
        path = route.path.replace(str(SOMETHING), str(world.records[record]))
        for method, relation in product(route.methods, relations):
            roles = who(route, relation)
            with clock.at(_soon_after(world)):
                found = {role: _status(browsers(relation, role), route, method, path) for role in roles}
            assert all(status < 500 and status != 401 for status in found.values()), (route.name, found)
            if issubclass(route.view_class, TransitionView):
                machine = route.view_class.machine
                permission = machine.edges[route.view_class.edge].permission
                expected = {role: standing_of(machine.noun, relation, role).earns(permission) for role in roles}
                assert found == expected, (route.name, relation)
            yield (route.name.removeprefix("api:"), method, relation), found


def _soon_after(world: World) -> datetime:
    """Five minutes after its document was laid in it, as its id says: for ten minutes it may be taken back."""
    return datetime.fromtimestamp((world.records["document"].int >> 80) / 1000, UTC) + timedelta(minutes=5)


@dataclass(frozen=True)
class _Standing:
    """Somebody and a record: whether they see it, and in which relations they stand to it."""

    who: Actor
    sees: bool
    stands: frozenset[Relation]

    def earns(self, permission: Permission) -> int:
        """Allowed ends at 409 (the version is too old); seen but not allowed is 403; not seen is 404."""
        if not self.sees:
            return 404
        return 409 if policy.allows(self.who, permission, self.stands) else 403


def _standing(world: World, record: str, noun: str, relation: Relation, role: Role) -> _Standing:
    who = world.who(relation, role)
    bind(who.membership_id)
    sees = confirmations.machines[noun].visible_to(who).filter(pk=world.records[record]).exists()
    return _Standing(who, sees, queries.relations_to(who, _root(world, record)))


def _root(world: World, record: str) -> UUID:
    return world.records[
        {
            "question": "moving",
            "confirmation": "moving",
            "transfer": "case",
            "task": "case",
            "document": "case",
            "assessment": "case",
            "goal": "case",
            "score": "case",
            "meeting": "case",
            "note": "case",
            "action": "case",
            "member": "case",
            "relationship": "case",
            "lead request": "case",
            "session": "intervention",
        }.get(record, record)
    ]


@PART_AND_WHOLE
@pytest.mark.parametrize("role", _WITHOUT_CHILDREN)
def test_a_role_without_children_is_refused_by_every_route(world: World, role: Role, whole: bool) -> None:
    """Even a person who made the referral, once they act as an administrator."""
    browsers, turn = _browsers(world), _WITHOUT_CHILDREN.index(role)
    for route in (one for one in ROUTES if whole or is_in_turn(one.name, one_of=3, turn=turn)):
        record, relations = _place(route)
        browser = browsers(relations[0], role)
        path = route.path.replace(str(SOMETHING), str(world.records[record]))
        for method in route.methods:
            status = _status(browser, route, method, path)
            # The list of questions to a second person is everybody's; it is empty for who decides nothing. Who governs
            # the information asks for a seal of what its agency keeps, unread (tests/cases/test_asking_for_a_seal.py).
            is_asking = role is Role.INFORMATION_GOVERNANCE and route.name.startswith(("api:seal", "api:referral-seal"))
            assert status in (403, 404) or route.name == "api:confirmations" or is_asking, (route.name, method, status)


@PART_AND_WHOLE
@pytest.mark.parametrize("overlay", _OVERLAYS)
def test_not_yours_and_not_there_are_the_same_bytes(world: World, overlay: str, whole: bool) -> None:
    """Without any relation, or with one that a conflict or a seal takes away, nothing is learned from an answer."""
    browsers, turn = _browsers(world), _OVERLAYS.index(overlay)
    for route in (one for one in ROUTES if whole or is_in_turn(one.name, one_of=3, turn=turn)):
        if route.name in LISTS:
            continue
        record, relations = _place(route)
        relation, role = (relations[1], Role.MANAGER) if overlay else (Relation.NONE, Role.MANAGER)
        name = f"{record}{'/' if overlay else ''}{overlay}"
        browser = browsers(relation, role)
        for method in route.methods:
            answers = []
            for key in (world.records[name], SOMETHING):
                path = route.path.replace(str(SOMETHING), str(key))
                answer = asked(browser, route, method, path)
                headers = {key: value for key, value in answer.headers.items() if key != "Content-Length"}
                answers.append((answer.status_code, answer.content, headers))
            assert answers[0] == answers[1], (route.name, method)
            assert answers[0][0] == 404, (route.name, method, answers[0])


@PART_AND_WHOLE
def test_lists_leave_out_what_a_conflict_or_a_seal_takes_away(world: World, whole: bool) -> None:
    # A meeting is about no child: that it takes place is nothing to leave out.
    hidden = [str(pk) for name, pk in world.records.items() if "/" in name and not name.startswith("panel/")]
    for relation in (*MOVING, *CASED, *TEAMED, *PROVIDING, *HEARING, *CHALLENGED):
        browser = browser_of(world.who(relation, Role.MANAGER))
        for path in _listed(relation, whole=whole):
            answer = browser.get(path)
            assert answer.status_code == 200
            assert not any(key in answer.content.decode() for key in hidden), (path, relation)


def _listed(who: str, *, whole: bool) -> Iterator[str]:
    """The lists whose turn it is, others for each who reads them."""
    yield from (path for path in (*LISTED, "work/") if whole or is_in_turn(f"{who} {path}", one_of=3))


@PART_AND_WHOLE
def test_list_ids_are_ids_whose_detail_answers(world: World, whole: bool) -> None:
    for relation, role in product(
        (*MOVING, *CASED, *TEAMED, *PROVIDING, *HEARING, *CHALLENGED), (Role.PRACTITIONER, Role.MANAGER)
    ):
        browser = browser_of(world.who(relation, role))
        for path in _listed(f"{relation} {role}", whole=whole):
            if path == "work/":
                continue
            answer = browser.get(path)
            assert answer.status_code == 200, (path, relation, role)
            detail = path.partition("?")[0]
            for row in answer.json()["results"][:2]:
                assert browser.get(f"{detail}{row['id']}/").status_code == 200, (path, relation, role)


def test_input_makers_know_every_edge() -> None:
    for noun, edges in INPUTS.items():
        for edge, input_class in edges.items():
            made = input_class(data={**good_input(noun, edge), "version": 1})
            assert made.is_valid(), (noun, edge, made.errors)
