"""A service is tied to goals of the plan: whoever gives it reads their words only, and each session says which."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from backend.access.binding import acting
from backend.cases.models import Case, Goal
from backend.core import clock
from backend.core.errors import Conflict, Invalid
from backend.interventions.models import Intervention, Session
from backend.sharing.models import Disclosure
from tests import casework
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.planning import found_out
from tests.edges import BASIS, take
from tests.interventions.made import ahead, go, grouped, held, intervention_in, just_now, mentor, recommended, service
from tests.routes import SOMETHING

SLEEP = "Sleep at night."


def planned(world: World) -> tuple[Case, Goal, Goal]:
    """A case with two goals."""
    case = found_out(world)
    return case, casework.goal_of(case, world.worker), casework.goal_of(case, world.worker, words=SLEEP)


def tied(target: Intervention, world: World, *goals: Goal, **given: Any) -> Intervention:
    """The service, tied to these goals by the worker."""
    return go("tie_goals", target, world.worker, goals=[str(goal.id) for goal in goals], **given)


def read(who: Any, path: str) -> Any:
    """What somebody reads at an address."""
    answer = browser_of(who).get(path)
    assert answer.status_code == 200, answer.content
    return answer.json()


def shares(world: World, case: Case) -> list[str]:
    """What the ledger of a case says was shared, in order."""
    with acting(world.worker):
        return list(Disclosure.objects.filter(root_id=case.id).order_by("id").values_list("what", flat=True))


def form_of(data: Any, option: str) -> dict[str, Any]:
    """The fields of an option by name; nothing where it is not offered."""
    found = [one for one in data["options"] if one["name"] == option]
    return {field["name"]: field for field in found[0]["input"]} if found else {}


# --- What is seen ----------------------------------------------------------------------------------------------------


def test_a_provider_reads_the_words_of_tied_goals_and_nothing_else_of_the_plan(world: World) -> None:
    case, walk, sleep = planned(world)
    target = tied(intervention_in(Intervention.STARTED, case, world.worker), world, walk)
    page = read(mentor(), f"interventions/{target.id}/")
    assert page["plan_goals"] == [{"id": str(walk.id), "words": walk.words, "is_open": True}]
    assert SLEEP not in str(page)
    for path in (f"goals/{walk.id}/", f"goals/{sleep.id}/", f"cases/{case.id}/goals/", f"cases/{case.id}/plan/"):
        assert browser_of(mentor()).get(path).status_code == 404, path
    with acting(mentor()):
        assert not Goal.objects.exists()


def test_nobody_without_a_part_in_the_service_reads_its_goals(world: World) -> None:
    case, walk, _sleep = planned(world)
    target = tied(intervention_in(Intervention.STARTED, case, world.worker), world, walk)
    for who in (world.stranger, world.teacher):
        with acting(who), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM app.tied_goals(%s)", [target.id])
            assert cursor.fetchall() == []


def test_what_is_stopped_is_read_no_more(world: World) -> None:
    case, walk, _sleep = planned(world)
    target = tied(intervention_in(Intervention.STARTED, case, world.worker), world, walk)
    go("stop_sharing", target, world.worker)
    with clock.at(clock.now() + timedelta(minutes=1)), acting(mentor()), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM app.tied_goals(%s)", [target.id])
        assert cursor.fetchall() == []


def test_a_provider_cannot_tie_a_goal_for_itself_not_even_past_the_commands(world: World) -> None:
    case, walk, _sleep = planned(world)
    target = intervention_in(Intervention.STARTED, case, world.worker)
    body = {"version": target.version, "goals": [str(walk.id)]}
    assert browser_of(mentor()).post(f"interventions/{target.id}/tie-goals/", body).status_code == 403
    with acting(mentor()), pytest.raises(DatabaseError, match="by whoever reads it"), transaction.atomic():
        Intervention.objects.filter(pk=target.id).update(goals=[walk.id])


def test_a_session_cannot_name_another_goal_not_even_past_the_commands(world: World) -> None:
    case, walk, sleep = planned(world)
    target = tied(intervention_in(Intervention.STARTED, case, world.worker), world, walk)
    session = held(target, mentor())
    with acting(mentor()), pytest.raises(DatabaseError, match="that its service is tied to"), transaction.atomic():
        Session.objects.filter(pk=session.id).update(goals=[sleep.id])


# --- Tying -----------------------------------------------------------------------------------------------------------


def test_the_form_has_the_open_goals_and_those_that_are_tied(world: World) -> None:
    case, walk, sleep = planned(world)
    target = intervention_in(Intervention.STARTED, case, world.worker)
    form = form_of(read(world.worker, f"interventions/{target.id}/"), "tie_goals")
    assert [one["value"] for one in form["goals"]["choices"]] == [str(walk.id), str(sleep.id)]
    asked = {"field": "goals", "values": [str(walk.id), str(sleep.id)]}
    assert {form[name]["required"] for name in ("article6", "condition", "power")} == {True}
    assert [form[name]["show_if"] for name in ("article6", "ends_on")] == [asked, asked]
    tied(target, world, walk)
    take("end", walk.id, world.worker, noun="goal", outcome="reached", score=9)
    form = form_of(read(world.worker, f"interventions/{target.id}/"), "tie_goals")
    assert form["goals"]["value"] == [str(walk.id)]
    assert form["power"]["show_if"] == {"field": "goals", "values": [str(sleep.id)]}
    assert {one["value"] for one in form["goals"]["choices"]} == {str(walk.id), str(sleep.id)}
    assert form_of(read(mentor(), f"interventions/{target.id}/"), "tie_goals") == {}


def test_a_case_without_goals_is_not_asked_for_any(world: World) -> None:
    target = intervention_in(Intervention.STARTED, found_out(world), world.worker)
    assert form_of(read(world.worker, f"interventions/{target.id}/"), "tie_goals") == {}
    assert "goals" not in form_of(read(mentor(), f"interventions/{target.id}/"), "add_session")


def test_no_basis_is_asked_before_anybody_elsewhere_reads_it(world: World) -> None:
    case, _walk, _sleep = planned(world)
    target = recommended(case, world.worker)
    assert set(form_of(read(world.worker, f"interventions/{target.id}/"), "tie_goals")) == {"goals"}
    own = go("offer", recommended(case, world.worker, service("city-early-help")), world.worker)
    assert set(form_of(read(world.worker, f"interventions/{own.id}/"), "tie_goals")) == {"goals"}


def test_more_words_for_who_reads_already_are_a_share_and_an_offer_says_that_it_has_them(world: World) -> None:
    case, walk, sleep = planned(world)
    target = tied(recommended(case, world.worker), world, walk)
    assert shares(world, case) == []
    target = go("offer", target, world.worker)
    [offered] = shares(world, case)
    assert "with goals of the plan" in offered
    target = tied(target, world, walk, sleep)
    assert shares(world, case) == [offered, f"The words of goals of the plan: {target.service_name}"]
    tied(target, world, walk)
    assert len(shares(world, case)) == 2, "taking one away shares nothing"


def test_more_words_need_a_basis_that_both_may_use(world: World) -> None:
    case, walk, _sleep = planned(world)
    target = intervention_in(Intervention.STARTED, case, world.worker)
    with pytest.raises(Conflict, match="is not a UK GDPR basis that both"):
        tied(target, world, walk, article6="legitimate_interests")


def test_whoever_ties_a_goal_sees_first_what_the_provider_will_read(world: World) -> None:
    case, walk, _sleep = planned(world)
    target = intervention_in(Intervention.STARTED, case, world.worker)
    body = {"version": target.version, "goals": [str(walk.id)], **BASIS}
    answer = browser_of(world.worker).post(f"interventions/{target.id}/tie-goals/preview/", body)
    assert answer.status_code == 200, answer.content
    assert walk.words in str(answer.json()["agencies"])
    assert read(mentor(), f"interventions/{target.id}/")["plan_goals"] == []


def test_only_goals_of_this_plan_are_tied(world: World) -> None:
    case, walk, _sleep = planned(world)
    target = recommended(case, world.worker)
    _other, theirs, _more = planned(world)
    for wrong in (str(theirs.id), str(SOMETHING)):
        with pytest.raises(Invalid) as refused:
            go("tie_goals", target, world.worker, goals=[str(walk.id), wrong])
        assert list(refused.value.fields) == ["goals"]


def test_a_goal_that_a_session_worked_on_stays(world: World) -> None:
    case, walk, sleep = planned(world)
    target = tied(intervention_in(Intervention.STARTED, case, world.worker), world, walk, sleep)
    held(target, mentor(), goals=[str(walk.id)])
    assert tied(target, world).goals == [walk.id]


# --- Sessions --------------------------------------------------------------------------------------------------------


def test_a_session_says_which_goals_it_worked_on_and_the_goal_how_many_sessions(world: World) -> None:
    case, walk, sleep = planned(world)
    target = tied(intervention_in(Intervention.STARTED, case, world.worker), world, walk, sleep)
    form = form_of(read(mentor(), f"interventions/{target.id}/"), "add_session")
    assert [one["label"] for one in form["goals"]["choices"]] == [walk.words, SLEEP]
    held(target, mentor(), goals=[str(walk.id), str(sleep.id)])
    held(target, mentor(), goals=[str(walk.id)], outcome="partly_attended")
    held(target, mentor(), goals=[str(walk.id)], outcome="did_not_attend")
    rows = read(mentor(), f"interventions/{target.id}/sessions/")["results"]
    assert sorted(len(row["goals"]) for row in rows) == [1, 1, 2]
    assert [goal["sessions"] for goal in read(world.worker, f"cases/{case.id}/plan/")["goals"]] == [2, 1]


def test_a_planned_session_and_a_correction_say_it_too(world: World) -> None:
    case, walk, sleep = planned(world)
    target = tied(intervention_in(Intervention.STARTED, case, world.worker), world, walk, sleep)
    planned_one = ahead(target, mentor())
    take("record", planned_one.id, mentor(), noun="session", goals=[str(walk.id)], **just_now())
    take("correct", planned_one.id, mentor(), noun="session", goals=[str(sleep.id)])
    assert [goal["sessions"] for goal in read(world.worker, f"cases/{case.id}/plan/")["goals"]] == [0, 1]


def test_a_session_of_a_goal_that_is_not_tied_is_refused(world: World) -> None:
    case, walk, sleep = planned(world)
    target = tied(intervention_in(Intervention.STARTED, case, world.worker), world, walk)
    for wrong in (str(sleep.id), str(SOMETHING)):
        with pytest.raises(Conflict, match="goals that this service works towards"):
            held(target, mentor(), goals=[wrong])
    with pytest.raises(Conflict, match="goals that this service works towards"):
        take("record", ahead(target, mentor()).id, mentor(), noun="session", goals=[str(sleep.id)], **just_now())


def test_a_group_asks_of_each_child_only_about_the_goals_of_their_own_service(world: World) -> None:
    case, walk, sleep = planned(world)
    mine = tied(intervention_in(Intervention.STARTED, case, world.worker), world, walk)
    other = intervention_in(Intervention.STARTED, case, world.worker)
    key, _sessions = grouped([mine, other], mentor())
    rows = {row["intervention_id"]: row for row in read(mentor(), f"group-sessions/{key}/")["rows"]}
    assert [choice["value"] for choice in rows[str(mine.id)]["goals"]] == [str(walk.id)]
    assert rows[str(other.id)]["goals"] == []

    def sent(**goals: Goal) -> Any:
        said = [
            {"session": row["id"], "version": row["version"], "outcome": "attended", **just_now()}
            | ({"goals": [str(goals["of_mine"].id)]} if row["intervention_id"] == str(mine.id) else {})
            for row in rows.values()
        ]
        return browser_of(mentor()).post(f"group-sessions/{key}/register/", {"rows": said})

    assert sent(of_mine=sleep).status_code == 409
    answer = sent(of_mine=walk)
    assert answer.status_code == 200, answer.content
    with acting(mentor()):
        assert sorted(len(one.goals) for one in Session.objects.filter(group_id=key)) == [0, 1]
