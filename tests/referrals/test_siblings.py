"""Brothers and sisters in one go: what is the family's is copied once, each child has its own, each is sent alone."""

import pytest

from backend.referrals.form.sections import FIELDS
from backend.referrals.models import Referral
from tests.actors import browser_of
from tests.edges import take
from tests.factories import draft, officer, submitted, teacher

pytestmark = pytest.mark.django_db


def begin(who, first_id):
    return browser_of(who).post("referrals/", {"sibling_of": str(first_id)})


def answers_of(who, referral_id):
    drafted = browser_of(who).get(f"referrals/{referral_id}/draft/").json()
    return {name: answer["value"] for name, answer in drafted["answers"].items()}


def test_the_familys_answers_come_along_and_the_childs_own_do_not():
    first = draft(phones=[{"whose": "Mum", "number": "07700 900456", "rule": "text_only"}])
    given = answers_of(teacher(), first.id)
    made = begin(teacher(), first.id)
    assert made.status_code == 201, made.json()
    copied = answers_of(teacher(), made.json()["id"])
    assert copied == {name: value for name, value in given.items() if FIELDS[name].shared}
    assert copied["child_family_name"] == given["child_family_name"]
    assert copied["phones"] == given["phones"]
    own = ("danger_now", "child_given_name", "child_date_of_birth", "child_sex", "child_ethnicity", "worried_about")
    assert not copied.keys() & {*own, "child_voice", "factors_current", "child_nhs_number", "child_upn", "child_school"}


def test_what_is_changed_afterwards_stays_where_it_was_changed():
    first = draft()
    second = begin(teacher(), first.id).json()["id"]
    base = browser_of(teacher()).get(f"referrals/{second}/draft/").json()["answers"]["child_address"]["rev"]
    change = {"answers": {"child_address": {"value": "9 Kite Street", "base_rev": base}}}
    assert browser_of(teacher()).patch(f"referrals/{second}/draft/", change).status_code == 200
    assert answers_of(teacher(), second)["child_address"] == "9 Kite Street"
    assert answers_of(teacher(), first.id)["child_address"] != "9 Kite Street"


def test_each_knows_the_others_and_is_sent_and_decided_on_its_own():
    first = draft(child_given_name="Aisling", child_nhs_number=None, child_upn=None)
    second = begin(teacher(), first.id).json()
    third = begin(teacher(), second["id"]).json()
    page = browser_of(teacher()).get(f"referrals/{first.id}/").json()
    assert {one["id"] for one in page["siblings"]} == {second["id"], third["id"]}
    take("submit", first.id, teacher())
    states = {one["id"]: one["state"] for one in begin_page(third["id"])["siblings"]}
    assert states == {str(first.id): Referral.SUBMITTED, second["id"]: Referral.DRAFT}
    held = browser_of(officer()).get(f"referrals/{first.id}/").json()
    assert held["siblings"] == [], "nobody sees drafts of others, not even that there are some"


def begin_page(referral_id):
    return browser_of(teacher()).get(f"referrals/{referral_id}/").json()


def test_one_that_was_sent_is_gone_on_from_as_it_stands_now():
    first = submitted(child_family_name="Quill")
    made = begin(teacher(), first.id)
    assert made.status_code == 201, made.json()
    assert answers_of(teacher(), made.json()["id"])["child_family_name"] == "Quill"


def test_only_who_wrote_it_goes_on_from_it():
    first = submitted()
    assert begin(officer(), first.id).status_code == 403
    assert begin(officer(), draft().id).status_code == 404
    assert begin(officer(), "0198a000-0000-7000-8000-00000000ffff").status_code == 404
    assert browser_of(teacher()).post("referrals/", {"sibling_of": "x"}).status_code == 400
    assert Referral.objects.filter(family_id__isnull=False).count() == 0


def test_the_same_child_sent_twice_is_still_answered_with_the_first():
    first = draft(child_given_name="Brannagh", child_nhs_number=None, child_upn=None)
    second = begin(teacher(), first.id).json()["id"]
    typed = {name: {"value": value, "base_rev": 9} for name, value in answers_of(teacher(), first.id).items()}
    assert browser_of(teacher()).patch(f"referrals/{second}/draft/", {"answers": typed}).status_code == 200
    take("submit", first.id, teacher())
    version = Referral.objects.get(pk=second).version
    refused = browser_of(teacher()).post(f"referrals/{second}/submit/", {"version": version})
    assert (refused.status_code, refused.json()["code"]) == (409, "already_open")
    assert refused.json()["existing"]["id"] == str(first.id)
