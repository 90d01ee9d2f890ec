"""The people around a child as the case says them: named, changed, ended, taken back, and safe to reach or not."""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.cases.models import Case, Relationship
from backend.core import clock
from backend.core.errors import Conflict, Invalid, NotFound
from backend.deadlines.calendar import local
from backend.interventions.models import Intervention
from backend.referrals.models import Referral
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.planning import found_out
from tests.cases.working import work
from tests.casework import UNCLE, allocated, case_of, relationship_of
from tests.edges import take
from tests.factories import FRONT_DOOR, agency_id, manager, officer, referral_in
from tests.interventions import made as providing

pytestmark = pytest.mark.django_db
SAID = [
    {
        "name": "Ngozi Example",
        "relationship": "mother",
        "lives_with_child": "yes",
        "parental_responsibility": "yes",
        "told": "yes",
        "phone": "07700 900456",
    }
]


def change(target: Relationship, who: Actor, **given: Any) -> Relationship:
    """Change what is said of somebody as the form does: with everything that stands, and what is different."""
    return take("change", target.id, who, noun="relationship", **{**UNCLE, "why": "has_changed", **given})


def people(who: Actor, case: Case) -> dict[str, Any]:
    """The People page as somebody reads it."""
    return browser_of(who).get(f"cases/{case.id}/people/").json()


def page(who: Actor, target_id: object) -> dict[str, Any]:
    """The page of one person."""
    return browser_of(who).get(f"relationships/{target_id}/").json()


def test_somebody_is_named_changed_and_ended_and_the_page_changes_at_once(world: World) -> None:
    case = found_out(world)
    uncle = relationship_of(case, world.worker)
    assert [(one["name"], one["is_case"]) for one in people(world.worker, case)["people"]] == [("Femi Example", True)]
    change(uncle, world.worker, lives_with_child="yes", reason="He moved in on Monday.")
    assert people(world.worker, case)["people"][0]["lives_with_child"] == "yes"
    today = local(clock.now()).date().isoformat()
    take("end", uncle.id, world.manager, noun="relationship", ended_on=today, reason_code="moved_away", reason="")
    shown = people(world.manager, case)
    assert shown["people"] == []
    assert [(one["name"], one["reason_label"]) for one in shown["former"]] == [("Femi Example", "They have moved away")]


def test_the_page_of_a_person_says_old_and_new_in_words_who_and_why(world: World) -> None:
    case = found_out(world)
    uncle = relationship_of(case, world.worker)
    given = {"contact_rule": "do_not_contact", "why": "known_now", "reason": "She is afraid when he rings."}
    change(uncle, world.worker, **given)
    told = page(world.worker, uncle.id)
    latest, first = told["past"]
    assert (latest["why_label"], latest["reason"], latest["by"]) == (
        "We know more now",
        "She is afraid when he rings.",
        world.worker.name,
    )
    assert latest["changes"] == [
        {"label": "Safe to contact", "before": "Any time, in any way", "after": "Do not contact at home"}
    ]
    assert first["changes"] == []
    form = next(one for one in told["options"] if one["name"] == "change")["input"]
    begins = {field["name"]: field.get("value") for field in form}
    assert (begins["name"], begins["contact_rule"], begins["reason"]) == ("Femi Example", "do_not_contact", None)


def test_what_was_just_written_is_taken_back_step_by_step_no_further(world: World) -> None:
    case = found_out(world)
    uncle = relationship_of(case, world.worker)
    change(uncle, world.worker, relationship="cousin", reason="Her grandmother says so.")
    again = take("undo", uncle.id, world.worker, noun="relationship")
    assert (again.state, again.relationship) == (Relationship.STANDS, "aunt_uncle")
    with pytest.raises(Conflict, match="taken back already"):
        take("undo", uncle.id, world.worker, noun="relationship")
    other = relationship_of(case, world.worker, name="Nobody Example")
    with pytest.raises(Conflict, match="Only the person who wrote this"):
        take("undo", other.id, world.manager, noun="relationship")
    assert take("undo", other.id, world.worker, noun="relationship").state == Relationship.TAKEN_BACK
    assert [one["name"] for one in people(world.worker, case)["people"]] == ["Femi Example"]
    with acting(world.worker):
        late = Relationship.objects.get(pk=uncle.id)
    change(late, world.worker, relationship="cousin", reason="She says so again.")
    with clock.at(clock.now() + timedelta(minutes=11)), pytest.raises(Conflict, match="More than 10 minutes"):
        take("undo", uncle.id, world.worker, noun="relationship")


