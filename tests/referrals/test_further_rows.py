"""Further addresses and numbers of a child: typed rows with days, who says so, and the checks of their issuers."""

from typing import Any

import pytest

from backend.access.binding import acting
from backend.children.models import Address, Child, Identifier
from backend.referrals.models import Referral
from tests.actors import browser_of
from tests.factories import officer, referral_in, teacher
from tests.referrals.test_labels import amend, page

pytestmark = pytest.mark.django_db

PLACEMENT = {"address": "3 Kestrel Mews", "kind": "placement", "postcode": "b994ab", "from_on": "2026-09-01"}
FORMER = {"kind": "nhs_number", "value": "999 000 0018", "until_on": "2026-08-31", "said_by": "records"}
CASE = {"kind": "council_case", "value": "ab-12 34"}


def sent(**answers: Any) -> Referral:
    given = {"other_addresses": [PLACEMENT], "other_numbers": [FORMER, CASE]}
    return referral_in(Referral.TRIAGE, by=teacher(), **{**given, **answers})


def test_they_become_rows_of_their_own_and_stand_on_the_page() -> None:
    """domain.md 4.2, address, and 4.11, linked identifiers: type, value, from and to."""
    referral = sent()
    (address,) = Address.objects.filter(root_id=referral.id)
    assert (address.kind, address.postcode, str(address.from_on), address.mark) == (
        "placement",
        "B99 4AB",
        "2026-09-01",
        "",
    )
    numbers = list(Identifier.objects.filter(root_id=referral.id).order_by("position").values_list("kind", "value"))
    assert numbers == [("nhs_number", "9990000018"), ("council_case", "AB1234")]
    body = page(officer(), referral)
    (shown,) = body["addresses"]
    assert (shown["kind_label"], shown["value"]) == ("Foster home or residential placement", "3 Kestrel Mews, B99 4AB")
    assert [one["value"] for one in body["identifiers"]] == ["999 000 0018", "AB1234"]
    assert body["identifiers"][0]["said_by_label"] == "Our records"


def test_the_record_of_the_child_is_found_by_them_and_by_nothing_that_is_protected() -> None:
    """access.md, LOCATION: nobody finds the child by an address that must not be known."""
    hidden = {"address": "9 Secret Row", "kind": "relative", "postcode": "B97 3CC", "is_protected": True}
    referral = sent(other_addresses=[PLACEMENT, hidden])
    with acting(officer()):
        child = Child.objects.get(pk=referral.child_id)
    assert child.other_postcodes == ["B99 4AB"]
    assert child.other_numbers == ["nhs 9990000018", "council_case AB1234"]
    assert "nhs 9990000018" in child.match_keys
    assert "b973cc" not in str(child.match_keys + child.ask_keys)
    answered = amend(officer(), referral, answers={"other_numbers": None, "other_addresses": None})
    assert answered.status_code == 200, answered.json()
    with acting(officer()):
        child = Child.objects.get(pk=referral.child_id)
    assert (child.other_postcodes, child.other_numbers) == ([], [])
    assert "nhs 9990000018" not in child.match_keys


def test_amending_writes_them_anew_and_leaves_a_protected_one_that_the_writer_does_not_read() -> None:
    hidden = {"address": "9 Secret Row", "kind": "relative", "is_protected": True}
    referral = sent(other_addresses=[PLACEMENT, hidden])
    moved = {**PLACEMENT, "address": "4 Kestrel Mews"}
    answered = amend(officer(), referral, answers={"other_addresses": [moved], "other_numbers": None})
    assert answered.status_code == 200, answered.json()
    kept = dict(Address.objects.filter(root_id=referral.id).values_list("address", "mark"))
    assert kept == {"4 Kestrel Mews": "", "9 Secret Row": "location"}
    assert not Identifier.objects.filter(root_id=referral.id).exists()
    assert [one["value"] for one in page(officer(), referral)["addresses"]] == ["4 Kestrel Mews, B99 4AB"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "nhs_number", "value": "999 000 0019"},
        {"kind": "upn", "value": "A801200001001"},
        {"kind": "police", "value": "1", "from_on": "2026-05-02", "until_on": "2026-05-01"},
    ],
    ids=["4.9 NHS number", "4.8 UPN", "4.10 dates"],
)
def test_4_8_4_9_4_10_a_further_number_is_checked_as_its_issuer_says(wrong: dict[str, str]) -> None:
    draft = referral_in(Referral.DRAFT, by=teacher(), other_numbers=[wrong])
    found = browser_of(teacher()).get(f"referrals/{draft.id}/draft/").json()
    assert [one["field"] for one in found["problems"]] == ["other_numbers"]
