"""What a visitor must know first is said wherever a visit is planned or recorded, and only to those who may visit."""

import pytest

from tests.actors import browser_of
from tests.casework import allocated, case_of, open_transfer_of, task_about
from tests.edges import take
from tests.factories import FRONT_DOOR, LEADING, OFFERED, agency_id, manager, officer, referral_in, teacher

pytestmark = pytest.mark.django_db
LABELS = ["Dogs"]


def labels(shown: list[dict[str, list[str]]]) -> list[str]:
    return [label for alert in shown for label in alert["labels"]]


@pytest.fixture
def referral():
    return take("accept", referral_in("triage").id, officer(), lead_agency=agency_id(FRONT_DOOR))


def test_it_is_on_the_page_of_the_case_and_beside_recording_a_visit(referral):
    case = allocated(case_of(referral), to=manager())
    page = browser_of(manager()).get(f"cases/{case.id}/").json()
    assert labels(page["safety"]) == LABELS
    visit = next(option for option in page["options"] if option["name"] == "write_note")
    assert visit["hint"].endswith("Before you visit: dogs.")


def test_it_is_on_a_transfer_for_who_is_asked_to_lead(referral):
    case = case_of(referral)
    take("propose_transfer", case.id, manager(), noun="case", to_agency_id=agency_id(LEADING))
    asked = manager(LEADING)
    transfer = open_transfer_of(case, asked)
    assert labels(browser_of(asked).get(f"transfers/{transfer.id}/").json()["safety"]) == LABELS
    assert browser_of(manager(OFFERED)).get(f"transfers/{transfer.id}/").status_code == 404


def test_it_is_on_a_task_for_who_opens_the_record_and_for_nobody_else(referral):
    case = allocated(case_of(referral), to=manager())
    task = task_about(case, manager(), by=manager())
    assert labels(browser_of(manager()).get(f"tasks/{task.id}/").json()["safety"]) == LABELS
    elsewhere = task_about(case, teacher(), by=manager())
    assert browser_of(teacher()).get(f"tasks/{elsewhere.id}/").json()["safety"] == []


def test_what_one_referral_says_holds_for_the_case_that_another_one_led_to(referral):
    first = case_of(referral)
    who = {"child_given_name": referral.about.given_name, "child_nhs_number": None, "child_upn": None}
    warned = {"staff_safety": ["visit_in_pairs"], "staff_safety_note": None}
    second = referral_in("triage", by=manager("larch-hill-academy"), **who, **warned)
    known = browser_of(officer()).get(f"referrals/{second.id}/likely-children/").json()["results"]
    take("accept", second.id, officer(), child_match=known[0]["id"], lead_agency=agency_id(FRONT_DOOR))
    case = allocated(first, to=manager())
    page = browser_of(manager()).get(f"cases/{case.id}/").json()
    assert sorted(labels(page["safety"])) == ["Dogs", "Visit in pairs"]
