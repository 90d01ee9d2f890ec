"""What was shared with whom, across records: information governance reads it, nobody else, and no word of any record.

Source: access.md, Each share (what, from, to, purpose, by, at, and three answers), Sealed and Decision order 2.
"""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from backend.access.binding import acting, bind
from backend.access.relations import Relation
from backend.agencies.models import Agency
from backend.agencies.roles import Role
from backend.core import clock
from backend.deadlines.calendar import local
from backend.sharing.models import Disclosure
from tests.actors import browser_of
from tests.api.counting import statements
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
GOVERNANCE = (Relation.NONE, Role.INFORMATION_GOVERNANCE)


def _shares(world: World, path: str = "shares/", who: tuple[Relation, Role] = GOVERNANCE) -> list[dict[str, Any]]:
    answer = browser_of(world.who(*who)).get(path)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def _kept(**of: Any) -> set[str]:
    rows = Disclosure.objects.using("owner").filter(**of)
    return {str(pk) for pk in rows.values_list("id", flat=True)}


def test_information_governance_reads_what_was_shared_and_on_what(world: World) -> None:
    child = world.records["cased child"]
    rows = _shares(world, f"shares/?child={child}")
    assert {row["id"] for row in rows} == _kept(child_id=child) != set()
    [one] = Disclosure.objects.using("owner").filter(child_id=child).order_by("-at", "-id")[:1]
    assert (rows[0]["what"], rows[0]["by"]) == (one.what, one.by_name)
    assert rows[0]["records"], "which record, by its reference"
    assert rows[0]["article6_label"] == "Public task"
    assert {row["state"] for row in rows} <= {"Stands", "Ended", "Carried on by a later share", "Consent taken back"}
    assert sorted((row["at"] for row in rows), reverse=True) == [row["at"] for row in rows]


def test_that_they_looked_is_written_down_at_each_child(world: World) -> None:
    child = world.records["cased child"]
    assert _shares(world, f"shares/?child={child}")
    looks = _shares(world, f"looks/?child={child}")
    assert looks[0]["did"] == ["Looked at what was shared with whom"]
    assert looks[0]["person"] == world.who(*GOVERNANCE).name


def test_it_is_narrowed_by_agency_basis_and_month(world: World) -> None:
    agency = Agency.objects.get(slug="city-early-help")
    rows = _shares(world, f"shares/?agency={agency.id}")
    assert rows
    assert all(agency.name in (row["from_agency"], row["to_agency"]) for row in rows)
    assert _shares(world, f"shares/?agency={uuid4()}") == []
    assert _shares(world, "shares/?basis=law_enforcement") == []
    assert _shares(world, "shares/?basis=public_task")
    month = f"{local(clock.now()):%Y-%m}"
    assert _shares(world, f"shares/?month={month}")
    assert _shares(world, "shares/?month=2020-01") == []
    browser = browser_of(world.who(*GOVERNANCE))
    for wrong in ("basis=gossip", "month=november", "agency=us", "child=1", "cursor=xyz"):
        assert browser.get(f"shares/?{wrong}").status_code == 400, wrong
    form = browser.get("shares/form/").json()
    assert form["months"][0]["value"] == month
    assert {str(agency.id)} <= {one["value"] for one in form["agencies"]}


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.INFORMATION_GOVERNANCE, Role.SYSTEM)])
def test_nobody_else_is_told(world: World, role: Role) -> None:
    who = world.who(Relation.LEAD if role in (Role.MANAGER, Role.CASE_WORKER) else Relation.NONE, role)
    for path in ("shares/", "shares/form/"):
        assert browser_of(who).get(path).status_code == 403
    bind(who.membership_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM app.shares(NULL, NULL, '', NULL, NULL, NULL, NULL, 10)")
        assert cursor.fetchone() == (0,), "nor by the login itself"


@pytest.mark.parametrize("overlay", ["conflict", "sealed"])
def test_a_child_that_one_must_not_know_of_is_in_no_answer(world: World, overlay: str) -> None:
    child = world.records[f"cased child/{overlay}"]
    governor = (Relation.LEAD, Role.INFORMATION_GOVERNANCE)
    assert _kept(child_id=child)
    assert _shares(world, f"shares/?child={child}", governor) == []
    assert not _kept(child_id=child) & {row["id"] for row in _shares(world, "shares/", governor)}


def test_they_read_no_record_by_it(world: World) -> None:
    who = world.who(*GOVERNANCE)
    with acting(who):
        assert not Disclosure.objects.exists()
    assert browser_of(who).get(f"cases/{world.records['case']}/sharing/").status_code == 404


def test_a_page_costs_as_many_statements_as_any_list(world: World) -> None:
    browser = browser_of(world.who(*GOVERNANCE))
    assert len(statements(lambda: browser.get("shares/"))) <= 8
