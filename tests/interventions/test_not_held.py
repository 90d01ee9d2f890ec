"""Why a session was not held or not attended: asked, shown, counted, and put right."""

from typing import Any

import pytest

from backend.access.binding import acting
from backend.core.vocabulary import NOT_KNOWN, get
from backend.interventions.models import Intervention, Session
from backend.interventions.queries.sessions import codes_not_held, dosages
from backend.interventions.serializers.representing import dosage_data
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.edges import take
from tests.interventions.made import ahead, held, intervention_in, just_now, mentor

pytestmark = pytest.mark.django_db


def started(world: World) -> Intervention:
    return intervention_in(Intervention.STARTED, world.allocated(), world.worker)


def sends(target: Intervention, **answers: Any) -> Any:
    """What the server says to a session that is recorded."""
    return browser_of(mentor()).post(f"interventions/{target.id}/sessions/", {"mode": "school", **answers})


@pytest.mark.parametrize("outcome", codes_not_held())
def test_a_session_that_was_not_held_or_attended_says_why_or_that_nobody_knows(world: World, outcome: str) -> None:
    target = started(world)
    refused = sends(target, outcome=outcome)
    assert refused.status_code == 400
    assert refused.json()["fields"]["not_held_why"] == ["Say why it was not held, or that nobody knows."]
    assert sends(target, outcome=outcome, not_held_why=NOT_KNOWN).json()["not_held_words"] == "Not known"


def test_a_session_that_was_held_asks_and_keeps_no_such_reason(world: World) -> None:
    target = started(world)
    assert sends(target, outcome="attended").json()["not_held_words"] == ""
    said = sends(target, outcome="partly_attended", not_held_why="forgot", not_held_text="Late.")
    assert said.json()["not_held_words"] == ""


def test_the_reason_stands_with_its_words_in_the_list_for_who_reads_the_case(world: World) -> None:
    target = started(world)
    held(target, mentor(), outcome="cancelled_by_family", not_held_why="child_ill", not_held_text="A cold")
    [row] = browser_of(world.worker).get(f"interventions/{target.id}/sessions/").json()["results"]
    assert row["not_held_words"] == "The child was ill: A cold"
    assert browser_of(world.stranger).get(f"interventions/{target.id}/sessions/").status_code == 404


def test_the_end_of_a_service_is_no_reason_that_a_person_chooses(world: World) -> None:
    target = started(world)
    assert sends(target, outcome="cancelled_by_service", not_held_why="service_ended").status_code == 400
    form = browser_of(mentor()).get(f"interventions/{target.id}/").json()["options"]
    [why] = [one for option in form for one in option["input"] if one["name"] == "not_held_why"]
    assert why["required"]
    assert why["show_if"] == {"field": "outcome", "values": codes_not_held()}
    assert {one["value"] for one in why["choices"]} == set(get("session_not_held_reasons").codes) - {"service_ended"}


def test_the_words_about_how_much_was_taken_up_count_each_reason(world: World) -> None:
    target = started(world)
    for outcome, why in (
        ("did_not_attend", "forgot"),
        ("cancelled_by_family", "forgot"),
        ("refused", "not_wanted"),
        ("cancelled_by_service", "giver_away"),
    ):
        held(target, mentor(), outcome=outcome, not_held_why=why)
    held(target, mentor())
    with acting(world.worker):
        words = dosage_data(target, dosages([target.id])[target.id])["words"]
    assert words == (
        "1 of 12 attended, 3 missed (they forgot or mixed up the day 2, the child or the family did not want it 1), "
        "1 cancelled by the service (whoever gives it was ill or away 1)"
    )


def test_a_correction_asks_why_and_one_to_held_lets_the_reason_go(world: World) -> None:
    target = started(world)
    session = held(target, mentor(), outcome="did_not_attend", not_held_why="forgot", not_held_text="Twice")
    take("correct", session.id, mentor(), noun="session", minutes=20)
    assert _now(target) == ("did_not_attend", "forgot", "Twice")
    put_right = _standing(target)
    take("correct", put_right.id, mentor(), noun="session", outcome="partly_attended")
    assert _now(target) == ("partly_attended", "", "")
    body = {"version": _standing(target).version, "reason": "Not so.", "outcome": "refused"}
    path = f"sessions/{_standing(target).id}/correct/"
    assert browser_of(mentor()).post(path, body).status_code == 400
    assert browser_of(mentor()).post(path, {**body, "not_held_why": "upset"}).status_code == 200
    assert _now(target) == ("refused", "upset", "")


def _standing(target: Intervention) -> Session:
    with acting(mentor()):
        return Session.objects.get(root_id=target.id, state=Session.RECORDED)


def _now(target: Intervention) -> tuple[str, str, str]:
    found = _standing(target)
    return found.outcome, found.not_held_why, found.not_held_text


def test_what_is_taken_back_leaves_no_reason_behind(world: World) -> None:
    target = started(world)
    session = ahead(target, mentor())
    take("record", session.id, mentor(), noun="session", outcome="refused", not_held_why="upset", **just_now())
    undone = take("undo", session.id, mentor(), noun="session")
    assert (undone.state, undone.outcome, undone.not_held_why) == ("planned", "", "")
