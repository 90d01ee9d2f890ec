"""Who was told what was decided: somebody around the child by name, as safely as their own numbers allow."""

from typing import Any
from uuid import UUID

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.cases.models import Case
from backend.core import clock
from backend.deadlines.calendar import local
from backend.referrals.models import Referral, Told
from tests.actors import browser_of
from tests.casework import UNCLE, allocated, case_of, relationship_of
from tests.edges import take
from tests.factories import FRONT_DOOR, agency_id, manager, officer, submitted, teacher

pytestmark = pytest.mark.django_db

MOTHER, FATHER, SISTER = "Ngozi Okoro", "Chidi Okoro", "Ada Okoro"
PEOPLE = [
    {
        "name": name,
        "relationship": relationship,
        "lives_with_child": "yes",
        "parental_responsibility": responsible,
        "told": "no",
    }
    for name, relationship, responsible in (
        (SISTER, "sibling", "no"),
        (MOTHER, "mother", "yes"),
        (FATHER, "father", "yes"),
        ("Grace Bello", "grandparent", "no"),
    )
]
PHONES = [
    {"whose": MOTHER, "number": "07700 900123", "rule": "text_only"},
    {"whose": FATHER, "number": "07700 900124", "rule": "do_not_contact"},
]


def referred(**answers: Any) -> Referral:
    """A referral in triage about a child whose parents have numbers of their own."""
    referral = submitted(teacher(), people=PEOPLE, phones=PHONES, **answers)
    return take("start_triage", referral.id, officer())


def with_case() -> tuple[Referral, Case]:
    """The same once a case has grown from it, which the manager works."""
    referral = take("accept", referred().id, officer(), lead_agency=agency_id(FRONT_DOOR))
    return referral, allocated(case_of(referral), to=manager())


def page(who: Actor, referral: Referral) -> dict[str, Any]:
    """The referral as somebody reads it."""
    return browser_of(who).get(f"referrals/{referral.id}/").json()


def asked(who: Actor, referral: Referral, name: str = "person") -> dict[str, Any]:
    """A question of the form."""
    option = next(one for one in page(who, referral)["options"] if one["name"] == "record_told")
    return next(field for field in option["input"] if field["name"] == name)


def called(who: Actor, referral: Referral, name: str) -> str:
    """How the form calls somebody."""
    choices = asked(who, referral)["choices"]
    return next(one["value"] for one in choices if one["label"].startswith(name))


def record(by: Actor, referral: Referral, /, **given: Any) -> Any:
    """The answer to saying that a parent was told face to face, unless said otherwise."""
    version = page(by, referral)["version"]
    told = {"who": "parent", "was_told": True, "method": "in_person", "told_at": clock.now().isoformat()}
    return browser_of(by).post(f"referrals/{referral.id}/record-told/", {"version": version, **told, **given})


def lines(who: Actor, referral: Referral) -> list[tuple[str, bool]]:
    """Each line of who has been told, and whether they have."""
    return [(one["label"], one["told"] is not None) for one in page(who, referral)["telling"]]


def test_the_form_names_the_carers_who_is_responsible_first_and_how_each_is_reached_safely() -> None:
    field = asked(officer(), referred())
    assert (field["kind"], field["required"]) == ("choice", False)
    assert field["show_if"] == {"field": "who", "values": ["parent"]}
    assert {(one["label"], one["hint"], one["group"]) for one in field["choices"][:2]} == {
        (f"{MOTHER}, mother, parental responsibility", "Text only", "With parental responsibility"),
        (f"{FATHER}, father, parental responsibility", "Do not contact at home", "With parental responsibility"),
    }
    others = [(one["label"], one["hint"], one["group"]) for one in field["choices"][2:]]
    assert others == [("Grace Bello, grandparent", "", "Others around the child")]


@pytest.mark.parametrize(
    ("name", "method", "status"),
    [
        (MOTHER, "text_message", 200),
        (MOTHER, "phone", 409),
        (MOTHER, "letter", 409),
        (FATHER, "text_message", 409),
        (FATHER, "in_person", 200),
        # Nobody has said how she is reached; one of the family's numbers is safe for a text, and none for a call.
        ("Grace Bello", "text_message", 200),
        ("Grace Bello", "phone", 409),
    ],
)
def test_who_is_named_is_reached_only_as_their_own_numbers_allow(name: str, method: str, status: int) -> None:
    referral = referred()
    answer = record(officer(), referral, person=called(officer(), referral, name), method=method)
    assert answer.status_code == status, answer.content
    assert Told.objects.filter(root_id=referral.id).exists() == (status == 200)


def test_a_number_that_two_share_is_reached_as_both_rules_allow() -> None:
    shared = [{"whose": MOTHER, "number": "07700 900123", "rule": "any"}, {**PHONES[1], "number": "+44 7700 900123"}]
    referral = submitted(teacher(), people=PEOPLE, phones=shared)
    hint = next(one["hint"] for one in asked(officer(), referral)["choices"] if one["label"].startswith(MOTHER))
    assert set(hint.split("; ")) == {"Any time, in any way", "Do not contact at home"}
    answer = record(officer(), referral, person=called(officer(), referral, MOTHER), method="phone")
    assert answer.status_code == 409, "somebody else may pick it up"


