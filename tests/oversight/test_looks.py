"""Who looked: a manager reads it of a case that their agency leads, information governance of everybody."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from backend.access.relations import Relation
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.oversight.words import said
from tests.actors import browser_of
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
GOVERNANCE = (Relation.NONE, Role.INFORMATION_GOVERNANCE)
LEAD = (Relation.LEAD, Role.MANAGER)


def _get(world: World, who: tuple[Relation, Role], path: str) -> Any:
    return browser_of(world.who(*who)).get(path)


def _visits(world: World, who: tuple[Relation, Role], path: str) -> list[dict[str, Any]]:
    answer = _get(world, who, path)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def _reference(case_id: UUID) -> str:
    return Case.objects.using("owner").get(pk=case_id).reference


def test_the_manager_who_leads_reads_who_looked_and_in_what_part(world: World) -> None:
    case = world.records["case"]
    worker = world.who(Relation.WORKER, Role.CASE_WORKER)
    for part in ("", "plan/", "notes/"):
        assert browser_of(worker).get(f"cases/{case}/{part}").status_code == 200
    assert _get(world, (Relation.NONE, Role.CASE_WORKER), f"cases/{case}/").status_code == 404
    (visit,) = (row for row in _visits(world, LEAD, f"cases/{case}/looks/") if row["person"] == worker.name)
    assert visit["did"] == ["Read the notes", "Read the plan", "Opened the case"]
    assert (visit["agency"], visit["role"], visit["is_refused"]) == (worker.agency_name, "Case worker", False)
    assert not any(row["is_refused"] for row in _visits(world, LEAD, f"cases/{case}/looks/")), "that is not theirs"
    again = _visits(world, LEAD, f"cases/{case}/looks/")[0]
    assert again["did"] == ["Looked at who had looked"], "their own look is in it too"


@pytest.mark.parametrize(
    ("relation", "role", "status"),
    [
        (Relation.LEAD, Role.MANAGER, 200),
        (Relation.WORKER, Role.CASE_WORKER, 403),
        (Relation.UNIT, Role.CASE_WORKER, 403),
        (Relation.LEAD, Role.CASE_WORKER, 404),
        (Relation.NONE, Role.MANAGER, 404),
        (Relation.NONE, Role.INFORMATION_GOVERNANCE, 404),
    ],
)
def test_of_a_case_only_its_manager_is_told(world: World, relation: Relation, role: Role, status: int) -> None:
    assert _get(world, (relation, role), f"cases/{world.records['case']}/looks/").status_code == status


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.INFORMATION_GOVERNANCE, Role.SYSTEM)])
def test_across_cases_nobody_but_information_governance_is_told(world: World, role: Role) -> None:
    relation = Relation.LEAD if role in (Role.MANAGER, Role.CASE_WORKER) else Relation.NONE
    for path in ("looks/", f"looks/?child={world.records['cased child']}", "looks/form/"):
        assert _get(world, (relation, role), path).status_code == 403, path
    answer = browser_of(world.who(relation, role)).post("looks/find/", {"person": "an"})
    assert answer.status_code == 403
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.membership', %s, true)", [str(world.who(relation, role).membership_id)])
        cursor.execute("SELECT count(*) FROM app.looks(NULL, NULL, NULL, NULL, '', false, NULL, NULL, 10)")
        assert cursor.fetchone() == (0,), "nor by the login itself"
        cursor.execute("SELECT count(*) FROM app.children_meant('', 'bramble|ivy', '2012-03-27')")
        assert cursor.fetchone() == (0,)


def test_information_governance_finds_a_child_by_reference_and_reads_who_looked_and_who_was_refused(
    world: World,
) -> None:
    case = world.records["case"]
    stranger = world.who(Relation.NONE, Role.CASE_WORKER)
    assert browser_of(stranger).get(f"cases/{case}/").status_code == 404
    assert _get(world, (Relation.WORKER, Role.CASE_WORKER), f"cases/{case}/plan/").status_code == 200
    answer = browser_of(world.who(*GOVERNANCE)).post("looks/find/", {"reference": _reference(case).lower()})
    (child,) = answer.json()["children"]
    assert _reference(case) in child["records"]
    rows = _visits(world, GOVERNANCE, f"looks/?child={child['id']}")
    assert {"Read the plan", "Opened the case"} <= {did for row in rows for did in row["did"]}
    assert all(set(row["records"]) <= set(child["records"]) for row in rows)
    refused = _visits(world, GOVERNANCE, f"looks/?child={child['id']}&refused=yes")
    assert [(row["person"], row["did"]) for row in refused] == [(stranger.name, ["Opened the case"])]
    elsewhere = _visits(world, GOVERNANCE, f"looks/?child={child['id']}&agency={uuid4()}")
    assert elsewhere == []
    read_only = _visits(world, GOVERNANCE, f"looks/?child={child['id']}&kind=alteration")
    assert read_only == []


def test_what_a_person_looked_at_is_read_by_the_person_and_that_is_written_down(world: World) -> None:
    worker = world.who(Relation.WORKER, Role.CASE_WORKER)
    assert browser_of(worker).get(f"cases/{world.records['case']}/").status_code == 200
    answer = browser_of(world.who(*GOVERNANCE)).post("looks/find/", {"person": worker.name[:5]})
    assert str(worker.user_id) in {row["id"] for row in answer.json()["people"]}
    rows = _visits(world, GOVERNANCE, f"looks/?person={worker.user_id}")
    assert {row["person"] for row in rows} == {worker.name}
    mine = _visits(world, GOVERNANCE, f"looks/?person={world.who(*GOVERNANCE).user_id}")
    assert "Looked at who had looked" in mine[0]["did"]
    assert _get(world, GOVERNANCE, f"looks/?person={uuid4()}").status_code == 404
    for wrong in ("person=nobody", "kind=gossip", "refused=no", "cursor=xyz"):
        assert _get(world, GOVERNANCE, f"looks/?{wrong}").status_code == 400, wrong


@pytest.mark.parametrize("overlay", ["conflict", "sealed"])
def test_a_child_that_one_must_not_know_of_is_in_no_answer(world: World, overlay: str) -> None:
    hidden, child = world.records[f"case/{overlay}"], world.records[f"cased child/{overlay}"]
    who = world.who(Relation.WORKER, Role.CASE_WORKER)
    assert browser_of(who).get(f"cases/{hidden}/").status_code == 404
    governor = (Relation.LEAD, Role.INFORMATION_GOVERNANCE)
    found = browser_of(world.who(*governor)).post("looks/find/", {"reference": _reference(hidden)}).json()
    assert found == {"children": [], "people": []}
    assert _visits(world, governor, f"looks/?child={child}") == []
    assert _reference(hidden) not in str(_visits(world, governor, "looks/"))
    assert _get(world, LEAD, f"cases/{hidden}/looks/").status_code == 404


def test_every_label_reads_as_something_that_was_done() -> None:
    assert said("case.plan", "consultation") == "Read the plan"
    assert said("lead_request.read", "consultation") == "Looked at request to lead: read"
    assert said("panel_item.keep_minutes", "alteration") == "Changed: panel item, keep minutes"
