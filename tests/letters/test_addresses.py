"""What a letter says of where a family lives, and through whom it goes: answered before it is kept."""

import pytest

from backend.audit.models import Event
from backend.letters.rules import addresses_in
from tests.letters.conftest import family_case, written

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Come to 7 Hidden Lane on Friday.", ["7 Hidden Lane"]),
        ("We sent it to 12b St Mary’s Close, B99 7ZZ.", ["12b St Mary’s Close", "B99 7ZZ"]),
        ("at b997zz, then", ["b997zz"]),
        ("Shall we meet on 4 May at 3 in the library? We have met 3 times.", []),
        ("Your home, 14 lantern row, B994AB, and 14 Lantern Row.", []),
    ],
)
def test_what_reads_like_an_address_is_found_and_what_everybody_knows_is_not(text: str, found: list[str]) -> None:
    assert addresses_in(text, ("14 Lantern Row", "B99 4AB")) == found


@pytest.mark.parametrize("protected", [True, False])
def test_an_address_in_the_words_is_answered_for_before_the_letter_is_kept(protected: bool) -> None:
    """The same for every family: nobody learns from the refusal whether one has a protected address."""
    home = {"address_protected": True, "child_address": "7 Hidden Lane", "child_postcode": "B99 7ZZ"}
    case = family_case(**home) if protected else family_case()
    text = "Dear Ngozi,\n\nI come to 7 Hidden Lane on Friday."
    for answer in ("", "must_not"):
        refused = written(case, text=text, names_address=answer)
        assert refused.status_code == 400
        assert list(refused.json()["fields"]) == ["names_address"]
        assert "“7 Hidden Lane”" in refused.json()["fields"]["names_address"][0]
    assert written(case, title="To 7 Hidden Lane").status_code == 400, "a title is read in every list"
    assert written(case, text=text, names_address="everybody_may_know").status_code == 201


def test_whoever_it_goes_through_is_named() -> None:
    case = family_case()
    refused = written(case, way="through_trusted_adult")
    assert refused.json()["fields"] == {"through": ["Say who the adult is."]}
    assert written(case, way="through_trusted_adult", through="Mr Bello, her form tutor").status_code == 201
    event = Event.objects.using("owner").get(root_id=case.id, verb="case.write_letter")
    assert event.reason == "Through Mr Bello, her form tutor"
