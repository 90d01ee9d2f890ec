"""Why a case is, in the words of its referral: to whom its text is, with labelled parts as on its own page."""

from typing import Any

import pytest

from backend.access.actors import Actor
from backend.cases.models import Case
from tests.actors import browser_of
from tests.casework import allocated, case_of
from tests.edges import take
from tests.factories import FRONT_DOOR, agency_id, linked_to, manager, officer, referral_in
from tests.referrals.labelled import CHARITY, PLAIN, SECRET, STATUTORY, led_by, sent

pytestmark = pytest.mark.django_db
GOES_WELL = {"text": "She draws every evening with her aunt.", "basis": "told", "told_by": "Her aunt"}
HOPE = "A safe way to school."


def why(who: Actor, case: Case) -> list[dict[str, Any]]:
    """What the overview says of where the case came from."""
    answer = browser_of(who).get(f"cases/{case.id}/overview/")
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["why"]
    return found


def words(who: Actor, case: Case) -> list[str]:
    """The words of it."""
    return [one["text"] for referral in why(who, case) for one in referral["statements"]]


def taken(**answers: Any) -> Case:
    """A case of the front door that a referral with these answers led to."""
    referral = referral_in("triage", **answers)
    done = take("accept", referral.id, officer(), lead_agency=agency_id(FRONT_DOOR))
    return allocated(case_of(done), to=manager())


def test_it_says_in_the_referrers_words_what_worries_what_goes_well_and_what_they_hope_for() -> None:
    case = taken(worried_about=[PLAIN], working_well=[{**GOES_WELL, "currency": "current"}], needs_to_happen=HOPE)
    (one,) = why(manager(), case)
    said = {statement["kind_label"]: statement["text"] for statement in one["statements"]}
    assert [*said][:3] == ["Worried about", "Working well", "Needs to happen"]
    assert [*said.values()][:3] == [PLAIN["text"], GOES_WELL["text"], HOPE]
    assert not one["says_more"]
    (told,) = [statement for statement in one["statements"] if statement["kind"] == "working_well"]
    assert told["told_by"] == "Her aunt"


def test_what_is_long_is_begun_between_words_and_said_to_be_longer() -> None:
    case = taken(worried_about=[{**PLAIN, "text": "He was out at night. " * 100}])
    (one,) = why(manager(), case)
    assert one["says_more"]
    assert one["statements"][0]["text"].endswith(("night. …", "He …", "was …", "out …", "at …"))
    assert len(one["statements"][0]["text"]) <= 402


def test_a_case_shows_why_it_was_opened_and_what_was_said_last() -> None:
    referral = referral_in("triage", worried_about=[{**PLAIN, "text": "First."}])
    case = allocated(case_of(take("accept", referral.id, officer(), lead_agency=agency_id(FRONT_DOOR))), to=manager())
    for text in ("Second.", "Third."):
        linked_to(referral, to=case.id, worried_about=[{**PLAIN, "text": text}])
    shown = [one for one in words(manager(), case) if one in ("First.", "Second.", "Third.")]
    assert shown[0] == "First."
    assert len(why(manager(), case)) <= 2


@pytest.mark.parametrize(("slug", "reads"), [(STATUTORY, True), (CHARITY, False)])
def test_intelligence_is_read_by_a_named_statutory_worker_and_by_no_charity(slug: str, reads: bool) -> None:
    case, worker = led_by(sent(), slug)
    assert PLAIN["text"] in words(worker, case)
    assert (SECRET in words(worker, case)) is reads
    # Their manager is not named on the case: its existence is hidden from them.
    assert SECRET not in words(manager(slug), case)


def test_what_is_hidden_changes_nothing_of_the_rest() -> None:
    secret, worker = led_by(sent(), CHARITY)
    plain, other = led_by(sent(labelled=False), CHARITY)
    told = [
        [{**one, "id": ""} for one in why(who, case)[0]["statements"]]
        for who, case in ((worker, secret), (other, plain))
    ]
    assert told[0] == told[1]


def test_whoever_does_not_read_the_case_is_told_nothing_of_why() -> None:
    case = taken(worried_about=[PLAIN])
    assert browser_of(manager(CHARITY)).get(f"cases/{case.id}/overview/").status_code == 404
