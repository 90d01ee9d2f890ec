"""A case that closed lately: reopened, or a new one opened, as whoever decides says."""

from datetime import timedelta

import pytest

from backend.access.binding import acting
from backend.cases.models import Case, Transfer
from backend.core import clock
from backend.referrals.models import Referral
from backend.sharing.models import Disclosure
from tests.actors import browser_of
from tests.edges import take
from tests.factories import FRONT_DOOR, LEADING, agency_id, manager, officer, referral_in
from tests.referrals.deciding import NUMBER, in_triage, post


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
class TestAfterAClosedCase:
    """Closing is another app's edge: the owner closes it here, so the rows are committed."""

    def again(self, lead: str = FRONT_DOOR):
        """A referral in triage about a child whose case, led by `lead`, closed a month ago."""
        first = referral_in(Referral.TRIAGE, child_given_name="Peregrine", child_nhs_number=NUMBER)
        case_id = take("accept", first.id, officer(), lead_agency=agency_id(FRONT_DOOR)).case_id
        closed = {"state": Case.CLOSED, "closed_at": clock.now() - timedelta(days=30), "opened_as_id": None}
        Case.objects.using("owner").filter(pk=case_id).update(lead_agency_id=agency_id(lead), **closed)
        return in_triage(child_given_name="Peregrine", child_nhs_number=NUMBER), case_id, first

    def match(self, referral):
        likely = browser_of(officer()).get(f"referrals/{referral.id}/likely-children/").json()["results"]
        return likely[0]["id"]

    def test_the_officer_is_asked_and_nothing_is_preselected(self):
        referral, _case, _first = self.again()
        page = browser_of(officer()).get(f"referrals/{referral.id}/").json()
        accept = next(option for option in page["options"] if option["name"] == "accept")
        asked = next(field for field in accept["input"] if field["name"] == "case_choice")
        assert asked["show_if"] == {"field": "child_match", "values": [self.match(referral)]}
        assert asked["hint"].endswith("was led by Front Door, Children’s Advice and Support.")
        undecided = post(
            officer(), referral, "accept", child_match=self.match(referral), lead_agency=agency_id(FRONT_DOOR)
        )
        assert undecided.status_code == 409
        assert "Choose whether to reopen it" in undecided.json()["reasons"][0]

    def test_nobody_is_asked_where_no_case_closed(self):
        page = browser_of(officer()).get(f"referrals/{referral_in(Referral.TRIAGE).id}/").json()
        accept = next(option for option in page["options"] if option["name"] == "accept")
        assert "case_choice" not in [field["name"] for field in accept["input"]]

    @pytest.mark.parametrize("choice", ["reopen", "new"])
    def test_either_choice_opens_one_case(self, choice):
        referral, case_id, _first = self.again()
        given = {"child_match": self.match(referral), "lead_agency": agency_id(FRONT_DOOR), "case_choice": choice}
        accepted = post(officer(), referral, "accept", **given)
        assert accepted.status_code == 200, accepted.json()
        with acting(manager()):
            open_one = Case.objects.get(state=Case.UNALLOCATED)
        assert (open_one.id == case_id) == (choice == "reopen")

    def test_it_goes_back_to_whoever_led_it_with_a_handover_on_a_basis(self):
        referral, case_id, _first = self.again(LEADING)
        given = {"child_match": self.match(referral), "case_choice": "reopen"}
        elsewhere = post(officer(), referral, "accept", lead_agency=agency_id(FRONT_DOOR), **given)
        assert elsewhere.status_code == 409
        assert "goes back to City Early Help" in elsewhere.json()["reasons"][0]
        unsaid = post(officer(), referral, "accept", lead_agency=agency_id(LEADING), **given, what_matters="")
        assert "say what it needs to know" in unsaid.json()["reasons"][0]
        handover = {"what_matters": "He walks home alone.", "who_to_speak_to": "Ms Fairweather, 0121 496 0300"}
        accepted = post(officer(), referral, "accept", lead_agency=agency_id(LEADING), **given, **handover)
        assert accepted.status_code == 200, accepted.json()
        with acting(manager(LEADING)):
            case = Case.objects.get(pk=case_id)
            assert (case.state, str(case.lead_agency_id)) == (Case.UNALLOCATED, agency_id(LEADING))
            assert case.handover_note.startswith("He walks home alone.")
            assert Disclosure.objects.filter(root_id=case_id, to_agency_id=case.lead_agency_id).exists()
            assert not Transfer.objects.exists()
        assert browser_of(manager(LEADING)).get(f"referrals/{referral.id}/").json()["audience"] == "text"