def test_an_end_is_taken_back_whole(world: World) -> None:
    case = found_out(world)
    uncle = relationship_of(case, world.worker)
    today = local(clock.now()).date().isoformat()
    take("end", uncle.id, world.worker, noun="relationship", ended_on=today, reason_code="died", reason="")
    back = take("undo", uncle.id, world.worker, noun="relationship")
    assert (back.state, back.ended_on, back.reason_code) == (Relationship.STANDS, None, "")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"parental_responsibility": "yes"}, "responsibility_source"),
        ({"contact_rule": ""}, "contact_rule"),
        ({"date_of_birth": "2100-01-01"}, "date_of_birth"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(world: World, given: dict[str, Any], field: str) -> None:
    case = found_out(world)
    with pytest.raises(Invalid) as refused:
        relationship_of(case, world.worker, **given)
    assert list(refused.value.fields) == [field]


def test_the_same_person_is_not_named_twice_and_nothing_changed_is_no_change(world: World) -> None:
    case = found_out(world)
    uncle = relationship_of(case, world.worker)
    with pytest.raises(Invalid, match="already"):
        relationship_of(case, world.worker, name="femi example")
    with pytest.raises(Invalid, match="Nothing is different"):
        change(uncle, world.worker, reason="Made up.")


def test_whoever_does_not_read_the_case_reads_nobody_around_the_child(world: World) -> None:
    case = found_out(world)
    uncle = relationship_of(case, world.worker)
    for stranger in (world.stranger, world.teacher):
        assert browser_of(stranger).get(f"relationships/{uncle.id}/").status_code == 404
        with pytest.raises(NotFound):
            relationship_of(case, stranger, name="Made Up")


def referred(**said: Any) -> Case:
    """A case that its referral's own answers lead to, with the manager of the front door as its worker."""
    referral = take("accept", referral_in("triage", **said).id, officer(), lead_agency=agency_id(FRONT_DOOR))
    return allocated(case_of(referral), to=manager())


def test_a_number_that_is_not_safe_is_marked_wherever_it_is_shown() -> None:
    """The case's own word goes before what a referral said of the same person or number, also for a provider."""
    case = referred(people=SAID, phones=[{"whose": "Aunt", "number": "07700 900123", "rule": "any"}])
    worker = manager()
    target = providing.intervention_in(Intervention.STARTED, case, worker)
    giver = providing.mentor()
    before = browser_of(giver).get(f"interventions/{target.id}/").json()["contacts"]
    assert ("07700 900123", []) in [(one["number"], one["refusals"]) for one in before]
    relationship_of(case, worker, number="+44 7700 900123", contact_rule="do_not_contact")
    for who, path in ((worker, f"cases/{case.id}/identity/"), (giver, f"interventions/{target.id}/")):
        contacts = browser_of(who).get(path).json()["contacts"]
        assert [(one["whose"], bool(one["refusals"])) for one in contacts if one["number"].endswith("900123")] == [
            ("Femi Example", True)
        ], path


def test_somebody_whom_a_referral_names_is_taken_up_with_what_it_says() -> None:
    case, worker = referred(people=SAID), manager()
    (mother,) = people(worker, case)["people"]
    assert (mother["name"], mother["is_case"]) == ("Ngozi Example", False)
    told = page(worker, mother["id"])
    (way,) = told["options"]
    begins = {field["name"]: field["value"] for field in way["input"] if "value" in field}
    assert begins == {
        "name": "Ngozi Example",
        "relationship": "mother",
        "lives_with_child": "yes",
        "parental_responsibility": "yes",
        "number": "07700 900456",
    }
    given = {**begins, "responsibility_source": "birth_certificate", "contact_rule": "text_only"}
    answer = browser_of(worker).post(f"relationships/{mother['id']}/take-up/", given)
    assert answer.status_code == 201, answer.content
    after = people(worker, case)["people"]
    assert [(one["name"], one["is_case"]) for one in after] == [("Ngozi Example", True)]
    assert browser_of(worker).get(f"relationships/{mother['id']}/").status_code == 404
    take("undo", answer.json()["id"], worker, noun="relationship")
    assert [one["is_case"] for one in people(worker, case)["people"]] == [False]


AUNT = {"relationship": "aunt_uncle", "lives_with_child": "no", "parental_responsibility": "no", "told": "no"}


def test_somebody_taken_up_and_renamed_stands_once_also_when_their_referral_is_amended() -> None:
    """The referral goes on saying what it says; who is the same there stays the person of whom the case speaks."""
    aunts = [{**AUNT, "name": "Ada Example"}, {**AUNT, "name": "Ife Example"}]
    case, worker = referred(people=[*SAID, *aunts]), manager()
    mother = people(worker, case)["people"][0]
    given = {
        "name": "Ngozi Okoro",
        "relationship": "mother",
        "lives_with_child": "yes",
        "parental_responsibility": "not_known",
    }
    answer = browser_of(worker).post(f"relationships/{mother['id']}/take-up/", given)
    assert answer.status_code == 201, answer.content
    referral = Referral.objects.get(case_id=case.id)
    # Somebody is added before her, one aunt is put right, and the mother’s own name is too.
    said = [{**AUNT, "name": "Bola Example", "relationship": "grandparent"}, {**SAID[0], "name": "Ngozi Exampel"}]
    said += [{**AUNT, "name": "Ada Example"}, {**AUNT, "name": "Ifeoma Example"}]
    take("amend", referral.id, officer(), answers={"people": said})
    shown = {one["name"]: one["is_case"] for one in people(worker, case)["people"]}
    assert shown == {"Ngozi Okoro": True, "Bola Example": False, "Ada Example": False, "Ifeoma Example": False}


def test_nobody_is_named_to_a_closed_case_nor_changed_there(world: World) -> None:
    case = found_out(world)
    uncle = relationship_of(case, world.worker)
    work(world, "close", case, goes_on="Nobody needs to.")
    with pytest.raises(Conflict, match="closed"):
        relationship_of(case, world.manager, name="Made Up")
    with pytest.raises(Conflict, match="closed"):
        change(uncle, world.manager, relationship="cousin", reason="Made up.")
    assert people(world.manager, case)["options"] == []
