"""Actions of a plan: done by somebody elsewhere who sees nothing else, on a basis, by a day, or by somebody else."""

import pytest
from django.db import connection

from backend.access.binding import acting
from backend.access.models import Named
from backend.cases.models import Action
from backend.cases.queries.planning import actions_visible_to
from backend.core.errors import Forbidden, Invalid
from backend.core.ids import uuid7
from backend.notifications.models import Outbox
from backend.sharing.models import Disclosure
from tests import casework, edges
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.planning import WEEK, found_out
from tests.cases.working import today

committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@committed
def test_somebody_elsewhere_does_an_action_and_sees_nothing_else(world: World) -> None:
    case = found_out(world)
    goal = casework.goal_of(case, world.worker)
    action = casework.action_of(case, world.worker, world.teacher, goal=str(goal.id))
    browser = browser_of(world.teacher)
    body = browser.get(f"actions/{action.id}/").json()
    assert (body["child_name"], body["record_url"]) == ("Amina Example", None)
    assert [one["name"] for one in body["options"]] == ["complete", "cancel"]
    assert goal.words not in browser.get(f"actions/{action.id}/").content.decode()
    assert [one["id"] for one in browser.get("actions/").json()["results"]] == [str(action.id)]
    for path in ("", "plan/", "outcomes/", "meetings/", "assessments/", "notes/", "family-page/"):
        assert browser.get(f"cases/{case.id}/{path}").status_code == 404, path
    assert browser.get(f"goals/{goal.id}/").status_code == 404
    answer = browser.post(f"actions/{action.id}/complete/", {"version": body["version"], "outcome": "We walked."})
    assert (answer.status_code, answer.json()["state"]) == (200, "done")
    told = Outbox.objects.using("owner").filter(root_id=case.id)
    assert {one.message for one in told} >= {"action_given", "action_done"}


def test_row_security_alone_shows_an_owner_their_action_and_nothing_of_the_case(world: World) -> None:
    case = found_out(world)
    goal = casework.goal_of(case, world.worker)
    action = casework.action_of(case, world.worker, world.teacher, goal=str(goal.id))
    casework.action_of(case, world.worker, world.worker)
    tables = ("cases_case", "cases_goal", "cases_plan", "cases_meeting", "cases_assessment", "cases_note")
    with acting(world.teacher), connection.cursor() as cursor:
        for table in (*tables, "outcomes_score", "cases_historicalgoal"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table
        cursor.execute("SELECT id FROM cases_action UNION SELECT id FROM cases_historicalaction")
        assert cursor.fetchall() == [(action.id,)]
        assert list(actions_visible_to(world.teacher)) == [action]
    with acting(world.stranger):
        assert not Action.objects.exists()


def test_an_owner_neither_moves_nor_passes_on_what_they_were_asked(world: World) -> None:
    action = casework.action_of(found_out(world), world.worker, world.teacher)
    for edge in ("move", "reassign", "go_on"):
        with pytest.raises(Forbidden):
            edges.take(edge, action.id, world.teacher, noun="action")
    body = {"version": action.version, "outcome": "I did it."}
    assert browser_of(world.stranger).post(f"actions/{action.id}/complete/", body).status_code == 404


def test_a_share_with_another_agency_stands_in_the_ledger_and_needs_a_basis(world: World) -> None:
    case = found_out(world)
    with pytest.raises(Invalid) as refused:
        casework.action_of(case, world.worker, world.teacher, article6="", condition="", power="")
    assert set(refused.value.fields) == {"article6", "condition", "power"}
    casework.action_of(case, world.worker, world.teacher)
    casework.action_of(case, world.worker, world.worker, article6="", condition="", power="")
    with acting(world.worker):
        shares = Disclosure.objects.filter(root_id=case.id, to_agency_id=world.teacher.agency_id)
        assert shares.count() == 1


def test_only_somebody_involved_is_asked(world: World) -> None:
    with pytest.raises(Invalid, match="an agency that is involved"):
        casework.action_of(found_out(world), world.worker, world.stranger)


def test_an_action_passes_to_somebody_else_and_leaves_the_first(world: World) -> None:
    action = casework.action_of(found_out(world), world.worker, world.teacher)
    to = {"owner": str(world.other_worker.membership_id)}
    edges.take("reassign", action.id, world.worker, noun="action", **to)
    assert browser_of(world.teacher).get(f"actions/{action.id}/").status_code == 404
    assert browser_of(world.other_worker).get(f"actions/{action.id}/").status_code == 200


def test_another_day_moves_the_clock(world: World) -> None:
    action = casework.action_of(found_out(world), world.worker, world.worker)
    later = today() + 3 * WEEK
    moved = edges.take("move", action.id, world.worker, noun="action", due_on=later.isoformat())
    assert (moved.due_on, moved.next_due_at.date()) == (later, later)
    done = edges.take("complete", action.id, world.worker, noun="action")
    assert (done.state, done.next_due_at) == ("done", None)


@committed
def test_only_who_is_named_on_a_sealed_record_may_be_asked(world: World) -> None:
    """A seal of any record of the child holds for whom a form offers, as a conflict of interest does."""
    case = found_out(world)
    for who in (world.worker, world.manager):
        Named.objects.using("owner").create(id=uuid7(), user_id=who.user_id, child_id=case.child_id)
    options = browser_of(world.worker).get(f"cases/{case.id}/plan/").json()["options"]
    [form] = [option["input"] for option in options if option["name"] == "add_action"]
    [owner] = [field for field in form if field["name"] == "owner"]
    offered = {choice["value"] for choice in owner["choices"]}
    assert offered == {str(world.worker.membership_id), str(world.manager.membership_id)}
    with pytest.raises(Invalid):
        casework.action_of(case, world.worker, world.teacher)
