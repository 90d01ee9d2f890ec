"""Two people change one form at once: the second is told which answers differ, from what to what, and loses nothing."""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.cases.models import Case
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.planning import found_out
from tests.cases.working import today
from tests.casework import FAMILY_MEETING, UNCLE, concern_of, goal_of, meeting_of, relationship_of, score_of
from tests.edges import good_input, take

pytestmark = pytest.mark.django_db
HIS = {**UNCLE, "why": "has_changed", "reason": "He said so."}


def sent(who: Actor, noun: str, path: str, edge: str, *, version: int, **given: Any) -> Any:
    """What a form answers that was opened when the record was at that version."""
    body = {**good_input(noun, edge, **given), "version": version}
    return browser_of(who).post(f"{path}{edge.replace('_', '-')}/", body)


def differs(answer: Any) -> dict[str, tuple[Any, Any]]:
    """What a refusal says of each answer that somebody else changed."""
    body = answer.json()
    assert (answer.status_code, body["code"]) == (409, "stale"), body
    return {one["name"]: (one["was"], one["now"]) for one in body["differs"]}


def test_the_second_of_two_is_told_each_answer_that_the_first_changed_and_no_other(world: World) -> None:
    uncle = relationship_of(found_out(world), world.worker)
    path = f"relationships/{uncle.id}/"
    take("change", uncle.id, world.manager, noun="relationship", **{**HIS, "number": "", "lives_with_child": "yes"})
    late = sent(world.worker, "relationship", path, "change", version=1, **{**HIS, "name": "Femi A. Example"})
    assert differs(late) == {"lives_with_child": ("no", "yes"), "number": ("07700 900123", None)}
    assert late.json()["version"] == 2
    assert [(one["label"], one["by"]) for one in late.json()["changed"]] == [
        ("Changed what is said of somebody around the child", world.manager.name)
    ]
    # The form was merged and is sent as what stands now, with what its writer had typed.
    merged = {**HIS, "name": "Femi A. Example", "number": "", "lives_with_child": "yes"}
    assert sent(world.worker, "relationship", path, "change", version=2, **merged).status_code == 200
    shown = browser_of(world.worker).get(path).json()
    assert (shown["name"], shown["lives_with_child"]) == ("Femi A. Example", "yes")


def test_what_was_changed_and_changed_back_differs_in_nothing(world: World) -> None:
    uncle = relationship_of(found_out(world), world.worker)
    for said in ({"lives_with_child": "yes"}, {"lives_with_child": "no"}):
        take("change", uncle.id, world.manager, noun="relationship", **{**HIS, **said})
    late = sent(world.worker, "relationship", f"relationships/{uncle.id}/", "change", version=1, **HIS)
    assert differs(late) == {}
    assert len(late.json()["changed"]) == 2


def test_a_goal_an_action_a_score_a_meeting_and_a_concern_say_it_of_their_words(world: World) -> None:
    case = found_out(world)
    goal = goal_of(case, world.worker)
    right = {"words": "Walk home alone.", "whose": "child", "reason": "Misheard."}
    take("correct", goal.id, world.worker, noun="goal", **right)
    late = sent(world.worker, "goal", f"goals/{goal.id}/", "revise", version=1, words="Take the bus.", whose="child")
    assert differs(late) == {"words": (goal.words, "Walk home alone.")}
    assert [one["verb"] for one in late.json()["changed"]] == ["goal.correct"], "nothing of the rest of the case"

    score = score_of(goal, world.worker)
    given = {"score": 6, "taken_on": today().isoformat(), "reason": "Misread."}
    take("correct", score.id, world.worker, noun="score", **given)
    late = sent(world.worker, "score", f"scores/{score.id}/", "correct", version=1, **{**given, "score": 5})
    assert differs(late)["score"] == (3, 6)

    meeting = meeting_of(case, world.worker)
    given = {**FAMILY_MEETING, "held_on": today().isoformat(), "child_view": "", "decisions": "None."}
    take("correct", meeting.id, world.worker, noun="meeting", **given, reason="Misheard.")
    late = sent(world.worker, "meeting", f"meetings/{meeting.id}/", "correct", version=1, **given)
    assert differs(late) == {"decisions": (meeting.decisions, "None.")}

    concern = concern_of(case, world.worker)
    body = {
        "outcome": "changed",
        "reason": "He told me.",
        "what": ["violence"],
        "text": "Not any more.",
        "review_on": (today() + timedelta(days=90)).isoformat(),
    }
    review = f"concerns/{concern.id}/review/"
    assert browser_of(world.worker).post(review, {**body, "version": 1}).status_code == 200
    late = browser_of(world.worker).post(review, {**body, "text": "At night only.", "version": 1})
    assert differs(late) == {"text": ("They wait for him there.", "Not any more.")}


def test_who_may_not_change_it_is_told_nothing_of_what_changed(world: World) -> None:
    uncle = relationship_of(found_out(world), world.worker)
    take("change", uncle.id, world.manager, noun="relationship", **{**HIS, "lives_with_child": "yes"})
    answer = sent(world.stranger, "relationship", f"relationships/{uncle.id}/", "change", version=1, **HIS)
    assert answer.status_code == 404
    assert set(answer.json()) == {"code", "reasons", "fields"}


def test_an_edge_that_changes_no_answers_says_what_was_done_only(world: World) -> None:
    case = found_out(world)
    version = Case.objects.get(pk=case.id).version
    take("change_priority", case.id, world.manager, noun="case", priority="red", reason="Arrested.")
    body = {"priority": "green", "reason": "Back in school.", "version": version}
    answer = browser_of(world.worker).post(f"cases/{case.id}/change-priority/", body)
    assert differs(answer) == {}
    assert [one["verb"] for one in answer.json()["changed"]] == ["case.change_priority"]
