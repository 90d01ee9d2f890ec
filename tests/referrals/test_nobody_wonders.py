"""Whatever state a referral is in, who sent it reads where it stands, who holds it, what is next and by when."""

from datetime import timedelta

import pytest

from backend.core import clock
from backend.referrals.models import Referral
from tests.actors import browser_of
from tests.factories import officer, referral_in, teacher

pytestmark = pytest.mark.django_db

# Where nothing is promised any more once everybody has been told; a draft waits for whoever writes it.
WITHOUT_PROMISE = {Referral.DRAFT, Referral.WITHDRAWN, Referral.ENTERED_IN_ERROR}
# Closed because the child has died: the referrer is asked to ring, and hears it from a person (test_dying.py).
READ = [state for state in Referral.LABELS if state != Referral.CLOSED]


def tracker(referral: Referral) -> dict[str, object]:
    """What the referrer's page says."""
    found: dict[str, object] = browser_of(teacher()).get(f"referrals/{referral.id}/").json()["tracker"]
    return found


@pytest.mark.parametrize("state", READ)
def test_every_state_says_where_it_is_who_has_it_what_is_next_and_by_when(state: str) -> None:
    found = tracker(referral_in(state))
    assert str(found["sentence"]).endswith(".")
    assert "{" not in str(found["sentence"])
    assert found["holder"]["name"]  # type: ignore[index] # JSON
    assert found["next_step"]
    assert bool(found["next_due_at"]) is (state not in WITHOUT_PROMISE), found


def test_no_two_states_read_alike_and_a_missed_promise_reads_otherwise() -> None:
    sentences = {state: str(tracker(referral_in(state))["sentence"]) for state in READ}
    assert len(set(sentences.values())) == len(sentences)
    for state in (Referral.SUBMITTED, Referral.TRIAGE, Referral.REDIRECTED):
        referral = referral_in(state)
        with clock.at(clock.now() + timedelta(days=12)):
            assert "should have" in str(tracker(referral)["sentence"]), state


def test_once_everybody_is_told_nothing_more_is_promised() -> None:
    referral = referral_in(Referral.SIGNPOSTED)
    assert tracker(referral)["next_step"] == "Tell the referrer, the child and a parent"
    told = {"who": "referrer", "was_told": True, "method": "phone", "told_at": clock.now().isoformat()}
    answer = browser_of(officer()).post(f"referrals/{referral.id}/record-told/", {**told, "version": referral.version})
    assert answer.status_code == 200, answer.content
    found = tracker(referral)
    assert (found["next_step"], found["next_due_at"]) == ("Nothing more is needed", None)
