"""How soon help is needed: decided when somebody takes the case, changed later with what has changed."""

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.cases.commands import open_or_join
from backend.cases.models import Case
from backend.core.errors import Conflict
from tests.actors import actor, browser_of
from tests.cases.conftest import World
from tests.cases.working import now, work

EDGE = "change_priority"


def told_by_it(who: Actor, edge: str = EDGE) -> list[str]:
    """Who would be told, as the option says before it is taken."""
    (case,) = browser_of(who).get("cases/?view=lead").json()["results"]
    options = browser_of(who).get(f"cases/{case['id']}/").json()["options"]
    told: list[str] = next(option for option in options if option["name"] == edge)["tells"]
    return told


def without_priority(world: World) -> Case:
    """A case that nobody has said the priority of."""
    opener = actor("city-early-help", Role.TRIAGE_OFFICER)
    lead = world.agency("city-early-help")
    child = world.referred(lead)
    with acting(opener):
        in_hand = open_or_join(opener, child, holder=lead, theme="violence_reduction", priority="")
    assert in_hand.case is not None
    return in_hand.case


def test_whoever_allocates_a_case_may_decide_anew_how_soon_help_is_needed(world: World) -> None:
    in_hand = world.opened(led_by="city-early-help")
    given = {"lead_practitioner_id": str(world.worker.user_id)}
    case = work(world, "allocate", Case(id=in_hand.id), priority="red", **given)
    assert case.priority == "red"
    entries = browser_of(world.manager).get(f"cases/{case.id}/timeline/").json()["results"]
    allocated = next(entry for entry in entries if entry["label"] == "Allocated a lead practitioner")
    assert "Priority: red: today, before that amber: this week." in allocated["text"]


def test_a_priority_that_is_left_open_stays(world: World) -> None:
    assert world.allocated().priority == "amber"


def test_a_case_without_a_priority_is_not_allocated_without_one(world: World) -> None:
    case, given = without_priority(world), {"lead_practitioner_id": str(world.worker.user_id)}
    with pytest.raises(Conflict, match="how soon help is needed"):
        work(world, "allocate", case, priority="", **given)
    assert work(world, "allocate", case, priority="green", **given).priority == "green"


def test_a_change_says_why_and_stands_in_the_chronology_and_the_history(world: World) -> None:
    case = work(world, EDGE, world.allocated(), priority="red", reason="He was threatened at the bus stop.")
    assert now(world, case).priority == "red"
    browser = browser_of(world.worker)
    (entry,) = (
        one
        for one in browser.get(f"cases/{case.id}/timeline/").json()["results"]
        if one["label"] == "Changed the priority"
    )
    assert entry["text"] == (
        "Priority: red: today, before that amber: this week.\n\nHe was threatened at the bus stop."
    )
    assert [row["priority"] for row in browser.get("cases/?view=mine").json()["results"]] == ["red"]
    identity = browser.get(f"cases/{case.id}/identity/").json()
    assert (identity["priority"], identity["priority_label"]) == ("red", "Red: today")
    with acting(world.worker):
        assert list(case.history.order_by("version").values_list("priority", flat=True)) == ["amber", "amber", "red"]


def test_the_same_priority_is_no_change(world: World) -> None:
    with pytest.raises(Conflict, match="already"):
        work(world, EDGE, world.allocated(), priority="amber")


def test_a_change_without_a_reason_is_refused_at_its_field(world: World) -> None:
    case = world.allocated()
    answer = browser_of(world.worker).post(
        f"cases/{case.id}/change-priority/", {"version": case.version, "priority": "red"}
    )
    assert (answer.status_code, set(answer.json()["fields"])) == (400, {"reason"})


def test_the_lead_practitioner_and_the_managers_are_told(world: World) -> None:
    world.allocated()
    assert told_by_it(world.manager) == [
        f"The lead practitioner ({world.worker.name})",
        f"The managers of {world.manager.agency_name}",
    ]


def test_another_lead_practitioner_is_named_by_the_part_they_take_before_they_are_chosen(world: World) -> None:
    """Whoever leads until then hears of it by another message, and is not named as the one who takes it on."""
    world.allocated()
    assert "The new lead practitioner" in told_by_it(world.manager, "reallocate")
    assert f"The lead practitioner ({world.worker.name})" not in told_by_it(world.manager, "reallocate")
