"""Who records the same at the same moment: one record, and a sentence for everybody else."""

from collections import Counter

import pytest

from tests.administration.leading import led_by, worker
from tests.concurrency.racing import at_once, browsers_of, counted
from tests.rights.made import ASKED, first

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_the_same_request_for_a_copy_is_recorded_once_and_the_others_are_told() -> None:
    case = led_by(worker())
    body = {**ASKED, "reference": case.reference}
    who = browsers_of(first(), 8)
    answers = at_once([lambda browser=browser: browser.post("subject-requests/", body) for browser in who])
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: len(who) - 1}
    refusals = [answer.json() for answer in answers if answer.status_code == 409]
    assert {one["code"] for one in refusals} <= {"exists", "done_meanwhile"}
    assert all(one["reasons"] for one in refusals)
    assert counted("SELECT count(*) FROM rights_subjectrequest WHERE child_id = %s", case.child_id) == 1
