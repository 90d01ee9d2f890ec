"""An assessment: begun with the words of the last, typed and kept, one open at a time, complete once."""

from datetime import timedelta

import pytest

from backend.access.actors import actor_of
from backend.access.binding import acting
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.cases.commands import assessing, assessment_machine
from backend.cases.models import Assessment, Case
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.core.ids import uuid7
from backend.drafts.models import Draft
from tests import casework, edges
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.test_edges import take
from tests.cases.working import assessing as case_in_assessment
from tests.cases.working import visited, work

# edge → the states it leaves, and where it arrives.
EDGES = {"complete": ({"open"}, {"complete"}), "set_aside": ({"open"}, {"set_aside"})}


def begun(world: World, case: Case | None = None, **typed: object) -> Assessment:
    """An assessment that the case's worker is writing."""
    return casework.assessment_of(case or case_in_assessment(world), world.worker, **typed)


def completed(world: World, case: Case | None = None, **typed: object) -> Assessment:
    """One that is complete."""
    done: Assessment = edges.take("complete", begun(world, case, **typed).id, world.worker, noun="assessment")
    return done


def test_the_machine_is_the_table() -> None:
    machine = assessment_machine
    assert {name: (machine.sources(name), machine.targets(name)) for name in machine.edges} == EDGES


def test_what_was_typed_is_what_it_says_and_the_draft_is_gone(world: World) -> None:
    done = completed(world)
    assert (done.state, done.needs, done.factors) == ("complete", "A calm way to school.", ["violence_at_home"])
    assert done.ended_by_name == world.worker.name
    with acting(world.worker):
        assert not Draft.objects.filter(root_id=done.id).exists()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("needs", "Say what the child and family need."),
        ("strengths", "Say what is strong already, and who helps."),
        ("factors", "Choose at least one factor that you have found."),
        ("child_words", "Write what the child says in their own words, or choose why"),
    ],
)
@pytest.mark.parametrize("nothing", ["", "  ", None, [], ["made-up"], {"a": 1}, 7])
def test_it_is_not_complete_without_what_the_plan_rests_on(
    world: World, name: str, sentence: str, nothing: object
) -> None:
    assessment = begun(world, **{name: nothing})
    with pytest.raises(Conflict, match=sentence) as refused:
        edges.take("complete", assessment.id, world.worker, noun="assessment")
    assert refused.value.code == "not_ready"


def test_a_child_without_words_has_a_reason_instead(world: World) -> None:
    done = completed(world, child_words="", child_words_why_not="unborn")
    assert done.child_words_why_not == "unborn"


def test_one_is_open_at_a_time(world: World) -> None:
    case = case_in_assessment(world)
    begun(world, case)
    with pytest.raises(Conflict, match="has begun an assessment already"):
        begun(world, case)


def test_the_next_begins_with_the_words_of_the_last_and_says_so(world: World) -> None:
    case = case_in_assessment(world)
    first = completed(world, case)
    visited(world, case, text="She sleeps again.")
    with acting(world.worker):
        second = assessing.start(world.worker, case.id, assessment_id=uuid7())
    browser = browser_of(world.worker)
    body = browser.get(f"assessments/{second.id}/").json()
    assert (second.number, body["based_on"]["id"]) == (2, str(first.id))
    assert body["answers"]["needs"]["value"] == first.needs
    hints = {field["name"]: field["hint"] for field in body["form"]}
    assert "It began with the words of" in hints["needs"]
    assert "It began" not in hints["analysis"]
    assert [one["label"] for one in body["news"]] == ["Wrote a note"]
    changed = {"answers": {"needs": {"value": "A key adult.", "base_rev": body["answers"]["needs"]["rev"]}}}
    assert browser.patch(f"assessments/{second.id}/draft/", changed).status_code == 200
    edges.take("complete", second.id, world.worker, noun="assessment")
    said = {one["name"]: one for one in browser.get(f"assessments/{second.id}/").json()["said"]}
    assert (said["needs"]["value"], said["needs"]["before"]) == (["A key adult."], ["A calm way to school."])
    assert said["strengths"]["before"] is None
    assert browser.get(f"assessments/{first.id}/").json()["said"][0]["value"] == ["A calm way to school."]


