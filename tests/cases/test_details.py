"""The child's own details at a case: put right by who works on it, kept apart where they must be, told in no words."""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.cases.models import Case
from backend.children.models import Address, Child
from backend.interventions.models import Intervention
from backend.notifications.models import Outbox
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.working import assessing, today
from tests.casework import allocated, case_of
from tests.edges import take
from tests.factories import FRONT_DOOR, agency_id, manager, officer, referral_in, teacher
from tests.interventions.made import intervention_in, mentor

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
NEW_HOME = {"address": "7 Kestrel Row", "postcode": "b99 9zz", "ward": "", "address_safety": "known"}


@pytest.fixture
def case(world: World) -> Case:
    return assessing(world)


def child_of(case: Case) -> Child:
    return Child.objects.get(pk=case.child_id)


def read(who: Actor, case: Case) -> dict[str, Any]:
    return browser_of(who).get(f"cases/{case.id}/child/").json()


def amend(who: Actor, case: Case, **given: Any) -> Any:
    """Send the form as a page does: with everything it begins with, and what is different."""
    page = read(who, case)
    form = next((one["input"] for one in page["options"] if one["name"] == "amend_child"), [])
    stands = {field["name"]: field["value"] for field in form if "value" in field}
    body = {"given_name": "Amina", "why": "has_changed", "reason": "Her aunt rang.", "version": page["version"]}
    return browser_of(who).post(f"cases/{case.id}/child/", {**body, **stands, **given})


def test_the_lead_agency_puts_right_the_details_and_the_history_says_what_they_were(world: World, case: Case) -> None:
    answer = amend(world.worker, case, known_as="Mina", school="Larch Hill Academy", language="somali", **NEW_HOME)
    assert answer.status_code == 200, answer.json()
    again = amend(world.manager, case, school="Beech Grove School", why="was_wrong", reason="The school says so.")
    assert again.status_code == 200, again.json()
    page = read(world.worker, case)
    answers = {one["label"]: one["value"] for one in page["answers"]}
    assert (answers["Likes to be called"], answers["Postcode"]) == ("Mina", "B99 9ZZ")
    latest, first = page["past"][:2]
    assert (latest["by"], latest["why_label"], latest["reason"]) == (
        world.manager.name,
        "It was wrong",
        "The school says so.",
    )
    assert latest["changes"] == [
        {"label": "School, nursery or college", "before": "Larch Hill Academy", "after": "Beech Grove School"}
    ]
    assert {one["label"] for one in first["changes"]} == {
        "Likes to be called",
        "Language at home",
        "School, nursery or college",
        "Address",
        "Postcode",
    }
    chronology = browser_of(world.worker).get(f"cases/{case.id}/timeline/?kind=automatic").json()["results"]
    assert [one["label"] for one in chronology[:2]] == ["Put right the child’s details"] * 2


def test_who_does_not_work_on_the_case_changes_nothing(world: World, case: Case) -> None:
    version = read(world.worker, case)["version"]
    body = {"given_name": "Mina", "why": "was_wrong", "reason": "I say so.", "version": version}
    for nobody, status in ((world.teacher, 404), (world.stranger, 404), (world.youth_justice_worker, 404)):
        assert browser_of(nobody).post(f"cases/{case.id}/child/", body).status_code == status
    # A colleague of the same team reads the case and covers; they do not write of the child.
    assert browser_of(world.other_worker).post(f"cases/{case.id}/child/", body).status_code in {403, 404}
    with acting(world.worker):
        assert child_of(case).given_name == "Amina"


