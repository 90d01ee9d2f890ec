"""Meetings that were a mistake: undone within ten minutes by who recorded them, afterwards corrected with a reason."""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.binding import acting
from backend.audit.models import Event
from backend.cases.models import Case, Meeting
from backend.core import clock
from backend.core.errors import Conflict, Invalid
from backend.deadlines.queries import running
from tests import casework, edges
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.planning import WEEK, found_out, planned, reviewing, score_all
from tests.cases.working import today, visited, work


def held(world: World, **given: Any) -> tuple[Case, Meeting]:
    """A family meeting of today, just recorded."""
    case = found_out(world)
    return case, casework.meeting_of(case, world.worker, **given)


def reviewed(world: World, **given: Any) -> tuple[Case, Meeting]:
    """A review of today, just recorded."""
    case = planned(world)
    score_all(world, case, 6)
    work(world, "hold_review", case, **reviewing(family_view="She sleeps again.", **given))
    with acting(world.worker):
        return case, Meeting.objects.get(root_id=case.id)


def act(name: str, which: Meeting, who: Any, **given: Any) -> Any:
    """Undo or correct a meeting."""
    return edges.take(name, which.id, who, noun="meeting", **given)


def right(meeting: Meeting, **given: Any) -> dict[str, Any]:
    """A correction as its form is filled in: what stands, and what is different."""
    names = (*("kind", "people", "who_was_there", "child_view", "child_view_why_not", "family_view"),)
    names += ("conclusion", "what_changed", "decisions")
    stands = {name: getattr(meeting, name) for name in names if meeting.kind != Meeting.REVIEW or name != "kind"}
    return {**stands, "held_on": meeting.held_on.isoformat(), "reason": "I mixed up two families.", **given}


def rows(who: Any, case: Case) -> list[dict[str, Any]]:
    """The list of reviews and meetings."""
    found: list[dict[str, Any]] = browser_of(who).get(f"cases/{case.id}/meetings/").json()["results"]
    return found


def names(row: dict[str, Any]) -> set[str]:
    return {one["name"] for one in row["options"]}


# --- Undone ----------------------------------------------------------------------------------------------------------


def test_a_meeting_just_recorded_is_undone_and_stands_nowhere(world: World) -> None:
    case, meeting = held(world, next_on=(today() + timedelta(days=1)).isoformat())
    browser = browser_of(world.worker)
    overview = f"cases/{case.id}/overview/"
    assert "Next review or meeting" in str(browser.get(overview).json())
    assert "Next review or meeting" in str(browser.get("cases/?view=mine").json())
    [row] = rows(world.worker, case)
    assert names(row) == {"correct", "undo"}
    assert row["options"][1]["until"] > clock.now().isoformat()
    act("undo", meeting, world.worker)
    assert rows(world.worker, case) == []
    assert "Next review or meeting" not in str(browser.get(overview).json())
    assert "Next review or meeting" not in str(browser.get("cases/?view=mine").json())


def test_its_undoing_points_to_what_recorded_it_and_keeps_it(world: World) -> None:
    case, meeting = held(world)
    act("undo", meeting, world.worker)
    with acting(world.worker):
        events = {one.verb: one for one in Event.objects.filter(root_id=case.id, verb__startswith="meeting.")}
        kept = list(meeting.history.filter(id=meeting.id).order_by("version").values_list("state", "what_changed"))
    assert events["meeting.undo"].corrects_id == events["meeting.record"].id
    assert kept == [("recorded", meeting.what_changed), ("undone", meeting.what_changed)]


def test_it_is_undone_from_the_answer_of_the_form_that_recorded_it(world: World) -> None:
    case = found_out(world)
    browser = browser_of(world.worker)
    body = {**casework.FAMILY_MEETING, "held_on": today().isoformat()}
    made = browser.post(f"cases/{case.id}/meetings/", body).json()
    undo = next(one for one in made["options"] if one["name"] == "undo")
    assert (undo["input"], "Actions that you added to the plan stay" in undo["hint"]) == ([], True)
    done = browser.post(undo["url"].removeprefix("/api/v1/"), {"version": made["version"]})
    assert (done.status_code, done.json()["state_label"], done.json()["options"]) == (200, "Taken back", [])


