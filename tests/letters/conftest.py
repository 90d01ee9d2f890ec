"""A case whose family can be written to, and a document store of the test's own."""

from typing import Any

from backend.cases.models import Case
from backend.referrals.models import Referral
from tests.actors import browser_of
from tests.casework import case_of
from tests.documents.conftest import store
from tests.factories import manager, referral_in

__all__ = ["store"]

MOTHER = "Ngozi Okoro"
MUM = {
    "name": MOTHER,
    "relationship": "mother",
    "lives_with_child": "yes",
    "parental_responsibility": "yes",
    "told": "yes",
}


def family_case(rule: str = "any", **answers: Any) -> Case:
    """A case of a child at home with the mother, whose number bears a rule."""
    phones = [{"whose": MOTHER, "number": "07700 900123", "rule": rule}] if rule else []
    at = {"child_address": "14 Lantern Row", "child_postcode": "B99 4AB"}
    return case_of(referral_in(Referral.ACCEPTED, **{**at, "people": [MUM], "phones": phones, **answers}))


def page(case: Case, who: Any = None) -> dict[str, Any]:
    """What a letter can begin with."""
    return dict(browser_of(who or manager()).get(f"cases/{case.id}/letters/").json())


def to(found: dict[str, Any], label: str) -> str:
    """Somebody a letter may go to, by how the form names them."""
    [begin] = [one for one in found["options"] if one["name"] == "begin_letter"]
    [asked] = [one for one in begin["input"] if one["name"] == "recipient"]
    return next(one["value"] for one in asked["choices"] if one["label"] == label)


def written(case: Case, who: Any = None, **more: Any) -> Any:
    """The answer to keeping a letter to the mother, handed over in person."""
    found = page(case)
    body = {
        "version": found["version"],
        "template": "first_meeting",
        "recipient": to(found, MOTHER),
        "title": "A first meeting",
        "text": "Dear Ngozi,\n\nShall we meet on Friday?",
        "way": "in_person",
        **more,
    }
    return browser_of(who or manager()).post(f"cases/{case.id}/letters/", body)