def test_a_page_that_is_old_is_refused_with_who_was_faster(world: World, case: Case) -> None:
    version = read(world.worker, case)["version"]
    amend(world.manager, case, known_as="Mina")
    late = amend(world.worker, case, known_as="Amy", version=version)
    assert late.status_code == 409
    assert late.json()["code"] == "stale"
    assert [one["by"] for one in late.json()["changed"]] == [world.manager.name]
    assert amend(world.worker, case).json()["reasons"] == [
        "Nothing is different from what stands there. Change something first."
    ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"address": "7 Kestrel Row"}, "address_safety"),
        ({"phone": "07700 900777"}, "phone_rule"),
        ({"date_of_birth": None}, "date_of_birth"),
        ({"date_of_birth": "2100-01-01"}, "date_of_birth"),
        ({"given_name": ""}, "given_name"),
    ],
)
def test_a_new_home_or_number_asks_whether_it_is_safe_and_a_day_is_never_lost(
    world: World, case: Case, given: dict[str, Any], field: str
) -> None:
    refused = amend(world.worker, case, **given)
    assert refused.status_code == 400
    assert list(refused.json()["fields"]) == [field]


def test_the_childs_own_number_goes_with_its_rule_before_what_a_referral_said(world: World, case: Case) -> None:
    amend(world.worker, case, phone="07700 900777", phone_rule="text_only")
    found = browser_of(world.worker).get(f"cases/{case.id}/identity/").json()["contacts"]
    assert [(one["whose"], one["number"], one["rule_label"]) for one in found] == [
        ("Amina Example", "07700 900777", "Text only")
    ]
    # The rule stands for as long as the number does; another number asks anew.
    assert amend(world.worker, case, known_as="Mina").status_code == 200
    with acting(world.worker):
        assert child_of(case).phone_rule == "text_only"
    assert amend(world.worker, case, phone="07700 900778").status_code == 400


@committed
def test_a_provider_reads_the_new_number_and_is_told_what_changed_and_not_what_it_is(world: World, case: Case) -> None:
    target = intervention_in(Intervention.STARTED, case, world.worker)
    amend(world.worker, case, phone="07700 900777", phone_rule="text_only", **NEW_HOME)
    told = list(Outbox.objects.using("owner").filter(message="child_details_changed"))
    assert told
    for one in told:
        assert one.fields["label"] == "where the child lives, how the child is reached"
        assert set(one.fields) == {"reference", "label"}
    assert f"/interventions/{target.id}" in {one.path for one in told}
    contacts = browser_of(mentor()).get(f"interventions/{target.id}/").json()["contacts"]
    assert ("07700 900777", "Text only") in {(one["number"], one["rule_label"]) for one in contacts}


def test_a_home_that_must_not_be_found_stands_in_no_record_and_is_asked_for_by_itself(world: World, case: Case) -> None:
    amend(world.worker, case, **NEW_HOME)
    hidden = amend(world.worker, case, address="2 Refuge Lane", postcode="B98 8AA", address_safety="protected")
    assert hidden.status_code == 200, hidden.json()
    assert hidden.json()["has_protected"]
    # Neither the new home nor the one that was known is read anywhere on the page, not even as what it was.
    assert "Refuge" not in hidden.content.decode()
    assert "Kestrel" not in hidden.content.decode()
    with acting(world.worker):
        child = child_of(case)
        assert (child.address, child.postcode, child.ward) == ("", "", "")
        assert not child.history.filter(address__contains="Refuge").exists()
        # The home that was known still finds the child; the one that must not be found does not.
        assert child.other_postcodes == ["B99 9ZZ"]
        assert not any("b988aa" in key for key in child.match_keys)
    asked = browser_of(world.worker).get(f"cases/{case.id}/protected/").json()
    assert asked["answers"] == [{"label": "Address", "value": "2 Refuge Lane, B98 8AA"}]
    assert browser_of(world.manager).get(f"cases/{case.id}/protected/").status_code == 200
    for nobody in (world.teacher, world.stranger, world.other_worker):
        assert browser_of(nobody).get(f"cases/{case.id}/protected/").status_code in {403, 404}
        with acting(nobody):
            assert not Address.objects.filter(root_id=case.id).exists()
    amend(world.worker, case, **{**NEW_HOME, "address": "9 Open Road"})
    assert not read(world.worker, case)["has_protected"]


