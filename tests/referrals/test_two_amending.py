"""Two agencies amend one referral at once: the second is told what differs, of what they read and of nothing else."""

from typing import Any

import pytest

from backend.access.actors import Actor
from backend.referrals.models import Referral
from tests.actors import browser_of
from tests.edges import good_input, take
from tests.factories import manager, officer, referral_in, teacher
from tests.referrals.labelled import PLAIN, SECRET, intelligence, police, sent

pytestmark = pytest.mark.django_db


def amend(who: Actor, referral: Referral, version: int, **answers: Any) -> Any:
    """What amending answers, for somebody who opened the answers when the referral was at that version."""
    body = {**good_input("referral", "amend", answers=answers), "version": version}
    return browser_of(who).post(f"referrals/{referral.id}/amend/", body)


def version_of(referral: Referral) -> int:
    return Referral.objects.get(pk=referral.id).version


def differs(answer: Any) -> dict[str, tuple[Any, Any]]:
    assert (answer.status_code, answer.json()["code"]) == (409, "stale"), answer.json()
    return {one["name"]: (one["was"], one["now"]) for one in answer.json()["differs"]}


def test_the_second_reads_what_each_answer_said_and_says_and_what_they_typed_is_sent_with_it() -> None:
    referral = referral_in(Referral.TRIAGE)
    opened = version_of(referral)
    before = browser_of(teacher()).get(f"referrals/{referral.id}/answers/").json()["answers"]
    assert amend(officer(), referral, opened, child_family_name="Okonkwo").status_code == 200
    assert amend(officer(), referral, opened + 1, child_family_name="Okoroafor").status_code == 200
    late = amend(teacher(), referral, opened, child_given_name="Adaeze")
    assert differs(late) == {"answers.child_family_name": (before["child_family_name"], "Okoroafor")}
    assert amend(teacher(), referral, late.json()["version"], child_given_name="Adaeze").status_code == 200
    after = browser_of(teacher()).get(f"referrals/{referral.id}/answers/").json()["answers"]
    assert (after["child_given_name"], after["child_family_name"]) == ("Adaeze", "Okoroafor")


def test_what_bears_a_label_is_in_no_refusal_for_who_may_not_read_it() -> None:
    referral = sent()
    opened = version_of(referral)
    more = {"text": "She was out on Tuesday.", "basis": "seen", "currency": "current"}
    hidden = intelligence(text="A third man was seen.")
    assert amend(police(), referral, opened, worried_about=[PLAIN, more, hidden]).status_code == 200
    read = amend(officer(), referral, opened, child_given_name="Adaeze")
    was, now = differs(read)["answers.worried_about"]
    assert [one["text"] for one in was] == [PLAIN["text"], SECRET]
    assert [one["text"] for one in now] == [PLAIN["text"], more["text"], hidden["text"]]


def test_whoever_does_not_read_the_label_is_told_what_else_changed_and_not_that_it_did() -> None:
    referral = sent()
    take("redirect", referral.id, officer(), to_agency=str(manager("youth-justice").agency_id))
    take("take", referral.id, officer("youth-justice"))
    opened = version_of(referral)
    changed = {**PLAIN, "text": "She is out most nights."}
    hidden = intelligence(text="A third man was seen.")
    assert amend(police(), referral, opened, worried_about=[changed, hidden]).status_code == 200
    late = amend(officer("youth-justice"), referral, opened, child_given_name="Adaeze")
    assert differs(late) == {"answers.worried_about": ([PLAIN], [changed])}
    assert not any(words in late.text for words in (SECRET, "A third man was seen."))