def test_of_two_numbers_of_ones_own_one_may_be_safe() -> None:
    own = [{"whose": MOTHER, "number": "07700 900126", "rule": "any"}, *PHONES]
    referral = submitted(teacher(), people=PEOPLE, phones=own)
    person = called(officer(), referral, MOTHER)
    assert record(officer(), referral, person=person, method="phone").status_code == 200


def test_the_childs_own_number_says_how_the_child_is_reached() -> None:
    own = [*PHONES, {"whose": "Ama", "number": "07700 900125", "rule": "any"}]
    referral = submitted(teacher(), people=PEOPLE, phones=own, child_known_as="Ama")
    take("start_triage", referral.id, officer())
    hints = {one["value"]: one["hint"] for one in asked(officer(), referral, "who")["choices"]}
    assert hints["child"] == "Any time, in any way"
    assert record(officer(), referral, who="child", method="phone").status_code == 200


def test_each_parent_has_a_line_until_both_have_been_told() -> None:
    referral = referred()
    mother = f"A parent or carer: {MOTHER}, mother, parental responsibility"
    father = f"A parent or carer: {FATHER}, father, parental responsibility"
    assert sorted(lines(officer(), referral)[2:]) == sorted([(mother, False), (father, False)])
    assert record(officer(), referral, person=called(officer(), referral, MOTHER)).status_code == 200
    assert sorted(lines(officer(), referral)[2:]) == sorted([(mother, True), (father, False)])
    day = local(clock.now()).date().isoformat()
    later = {"was_told": False, "why_not": "not_safe_yet", "look_again_on": day}
    answer = record(officer(), referral, person=called(officer(), referral, FATHER), **later)
    assert answer.status_code == 200, answer.content
    told = {one["label"]: one["told"] for one in page(officer(), referral)["telling"]}
    assert (told[father]["at"], told[mother]["at"] is not None) == (None, True)


def test_a_parent_without_a_name_stands_for_all_of_them_as_before() -> None:
    referral = referred()
    assert record(officer(), referral).status_code == 200
    assert lines(officer(), referral)[2:] == [("A parent or carer", True)]


def test_nobody_can_be_named_who_is_not_around_this_child() -> None:
    referral, other = referred(), referred()
    theirs = called(officer(), other, MOTHER)
    for forged in (theirs, "0198a000-0000-7000-8000-000000000001"):
        answer = record(officer(), referral, person=forged)
        assert (answer.status_code, "people around the child" in answer.content.decode()) == (409, True)
    assert record(officer(), referral, person="nonsense").status_code == 400
    assert not Told.objects.filter(root_id=referral.id).exists()


def test_who_is_named_counts_only_of_a_parent() -> None:
    referral = referred()
    assert record(officer(), referral, who="child", person=called(officer(), referral, MOTHER)).status_code == 200
    with acting(officer()):
        told = Told.objects.get(root_id=referral.id)
    assert (told.who, told.person_id, told.person_name) == ("child", None, "")


def test_what_the_case_says_of_somebody_holds_before_what_the_referral_said() -> None:
    referral, case = with_case()
    said = {"relationship": "mother", "number": "07700 900123", "contact_rule": "do_not_contact"}
    relationship_of(case, manager(), **{"name": MOTHER, **said})
    answer = record(manager(), referral, person=called(manager(), referral, MOTHER), method="text_message")
    assert (answer.status_code, "They must not be reached like that." in answer.content.decode()) == (409, True)


def test_somebody_whom_only_the_case_knows_is_named_to_nobody_who_does_not_read_it() -> None:
    """The referrer reads who was told, and not who else is around the child."""
    referral, case = with_case()
    relationship_of(case, manager(), parental_responsibility="yes", responsibility_source="birth_certificate")
    name = str(UNCLE["name"])
    assert record(manager(), referral, person=called(manager(), referral, name)).status_code == 200
    with acting(manager()):
        told = Told.objects.get(root_id=referral.id)
    assert (isinstance(told.person_id, UUID), told.person_name) == (True, "")
    assert [one["label"] for one in page(manager(), referral)["told"]] == [
        f"A parent or carer: {name}, aunt or uncle, parental responsibility"
    ]
    theirs = page(teacher(), referral)
    assert ([one["label"] for one in theirs["told"]], name in str(theirs)) == (["A parent or carer"], False)


def test_the_name_stays_when_the_case_takes_up_whom_the_referral_named() -> None:
    referral, _case = with_case()
    mother = called(manager(), referral, MOTHER)
    assert record(manager(), referral, person=mother).status_code == 200
    given = {"name": "Ngozi Bello", "relationship": "mother", "lives_with_child": "yes"}
    taken = browser_of(manager()).post(
        f"relationships/{mother}/take-up/", {**given, "parental_responsibility": "not_known"}
    )
    assert taken.status_code == 201, taken.content
    assert [one["label"] for one in page(manager(), referral)["told"]] == ["A parent or carer: Ngozi Bello, mother"]
    theirs = page(teacher(), referral)["told"]
    assert [one["label"].startswith(f"A parent or carer: {MOTHER}") for one in theirs] == [True]