@pytest.mark.parametrize(
    ("minutes", "by", "reason"),
    [
        (0, "manager", "Only .* who recorded it, can undo this"),
        (11, "worker", "More than 10 minutes have passed. Correct it with a reason instead."),
    ],
)
def test_a_meeting_is_undone_at_once_by_who_recorded_it_or_never(
    world: World, minutes: int, by: str, reason: str
) -> None:
    case, meeting = held(world)
    with clock.at(clock.now() + timedelta(minutes=minutes)):
        who = getattr(world, by)
        with pytest.raises(Conflict, match=reason):
            act("undo", meeting, who)
        assert names(rows(who, case)[0]) == {"correct"}


def test_a_review_has_moved_the_plan_and_is_corrected_instead(world: World) -> None:
    case, review = reviewed(world)
    with pytest.raises(Conflict, match=r"A review keeps a version of the plan .* Correct it with a reason instead"):
        act("undo", review, world.worker)
    assert names(rows(world.worker, case)[0]) == {"correct"}


def test_a_meeting_that_was_not_held_is_no_sign_of_life(world: World) -> None:
    case = found_out(world)

    def still() -> tuple[Any, Any, Any]:
        with acting(world.worker):
            found = running(case.id).get(kind="drift")
        return found.started_at, found.due_at, found.remind_at

    before = still()
    later = clock.now() + timedelta(weeks=3)
    with clock.at(later):
        meeting = casework.meeting_of(case, world.worker)
        assert still()[0] == meeting.made_at
        act("undo", meeting, world.worker)
        assert still() == before
        meeting = casework.meeting_of(case, world.worker)
    # Where something has happened since, the clock runs on from that.
    with clock.at(later + timedelta(minutes=1)):
        visited(world, case)
        since = still()
        act("undo", meeting, world.worker)
        assert still() == since


# --- Corrected -------------------------------------------------------------------------------------------------------


def test_afterwards_a_meeting_is_put_right_with_a_reason_and_its_former_words_stay(world: World) -> None:
    case, meeting = held(world)
    yesterday = (today() - timedelta(days=1)).isoformat()
    with clock.at(clock.now() + timedelta(minutes=11)):
        first = right(meeting, held_on=yesterday, people=["parent"], decisions="Nobody picks her up.")
        act("correct", meeting, world.manager, **first)
    with clock.at(clock.now() + timedelta(minutes=12)):
        act("correct", meeting, world.worker, **{**first, "decisions": "Dad picks her up.", "reason": "Dad rang."})
        [row] = rows(world.worker, case)
    assert (row["held_on"], row["people"], row["decisions"]) == (
        yesterday,
        ["A parent or carer"],
        "Dad picks her up.",
    )
    day = f"{today().day} {today():%B %Y}"
    assert [(one["by"], one["reason"]) for one in row["earlier"]] == [
        (world.manager.name, "I mixed up two families."),
        (world.worker.name, "Dad rang."),
    ]
    assert [{was["label"]: was["words"] for was in one["was"]} for one in row["earlier"]] == [
        {"Day": day, "Who was there": "A parent or carer, School", "What was decided": meeting.decisions},
        {"What was decided": "Nobody picks her up."},
    ]
    with acting(world.worker):
        event = Event.objects.filter(root_id=case.id, verb="meeting.correct").earliest("at")
    assert (event.reason, event.data["fields"]) == (
        "I mixed up two families.",
        ["held_on", "people", "decisions"],
    )