def test_whoever_takes_the_case_over_goes_on_with_what_was_typed(world: World) -> None:
    case = case_in_assessment(world)
    assessment = begun(world, case)
    work(world, "reallocate", case, lead_practitioner_id=str(world.other_worker.user_id))
    done = edges.take("complete", assessment.id, world.other_worker, noun="assessment")
    assert done.ended_by_name == world.other_worker.name


def test_whoever_is_allocated_in_another_agency_goes_on_with_what_was_typed_and_the_worker_before_no_more(
    world: World,
) -> None:
    case = case_in_assessment(world)
    assessment = begun(world, case)
    take(world, "accept", world.proposed(case))
    path, browser = f"assessments/{assessment.id}/", browser_of(world.worker)
    rev = browser.get(path).json()["answers"]["strengths"]["rev"]
    typed = {"answers": {"strengths": {"value": "The new bus.", "base_rev": rev}}}
    assert browser.patch(f"{path}draft/", typed).status_code == 200
    world.allocate(case.id, world.youth_justice_manager, world.youth_justice_worker)
    body = browser_of(world.youth_justice_worker).get(path).json()
    assert body["answers"]["strengths"]["value"] == "The new bus."
    assert browser.patch(f"{path}draft/", typed).status_code == 403
    done = edges.take("complete", assessment.id, world.youth_justice_worker, noun="assessment")
    assert done.ended_by_name == world.youth_justice_worker.name


def test_another_worker_neither_completes_nor_types_over_it(world: World) -> None:
    assessment = begun(world)
    browser = browser_of(world.manager)
    assert browser.get(f"assessments/{assessment.id}/").json()["missing"] == []
    with acting(world.stranger), pytest.raises(NotFound):
        assessing.save_answers(world.stranger, assessment.id, {"needs": ("x", 9)})
    assert browser_of(world.stranger).get(f"assessments/{assessment.id}/").status_code == 404


def test_somebody_of_the_team_reads_it_and_begins_none(world: World) -> None:
    case = case_in_assessment(world)
    done = completed(world, case)
    others = Membership.objects.select_related("user", "agency", "team").filter(team_id=case.team_id, ended_at=None)
    colleague = actor_of(others.exclude(user_id=world.worker.user_id).exclude(role=Role.MANAGER)[0])
    assert browser_of(colleague).get(f"assessments/{done.id}/").status_code == 200
    with acting(colleague), pytest.raises(Forbidden):
        assessing.start(colleague, case.id, assessment_id=uuid7())


def test_what_is_typed_after_the_end_is_refused(world: World) -> None:
    done = completed(world)
    answer = browser_of(world.worker).patch(
        f"assessments/{done.id}/draft/", {"answers": {"needs": {"value": "More.", "base_rev": 0}}}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


def test_one_that_nobody_touches_is_set_aside_in_the_end(world: World) -> None:
    case = case_in_assessment(world)
    begun(world, case)
    set_aside = edges.take("set_aside", begun_of(case, world).id, world.manager, noun="assessment")
    assert set_aside.state == "set_aside"
    assert begun(world, case).number == 2


def begun_of(case: Case, world: World) -> Assessment:
    """The one that is being written."""
    with acting(world.worker):
        return Assessment.objects.get(root_id=case.id, state="open")


def test_the_list_offers_to_begin_only_where_one_may(world: World) -> None:
    case = case_in_assessment(world)
    browser = browser_of(world.worker)
    path = f"cases/{case.id}/assessments/"
    assert [one["name"] for one in browser.get(path).json()["options"]] == ["start_assessment"]
    answer = browser.post(path, {})
    assert answer.status_code == 201
    listed = browser.get(path).json()
    assert ([one["id"] for one in listed["results"]], listed["options"]) == ([answer.json()["id"]], [])


def test_the_last_of_a_year_ago_still_tells_what_is_new(world: World) -> None:
    case = case_in_assessment(world)
    completed(world, case)
    with clock.at(clock.now() + timedelta(days=200)):
        visited(world, case)
        with acting(world.worker):
            assert assessing.start(world.worker, case.id, assessment_id=uuid7()).based_on_id is not None
