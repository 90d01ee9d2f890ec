"""Protected addresses (access.md, LOCATION): kept where nobody comes across them, and shown to whoever asks and may."""

import json
from typing import Any

import pytest

from backend.access import policy
from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.marks import PROTECTED
from backend.access.permissions import Permission
from backend.audit.models import AccessLog
from backend.children.models import Child
from backend.referrals.models import Amendment, Referral
from tests.actors import browser_of
from tests.edges import take
from tests.factories import manager, officer, referral_in, teacher
from tests.referrals.labelled import CHARITY, led_by
from tests.referrals.test_labels import amend, in_the_database, page

pytestmark = pytest.mark.django_db

STREET, AUNT = "7 Hidden Lane", "9 Secret Row"
AT_HOME = {"address_protected": True, "child_address": STREET, "child_postcode": "B99 7ZZ", "child_ward": "E05011118"}
AT_AUNTS = {"address": AUNT, "kind": "relative", "is_protected": True, "from_on": "2026-09-01"}
OPEN = {"address": "14 Lantern Row", "kind": "previous", "until_on": "2026-08-31", "said_by": "family"}


def sent(state: str = Referral.TRIAGE, **answers: Any) -> Referral:
    return referral_in(state, by=teacher(), **{**AT_HOME, "other_addresses": [OPEN, AT_AUNTS], **answers})


def asked_for(who: Actor, referral: Referral) -> Any:
    return browser_of(who).get(f"referrals/{referral.id}/protected/")


def test_no_page_has_a_protected_address_and_whoever_decides_may_ask_for_it() -> None:
    """access.md, LOCATION: protected address; fresh sign-in."""
    referral = sent()
    for who in (teacher(), officer(), manager()):
        body = page(who, referral)
        assert not {STREET, AUNT, "B99 7ZZ"} & set(json.dumps(body).replace('"', "\n").split("\n"))
        assert body["sees_protected"] is True
        found = json.dumps(asked_for(who, referral).json())
        assert STREET in found
        assert AUNT in found
        assert "Lantern" not in found
    assert "14 Lantern Row" in json.dumps(page(officer(), referral))


def test_the_named_worker_asks_for_it_and_their_team_cannot() -> None:
    referral = sent()
    _case, worker = led_by(referral, CHARITY)
    assert STREET in json.dumps(asked_for(worker, referral).json())
    assert STREET not in json.dumps(page(worker, referral))


def test_who_sees_the_status_only_is_refused_and_a_stranger_finds_nothing() -> None:
    referral = sent()
    take("redirect", referral.id, officer(), to_agency=str(manager("youth-justice").agency_id))
    take("take", referral.id, officer("youth-justice"))
    # The front door held it before, and sees how it stands.
    refused = asked_for(officer(), referral)
    assert refused.status_code == 403, refused.json()
    assert STREET not in in_the_database(officer(), referral)
    assert asked_for(officer(CHARITY), referral).status_code == 404


def test_the_childs_own_record_has_no_word_of_it() -> None:
    """Others are found by that record, and its history is read with it."""
    referral = sent()
    child = Child.objects.get(pk=referral.child_id)
    assert (child.address, child.postcode, child.ward) == ("", "", "")
    assert not any("B99" in key.upper() or "7ZZ" in key.upper() for key in (*child.match_keys, *child.ask_keys))
    assert all(row.address == "" for row in child.history.all())


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_each_look_is_written_down_under_its_own_name() -> None:
    referral = sent()
    asked_for(officer(), referral)
    labels = AccessLog.objects.using("owner").values_list("label", flat=True)
    assert "referral.protected" in set(labels)


def test_where_the_child_learns_and_is_now_is_kept_as_apart_as_the_home() -> None:
    """Whoever must not find the child at home would wait for them there."""
    referral = sent(child_school="Larkrise Academy", whereabouts="At the harbour hostel")
    for who in (teacher(), officer(), manager()):
        body = json.dumps(page(who, referral))
        assert "Larkrise" not in body
        assert "harbour hostel" not in body
        found = json.dumps(asked_for(who, referral).json())
        assert "Larkrise Academy" in found
        assert "harbour hostel" in found
    child = Child.objects.get(pk=referral.child_id)
    assert (child.school, [row.school for row in child.history.all() if row.school]) == ("", [])
    open_again = amend(teacher(), referral, answers={"address_protected": False, "child_school": "Larkrise Academy"})
    assert open_again.status_code == 200, open_again.json()
    assert Child.objects.get(pk=referral.child_id).school == "Larkrise Academy"


def test_a_school_that_is_hidden_later_leaves_every_page_and_record() -> None:
    referral = referral_in(Referral.TRIAGE, by=teacher(), child_school="Larkrise Academy")
    assert "Larkrise" in json.dumps(page(officer(), referral))
    assert amend(teacher(), referral, answers={"address_protected": True}).status_code == 200
    assert "Larkrise" not in json.dumps(page(officer(), referral))
    assert Child.objects.get(pk=referral.child_id).school == ""
    assert "Larkrise Academy" in json.dumps(asked_for(officer(), referral).json())


def test_amending_something_else_leaves_it_where_it_is() -> None:
    referral = sent()
    answered = amend(officer(), referral, answers={"child_known_as": "Bee"})
    assert answered.status_code == 200, answered.json()
    assert STREET in json.dumps(asked_for(teacher(), referral).json())
    with acting(officer()):
        assert list(Amendment.objects.filter(root_id=referral.id).values_list("field", flat=True)) == ["child_known_as"]


def test_an_address_that_is_protected_later_leaves_every_page_and_record() -> None:
    referral = referral_in(Referral.TRIAGE, by=teacher(), child_address=STREET)
    assert STREET in json.dumps(page(officer(), referral))
    refused = amend(officer(), referral, answers={"address_protected": True})
    assert refused.status_code == 400, refused.json()
    assert amend(teacher(), referral, answers={"address_protected": True}).status_code == 200
    assert STREET not in json.dumps(page(officer(), referral))
    assert Child.objects.get(pk=referral.child_id).address == ""
    assert STREET in json.dumps(asked_for(officer(), referral).json())
    open_again = amend(teacher(), referral, answers={"address_protected": False, "child_address": "1 Open Road"})
    assert open_again.status_code == 200, open_again.json()
    assert "1 Open Road" in json.dumps(page(officer(), referral))
    assert STREET not in json.dumps(asked_for(officer(), referral).json())


def test_who_may_ask_is_who_reads_that_label_and_needs_a_fresh_sign_in() -> None:
    assert policy.TABLE[Permission.REFERRAL_READ_PROTECTED] == PROTECTED
    assert Permission.REFERRAL_READ_PROTECTED in policy.NEEDS_FRESH_SIGN_IN


@pytest.mark.parametrize(
    "wrong", [{"postcode": "B99"}, {"from_on": "2026-05-02", "until_on": "2026-05-01"}], ids=["postcode", "dates"]
)
def test_4_10_a_further_address_has_a_whole_postcode_and_ends_after_it_begins(wrong: dict[str, str]) -> None:
    draft = referral_in(Referral.DRAFT, by=teacher(), other_addresses=[{**OPEN, "until_on": None, **wrong}])
    found = browser_of(teacher()).get(f"referrals/{draft.id}/draft/").json()
    assert any(one["field"] == "other_addresses" for one in found["problems"]), found.keys()