def test_the_form_of_each_asks_what_belongs_to_it_and_begins_with_what_stands(world: World) -> None:
    case, review = reviewed(world)
    meeting = casework.meeting_of(case, world.worker)
    browser = browser_of(world.worker)

    def asked(which: Any) -> dict[str, Any]:
        options = browser.get(f"meetings/{which}/").json()["options"]
        form = next(one for one in options if one["name"] == "correct")
        needed = {field["name"] for field in form["input"] if field["required"]}
        return {
            "hint": form["hint"],
            "needed": needed,
            **{field["name"]: field.get("value") for field in form["input"]},
        }

    form = asked(meeting.id)
    assert (form["kind"], form["people"], "conclusion" in form) == ("family_meeting", ["parent", "school"], False)
    always = {"held_on", "people", "what_changed", "reason"}
    assert form["needed"] == {"kind", *always}
    form = asked(review.id)
    assert (form["child_view"], "next_on" in form, "kind" in form) == ("It is better with Rosa.", False, False)
    assert form["needed"] == {"family_view", "conclusion", *always}
    assert "record another review to set another day" in form["hint"]


def test_the_family_reads_the_words_of_a_review_as_they_were_put_right(world: World) -> None:
    case, review = reviewed(world)
    act("correct", review, world.worker, **right(review, family_view="She sleeps.", child_view="I like Rosa."))
    page = browser_of(world.worker).get(f"cases/{case.id}/family-page/").json()
    assert (page["family_view"], page["child_view"]) == ("She sleeps.", "I like Rosa.")
    # What stood in the plan on the day of the review stays in its version.
    plan = browser_of(world.worker).get(f"cases/{case.id}/plan/").json()
    assert plan["versions"][0]["family_view"] == "She sleeps again."


def test_a_corrected_review_still_hears_the_child_and_keeps_the_day_of_the_next(world: World) -> None:
    _case, review = reviewed(world)
    with pytest.raises(Invalid) as refused:
        act("correct", review, world.worker, **right(review, child_view="", family_view="", conclusion=""))
    assert set(refused.value.fields or {}) == {"child_view", "family_view", "conclusion"}
    why = {"child_view": "", "child_view_why_not": "did_not_want_to"}
    with pytest.raises(Conflict, match="The day of the next review cannot be corrected here"):
        act("correct", review, world.worker, **right(review, **why, next_on=(today() + WEEK).isoformat()))
    assert act("correct", review, world.worker, **right(review, **why)).child_view_why_not == "did_not_want_to"


def test_nothing_different_no_kind_and_a_day_to_come_are_refused(world: World) -> None:
    _case, meeting = held(world)
    with pytest.raises(Invalid, match="Nothing is different from what stands there"):
        act("correct", meeting, world.worker, **right(meeting))
    with pytest.raises(Invalid, match="Choose what it was"):
        act("correct", meeting, world.worker, **right(meeting, kind=""))
    tomorrow = (today() + timedelta(days=1)).isoformat()
    with pytest.raises(Conflict, match="The day of the meeting cannot be in the future"):
        act("correct", meeting, world.worker, **right(meeting, held_on=tomorrow))


def test_what_was_corrected_is_not_undone_and_what_was_undone_not_corrected(world: World) -> None:
    _case, meeting = held(world)
    act("correct", meeting, world.worker, **right(meeting, decisions="None."))
    with pytest.raises(Conflict, match="It has been corrected, so it stays"):
        act("undo", meeting, world.worker)
    _case, meeting = held(world)
    act("undo", meeting, world.worker)
    with pytest.raises(Conflict, match="this is taken back"):
        act("correct", meeting, world.worker, **right(meeting, decisions="None."))


def test_whoever_does_not_work_on_the_case_neither_reads_nor_corrects_it(world: World) -> None:
    _case, meeting = held(world)
    browser = browser_of(world.stranger)
    assert browser.get(f"meetings/{meeting.id}/").status_code == 404
    body = {**right(meeting, decisions="None."), "version": meeting.version}
    assert browser.post(f"meetings/{meeting.id}/correct/", body).status_code == 404
