"""The people around a child: each once, with what they are to the child, and nobody for who reads no referral."""

import pytest

from tests.actors import browser_of
from tests.casework import allocated, case_of
from tests.edges import take
from tests.factories import FRONT_DOOR, LEADING, agency_id, manager, officer, referral_in

pytestmark = pytest.mark.django_db
PEOPLE = [
    {
        "name": "Ngozi Example",
        "relationship": "mother",
        "lives_with_child": "yes",
        "parental_responsibility": "yes",
        "told": "yes",
    },
    {
        "name": "not_known",
        "relationship": "grandparent",
        "lives_with_child": "not_known",
        "parental_responsibility": "no",
        "told": "no",
    },
]


@pytest.fixture
def case():
    referral = referral_in("triage", people=PEOPLE)
    referral = take("accept", referral.id, officer(), lead_agency=agency_id(FRONT_DOOR))
    return allocated(case_of(referral), to=manager())


def people(who, case):
    return browser_of(who).get(f"cases/{case.id}/people/")


def test_each_person_stands_in_a_generation_with_what_is_known(case):
    told = people(manager(), case).json()
    mother, gran = told["people"]
    assert (mother["name"], mother["generation"], mother["has_parental_responsibility"]) == (
        "Ngozi Example",
        "parents",
        True,
    )
    assert (gran["name"], gran["generation"]) == ("Name not known", "grandparents")
    assert gran["lives_with_child_label"] == "Not known"
    assert gran["parental_responsibility_label"] == "No"


def test_who_is_asked_to_lead_is_shown_nobody_nor_is_a_stranger(case):
    take("propose_transfer", case.id, manager(), noun="case", to_agency_id=agency_id(LEADING))
    assert people(manager(LEADING), case).status_code == 404
    assert people(manager("kite-street"), case).status_code == 404
