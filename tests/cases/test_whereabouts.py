"""Who must not be found at home must not be found at school, whichever of a child's records says so.

Source: access.md, Labels (LOCATION); docs/adr/0028.
"""

import json
from datetime import timedelta
from typing import Any

import pytest

from backend.access.binding import acting
from backend.cases.models import Case
from backend.cases.queries.detailing import hides_whereabouts
from backend.children.models import Child
from backend.referrals.models import Referral
from tests.actors import browser_of
from tests.administration.leading import EARLY_HELP, manager, worker
from tests.cases.test_details import NEW_HOME, amend, read
from tests.cases.working import today
from tests.casework import allocated, case_of, open_transfer_of
from tests.edges import take
from tests.factories import agency_id, officer, referral_in, teacher

pytestmark = pytest.mark.django_db
AT_HOME = {"address_protected": True, "child_address": "7 Hidden Lane", "child_postcode": "B99 7ZZ"}
SCHOOL, LABEL = "Seaview School", "School, nursery or college"


def led(**answers: Any) -> Case:
    """A case of city early help that came of a referral with these answers."""
    referral = referral_in("triage", by=teacher(), **answers)
    handover = {"what_matters": "Her way home.", "who_to_speak_to": "Ms A. Teacher"}
    taken = take("accept", referral.id, officer(), lead_agency=agency_id(EARLY_HELP), **handover)
    case = case_of(taken)
    take("accept", open_transfer_of(case, manager()).id, manager(), noun="transfer")
    return allocated(case, to=worker(), by=manager())


def child_of(case: Case) -> Child:
    with acting(worker()):
        return Child.objects.get(pk=case.child_id)


def moves(case: Case, *, days: int = 0) -> Any:
    on = today() + timedelta(days=days)
    version = read(worker(), case)["version"]
    body = {"school": SCHOOL, "on": str(on), "reason": "They have moved.", "version": version}
    return browser_of(worker()).post(f"cases/{case.id}/school-move/", body)


def apart(case: Case) -> dict[str, str]:
    """What whoever may ask for it reads by itself."""
    answers = browser_of(worker()).get(f"cases/{case.id}/protected/").json()["answers"]
    return {one["label"]: one["value"] for one in answers}


@pytest.mark.parametrize("days", [0, 30])
def test_a_school_is_kept_apart_where_only_the_referral_said_that_nobody_may_find_them(days: int) -> None:
    case = led(**AT_HOME)
    answer = moves(case, days=days)
    assert answer.status_code == 200, answer.json()
    child = child_of(case)
    assert (child.school, child.next_school) == ("", "")
    assert SCHOOL not in json.dumps([answer.json(), read(worker(), case)])
    assert apart(case)[LABEL] == SCHOOL


def test_so_it_is_where_it_is_put_right_among_the_details() -> None:
    case = led(**AT_HOME)
    answer = amend(worker(), case, school=SCHOOL)
    assert answer.status_code == 200, answer.json()
    assert child_of(case).school == ""
    assert SCHOOL not in json.dumps(answer.json())
    assert apart(case) == {LABEL: SCHOOL}
    again = amend(worker(), case, known_as="Mina")
    assert again.status_code == 200, again.json()
    assert apart(case) == {LABEL: SCHOOL}, "the form does not show it: left empty it stays"


def test_a_referral_that_is_amended_later_hides_what_was_open_before() -> None:
    case = led(child_school="Larkrise Academy")
    assert child_of(case).school == "Larkrise Academy"
    with acting(teacher()):
        referral = Referral.objects.get(case_id=case.id)
    take("amend", referral.id, teacher(), answers={"address_protected": True})
    assert moves(case).status_code == 200
    assert child_of(case).school == ""
    assert apart(case)[LABEL] == SCHOOL
    assert "Larkrise" not in json.dumps(read(worker(), case)["past"])


def test_a_home_that_the_case_says_openly_ends_it() -> None:
    case = led(**AT_HOME)
    assert amend(worker(), case, **NEW_HOME).status_code == 200
    assert moves(case).status_code == 200
    assert child_of(case).school == SCHOOL
    assert apart(case) == {}


def test_a_school_of_a_child_whom_everybody_may_find_stays_open() -> None:
    case = led()
    assert moves(case).status_code == 200
    assert child_of(case).school == SCHOOL


def test_whoever_does_not_read_the_case_does_not_learn_whether_it_is_hidden() -> None:
    case = led(**AT_HOME)
    with acting(worker()):
        assert hides_whereabouts(case.id)
    with acting(worker(1)):
        assert not hides_whereabouts(case.id)
