"""A referral and the directory: what may help, straight to a service, and what was picked while deciding."""

from typing import Any

import pytest

from backend.access.binding import acting
from backend.core.errors import Conflict
from backend.directory.models import Service
from backend.referrals.models import Decision, Referral
from backend.sharing.models import Disclosure
from tests.actors import browser_of
from tests.directory.entries import keeper, service
from tests.edges import take
from tests.factories import agency_id, draft, officer, referral_in, submitted, teacher

pytestmark = pytest.mark.django_db

# What the school may use towards a voluntary organisation.
TO_A_CHARITY = {"share_article6": "public_task", "share_power": "children_act_2004_s10"}


def _direct(slug: str = "kite-street", **given: Any) -> Service:
    return service(keeper(slug), receives_directly=True, **given)


def test_a_draft_is_offered_services_that_fit_what_is_written_so_far() -> None:
    service(name="For teens", min_age=11, needs=["school"])
    service(name="For infants", max_age=4, needs=["school"])
    written = draft(factors_current=["persistent_absence"], child_date_of_birth="2012-03-27", child_ward="E05011151")
    found = browser_of(teacher()).get(f"referrals/{written.id}/services/")
    assert found.status_code == 200, found.content
    assert [one["name"] for one in found.json()["results"]] == ["For teens"]
    assert "misses a lot of school" in " ".join(found.json()["results"][0]["why"])
    assert "School, attendance and exclusion" in found.json()["looked_for"]


def test_a_referral_that_was_sent_is_offered_the_same_to_who_reads_its_text() -> None:
    service(name="For teens", min_age=11, needs=["school"])
    sent = submitted(factors_current=["persistent_absence"], child_date_of_birth="2012-03-27")
    path = f"referrals/{sent.id}/services/"
    assert [one["name"] for one in browser_of(officer()).get(path).json()["results"]] == ["For teens"]
    assert browser_of(officer("willow-families")).get(path).status_code == 404


def test_a_service_that_takes_referrals_directly_receives_it() -> None:
    one = _direct()
    sent = submitted(service=str(one.id), **TO_A_CHARITY)
    assert sent.holder.slug == "kite-street"
    assert sent.preferred_agency_id is None
    assert (sent.service_id, sent.service_words) == (one.id, "Boxing and mentoring, Kite Street Youth Project")
    with acting(officer("kite-street")):
        assert Disclosure.objects.get(root_id=sent.id).to_agency_id == sent.holder_id


def test_a_service_that_does_not_is_kept_as_the_choice_the_front_door_sees() -> None:
    one = service(keeper("willow-families"))
    sent = submitted(service=str(one.id))
    assert sent.holder.slug == "front-door"
    assert str(sent.preferred_agency_id) == agency_id("willow-families")
    shown = browser_of(officer()).get(f"referrals/{sent.id}/").json()["referral_text"]["sections"]
    answers = {answer["label"]: answer["value"] for section in shown for answer in section["answers"]}
    assert answers["Service the referrer chose"] == "Boxing and mentoring, Willow Family Support"


def test_a_service_that_opted_in_without_somebody_to_triage_does_not_receive() -> None:
    """Lantern Mentoring has no triage officer here."""
    one = _direct("lantern-mentoring")
    assert submitted(service=str(one.id)).holder.slug == "front-door"


def test_a_service_of_an_organisation_without_an_account_goes_to_the_front_door() -> None:
    one = service(organisation="Chess Club")
    sent = submitted(service=str(one.id))
    assert (sent.holder.slug, sent.preferred_agency_id) == ("front-door", None)
    assert sent.service_words == "Boxing and mentoring, Chess Club"


@pytest.mark.parametrize("value", ["0198c0de-0000-7000-8000-000000000000", "nonsense", ["a"], {"id": 1}, 7, True])
def test_a_service_that_is_not_there_is_said_at_its_field(value: Any) -> None:
    written = draft(service=value)
    problems = browser_of(teacher()).get(f"referrals/{written.id}/draft/").json()["problems"]
    assert [problem["field"] for problem in problems] == ["service"]
    with pytest.raises(Conflict):
        take("submit", written.id, teacher())


def test_what_was_chosen_keeps_its_words_when_the_service_ends() -> None:
    one = service(keeper("willow-families"))
    sent = submitted(service=str(one.id))
    take("end", one.id, keeper("willow-families"), noun="service", reason="No money left.")
    with acting(officer()):
        assert Referral.objects.get(pk=sent.id).service_words == "Boxing and mentoring, Willow Family Support"


def test_an_officer_signposts_to_a_service_and_the_referrer_reads_its_name() -> None:
    one, open_referral = service(), referral_in(Referral.TRIAGE)
    take("signpost", open_referral.id, officer(), service=str(one.id), advice="Ring them on Monday.")
    shown = browser_of(teacher()).get(f"referrals/{open_referral.id}/").json()["decision"]
    assert "Service: Boxing and mentoring, Kite Street Youth Project" in shown["outcome_text"]
    assert shown["service"] == {"id": str(one.id), "words": "Boxing and mentoring, Kite Street Youth Project"}


def test_help_is_agreed_with_a_service_in_mind() -> None:
    one, open_referral = service(), referral_in(Referral.TRIAGE)
    take("accept", open_referral.id, officer(), service=str(one.id), lead_agency=agency_id("front-door"))
    with acting(officer()):
        assert Decision.objects.get(root_id=open_referral.id, kind="accept").service_id == one.id


def test_an_offer_is_to_the_agency_that_offers_the_service() -> None:
    one, open_referral = service(), referral_in(Referral.TRIAGE)
    with pytest.raises(Conflict) as refused:
        take("redirect", open_referral.id, officer(), service=str(one.id), to_agency=agency_id("youth-justice"))
    assert refused.value.reasons == [
        "Youth Justice Service does not offer Boxing and mentoring. Choose the agency that does, or no service."
    ]
    take("redirect", open_referral.id, officer(), service=str(one.id), to_agency=agency_id("kite-street"))


def test_a_service_that_has_ended_cannot_be_picked() -> None:
    one, open_referral = service(), referral_in(Referral.TRIAGE)
    take("end", one.id, keeper(), noun="service", reason="No money left.")
    with pytest.raises(Conflict) as refused:
        take("signpost", open_referral.id, officer(), service=str(one.id))
    assert "not in the directory any more" in refused.value.reasons[0]
