"""The routes of the configuration: who may do what, as one reviewed table, and what reading and listing cost."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from backend.agencies.roles import Role
from tests import golden
from tests.actors import browser_of
from tests.api.counting import said, statements
from tests.configuration.versions import RULES, TEXT, administrator, begun, published, reworded
from tests.edges import good_input
from tests.factories import every_role_in
from tests.routes import SOMETHING, routes

pytestmark = pytest.mark.django_db

REVIEWED = Path(__file__).with_name("routes.csv")
KEEPER, OTHER = "front-door", "willow-families"
LONG_AGO = 2**31 - 1


def _body(name: str, method: str) -> Any:
    if method == "GET":
        return None
    if name == "configuration-copy":
        return {}
    return {**good_input("configuration", name.removeprefix("configuration-").replace("-", "_")), "version": LONG_AGO}


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_every_route_method_and_role_answers_as_reviewed() -> None:
    """Allowed ends at 200 or 201 or, because the version is too old, at 409; the rest is 403 with a sentence."""
    one = begun()
    roles = [role for role in Role if role is not Role.SYSTEM]
    lines = ["route,method,agency," + ",".join(roles)]
    people = {slug: every_role_in(slug) for slug in (KEEPER, OTHER)}
    for route in (route for route in routes() if route.path.startswith("/api/v1/configurations/")):
        name = route.name.removeprefix("api:")
        path = route.path.replace(str(SOMETHING), str(one["id"]))
        path += f"?kind={TEXT}" if name == "configurations" else ""
        for method, slug in product(route.methods, people):
            found = {}
            for role in roles:
                with transaction.atomic():
                    answer = browser_of(people[slug][role]).send(
                        method, path, _body(name, method), key="one-key-for-it"
                    )
                    transaction.set_rollback(True)
                assert answer.status_code != 403 or answer.json()["reasons"], (name, role)
                found[role] = answer.status_code
            where = "keeps it" if slug == KEEPER else "another"
            lines.append(",".join([name, method, where, *(str(found[role]) for role in roles)]))
    golden.compare(REVIEWED, "\n".join([*lines, ""]))


def test_a_list_costs_the_same_for_one_version_and_for_many() -> None:
    browser = browser_of(administrator())
    few = statements(lambda: browser.get(f"configurations/?kind={TEXT}"))
    for number in range(3):
        published(reworded(f"Words {number}."))
    many = statements(lambda: browser.get(f"configurations/?kind={TEXT}"))
    assert len(few) == len(many) <= 8, said(many)
    assert len(found := statements(lambda: browser.get("configurations/kinds/"))) <= 8, said(found)


@pytest.mark.parametrize("kind", [TEXT, RULES])
def test_one_version_costs_at_most_fifteen_statements(kind: str) -> None:
    browser, one = browser_of(administrator()), begun(kind)
    assert len(found := statements(lambda: browser.get(f"configurations/{one['id']}/"))) <= 15, said(found)


def test_a_kind_that_does_not_exist_is_refused_in_a_sentence() -> None:
    refused = browser_of(administrator()).get("configurations/?kind=unheard_of")
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["kind"])