def test_other_homes_and_numbers_go_on_finding_the_child(world: World, case: Case) -> None:
    amend(world.worker, case, phone="07700 900777", phone_rule="any", **NEW_HOME)
    amend(world.worker, case, phone="07700 900778", phone_rule="any", **{**NEW_HOME, "postcode": "B97 7AA"})
    with acting(world.worker):
        child = child_of(case)
        assert child.other_postcodes == ["B99 9ZZ"]
        assert child.phones == ["+447700900778", "+447700900777"]
        assert {"tel +447700900777", "tel +447700900778"} <= set(child.match_keys)
        assert {"pb b999zz 20120504", "pb b977aa 20120504"} <= set(child.match_keys)


def test_a_birth_written_down_by_mistake_is_put_right(world: World, case: Case) -> None:
    day = (today() - timedelta(days=1)).isoformat()
    assert amend(world.worker, case, date_of_birth=day).status_code == 200
    asked = next(one for one in read(world.worker, case)["options"] if one["name"] == "amend_child")
    assert "expected_date" in {field["name"] for field in asked["input"]}, "a birth written down by mistake"
    undone = amend(world.worker, case, date_of_birth=None, expected_date=(today() + timedelta(days=30)).isoformat())
    assert undone.status_code == 200, undone.json()
    asked = next(one for one in read(world.worker, case)["options"] if one["name"] == "amend_child")
    names = {field["name"] for field in asked["input"]}
    assert names.isdisjoint({"school", "date_of_birth"})


def test_a_referral_says_what_its_sender_wrote_and_brings_nothing_back() -> None:
    """What the lead puts right is not the referrer's answer, and another answer put right later leaves it as it is."""
    home = {"child_address": "14 Lantern Row", "child_postcode": "B99 4AB"}
    referral = take("accept", referral_in("triage", **home).id, officer(), lead_agency=agency_id(FRONT_DOOR))
    case = allocated(case_of(referral), to=manager())
    with acting(manager()):
        sent = child_of(case)
    right = {"given_name": sent.given_name, "known_as": "Mina", "school": "Beech Grove School", **NEW_HOME}
    assert amend(manager(), case, **right).status_code == 200
    answers = browser_of(teacher()).get(f"referrals/{referral.id}/answers/").json()["answers"]
    assert (answers["child_address"], answers["child_postcode"]) == ("14 Lantern Row", "B99 4AB")
    assert answers["child_school"] != "Beech Grove School"
    assert answers["child_known_as"] == sent.known_as
    take("amend", referral.id, teacher(), answers={"child_given_name": "Ameena"})
    with acting(manager()):
        now = child_of(case)
    assert (now.given_name, now.known_as) == ("Ameena", "Mina")
    assert (now.address, now.school, now.postcode) == ("7 Kestrel Row", "Beech Grove School", "B99 9ZZ")
    assert now.other_postcodes == ["B99 4AB"]


def test_the_school_of_a_child_who_must_not_be_found_is_kept_apart_and_moves_apart(world: World, case: Case) -> None:
    assert amend(world.worker, case, school="Larkrise Academy", **NEW_HOME).status_code == 200
    hidden = amend(world.worker, case, address="2 Refuge Lane", postcode="B98 8AA", address_safety="protected")
    assert hidden.status_code == 200, hidden.json()
    assert "Larkrise" not in hidden.content.decode(), "neither now nor in what stood there before"
    assert child_of(case).school == ""

    def apart() -> dict[str, str]:
        answers = browser_of(world.worker).get(f"cases/{case.id}/protected/").json()["answers"]
        return {one["label"]: one["value"] for one in answers}

    assert apart()["School, nursery or college"] == "Larkrise Academy"
    again = amend(world.worker, case, address="3 Refuge Lane", postcode="B98 8AA", address_safety="protected")
    assert again.status_code == 200, again.json()
    assert apart() == {"School, nursery or college": "Larkrise Academy", "Address": "3 Refuge Lane, B98 8AA"}
    move = {
        "school": "Seaview School",
        "on": str(today()),
        "reason": "They have moved.",
        "version": again.json()["version"],
    }
    moved = browser_of(world.worker).post(f"cases/{case.id}/school-move/", move)
    assert moved.status_code == 200, moved.json()
    assert "Seaview" not in moved.content.decode()
    assert apart()["School, nursery or college"] == "Seaview School"
    assert (child_of(case).school, child_of(case).next_school) == ("", "")
