"""The whole matrix: every route × method × role × relation × overlay through HTTP, as one reviewed table (access.md).

Every run compares which cells there are and asks a fixed few of them; `make test-deep` asks them all. After a change:
`WRITE_GOLDEN=1 make test-deep ARGS="tests/access/test_matrix.py -n 0"` (`-k cases` asks one kind of record;
WRITE_GOLDEN=new asks only routes that are not in the table yet, or not under an overlay), and look at the difference.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from backend.access.models import Named
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from tests.access import matrix
from tests.access.breaking import break_glass
from tests.access.cells import (
    BREAK_GLASS,
    NAMED,
    OVERLAYS,
    Asking,
    asked_routes,
    cells_of,
    is_in_spread,
)
from tests.api.places import PLACES
from tests.routes import everywhere
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

PREFIXES = ["", *PLACES]
# How many routes the matrix leaves out: fewer is fine, more is not.
LEFT_OUT = 27
# Every run asks one of so many cells.
SPREAD = 60


@pytest.fixture(scope="module", params=OVERLAYS)
def overlay(request: pytest.FixtureRequest, world: World, django_db_blocker: Any) -> Iterator[str]:
    """One overlay after the other; who is named on a seal is committed, and taken off again."""
    if request.param != NAMED:
        yield request.param
        return
    people = Membership.objects.filter(pk__in=set(world.cast.values())).values_list("user_id", flat=True)
    sealed = {pk for name, pk in world.records.items() if name.endswith(" child/sealed")}
    with django_db_blocker.unblock():
        rows = [Named(user_id=person, child_id=child) for person in sorted(set(people)) for child in sealed]
        Named.objects.using("owner").bulk_create(rows)
    yield request.param
    with django_db_blocker.unblock():
        Named.objects.using("owner").filter(pk__in=[row.pk for row in rows]).delete()


def _ask(world: World, overlay: str, prefix: str, *, one_of: int = 1, only_new: bool = False) -> matrix.Answers:
    asking = Asking(world, overlay)
    known = {(cell.route, cell.overlay) for cell in matrix.reviewed()} if only_new else set()
    return {
        cell: asking.ask(route, cell.method, stand, Role(cell.role))
        for route in asked_routes(prefix, left_out=frozenset(matrix.left_out()))
        if (route.name, overlay) not in known
        for cell, stand in cells_of(route, overlay)
        if is_in_spread(cell, one_of=one_of)
    }


def test_every_route_is_in_the_matrix_or_says_why_not() -> None:
    left_out = matrix.left_out()
    asked = {
        cell
        for prefix in PREFIXES
        for route in asked_routes(prefix, left_out=frozenset(left_out))
        for overlay in OVERLAYS
        for cell, _stand in cells_of(route, overlay)
    }
    reviewed = matrix.reviewed()
    assert {cell.route for cell in asked} | set(left_out) == {route.name for route in everywhere()}
    assert asked == reviewed.keys(), sorted({cell.route for cell in asked ^ reviewed.keys()})
    assert len(left_out) <= LEFT_OUT, "this list may only shrink"
    assert all(len(why) > 20 for why in left_out.values())


def test_a_fixed_spread_of_the_cells_answers_as_reviewed(world: World, overlay: str) -> None:
    if overlay == BREAK_GLASS:
        break_glass(world)
    found: matrix.Answers = {}
    for prefix in PREFIXES:
        found |= _ask(world, overlay, prefix, one_of=SPREAD)
    matrix.compare(found)


@pytest.mark.deep
@pytest.mark.timeout(0)
@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_cell_answers_as_reviewed(world: World, overlay: str, prefix: str) -> None:
    if overlay == BREAK_GLASS:
        break_glass(world)
    matrix.compare(_ask(world, overlay, prefix, only_new=os.environ.get("WRITE_GOLDEN") == "new"))
