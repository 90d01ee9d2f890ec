"""Row security alone: with the policy and every queryset opened on purpose, no read shows what is not somebody's."""

from collections.abc import Iterator, Sequence
from itertools import product
from uuid import UUID

import pytest
from django.db import connections

from backend.access.binding import bind
from backend.access.relations import Relation
from backend.agencies.roles import Role
from backend.referrals.queries import seeing
from tests.access.breaking import break_glass
from tests.access.cells import BREAK_GLASS, BREAKING, CONFLICT, NO_OVERLAY, SEALED, Asking, Stand, prefix_of, stands_of
from tests.access.opening import opened, querysets
from tests.api.places import LISTS
from tests.routes import Route, routes
from tests.world import World

# Thousands of requests: `make test-deep ARGS="tests/access/test_row_security_alone.py -n 0"`.
pytestmark = [pytest.mark.django_db(databases=["default", "owner"]), pytest.mark.deep, pytest.mark.timeout(0)]

READS = [route for route in routes() if "GET" in route.methods and prefix_of(route)]
# What an emergency does not open, at a child whose other records it does (docs/adr/0065).
_NEVER_BY_GLASS = (
    "/api/v1/documents/",
    "/api/v1/transfers/",
    "/api/v1/information-requests/",
    "/api/v1/concerns/",
    "/api/v1/panel-items/",
)
# Who stands nowhere asks in these roles; under an overlay the one who would see most.
_STRANGERS = (Role.PRACTITIONER, Role.MANAGER, Role.INFORMATION_GOVERNANCE)


def _stands(route: Route, overlay: str) -> Iterator[tuple[Stand, Role]]:
    """Without an overlay whoever stands nowhere; under one everybody who would see it otherwise."""
    for stand in stands_of(prefix_of(route)):
        stands_nowhere = stand.cast is Relation.NONE
        if stands_nowhere is (overlay == NO_OVERLAY):
            yield from product((stand,), _STRANGERS if stands_nowhere else (Role.MANAGER,))


def _hidden(world: World, overlay: str) -> Sequence[str]:
    """The keys and references of everything that nobody who asks may learn of."""
    wanted = [pk for name, pk in world.records.items() if name.endswith(f"/{overlay}") or overlay == NO_OVERLAY]
    # A meeting is about no child.
    meetings = {pk for name, pk in world.records.items() if name.startswith("panel") and "item" not in name}
    keys = [pk for pk in wanted if pk not in meetings]
    return [*map(str, keys), *_references(keys)]


def _references(keys: list[UUID]) -> list[str]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            """SELECT reference FROM referrals_referral WHERE id = ANY (%(keys)s) AND reference <> ''
               UNION SELECT reference FROM cases_case WHERE id = ANY (%(keys)s)""",
            {"keys": keys},
        )
        return [reference for (reference,) in cursor.fetchall()]


@pytest.mark.parametrize("overlay", [NO_OVERLAY, CONFLICT, SEALED])
def test_the_database_alone_keeps_every_read_closed(world: World, overlay: str) -> None:
    asking, hidden = Asking(world, overlay), _hidden(world, overlay)
    shown = []
    with opened():
        for route in READS:
            for stand, role in _stands(route, overlay):
                key = str(asking.record(stand))
                answer = asking.answer(route, "GET", stand, role)
                told = answer.content.decode(errors="replace")
                is_list = route.name in LISTS or key not in asking.path(route, stand)
                betrayed = [one for one in hidden if one in told and one != key]
                if betrayed or (answer.status_code < 400 and not is_list):
                    shown.append((route.name, stand.relation, role.value, answer.status_code, betrayed[:2]))
    assert shown == []


def test_the_database_alone_opens_to_whoever_broke_the_glass_what_that_opens_and_no_more(world: World) -> None:
    break_glass(world)
    asking, shown, closed, opens = Asking(world, BREAK_GLASS), 0, 0, []
    with opened():
        for route, role in product(READS, BREAKING):
            stand = next(one for one in stands_of(prefix_of(route)) if one.cast is Relation.NONE)
            answer = asking.answer(route, "GET", stand, role)
            if not prefix_of(route).startswith(_NEVER_BY_GLASS):
                shown += answer.status_code == 200
            elif route.name not in LISTS:
                closed += answer.status_code >= 400
                opens += [(route.name, role.value)] if answer.status_code < 400 else []
    assert opens == []
    assert shown > 20
    assert closed > 10


def test_opened_means_that_the_product_would_show_every_row(world: World) -> None:
    """Asked past row security, each queryset of the opened product has all that there is: nothing else kept it back."""
    who = world.who(Relation.NONE, Role.MANAGER)
    bind(who.membership_id)
    assert not seeing.visible_to(who).using("owner").exists()
    with opened():
        found = {function: function(who).using("owner") for _module, function in querysets()}
        assert len(found) > 20
        for function, rows in found.items():
            every = rows.model._default_manager.using("owner").count()
            assert len(set(rows.values_list("pk", flat=True))) == every, function
    assert not seeing.visible_to(who).using("owner").exists()
