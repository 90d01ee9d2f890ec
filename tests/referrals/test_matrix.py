"""Every state × every edge: what workflow.md allows is possible, anything else is refused with a sentence."""

import pytest
from django.db import transaction

from backend.access import policy
from backend.access.binding import acting
from backend.core.errors import Conflict
from backend.referrals.commands.machine import referral_machine
from backend.referrals.models import Referral
from backend.referrals.serializers.inputs import REFERRAL_INPUTS
from backend.workflow.views import validated
from tests.edges import good_input
from tests.factories import ASKED, FRONT_DOOR, OFFERED, agency_id, manager, questions, referral_in, teacher

pytestmark = pytest.mark.django_db

OPEN = {"submitted", "triage", "information_requested", "redirected", "stepped_up"}
DECIDED = {"accepted", "linked", "signposted", "declined", "handed_over"}
# workflow.md, read by a person: from → to of each edge, and where each act is possible.
ALLOWED: dict[str, set[str]] = {
    "submit": {"draft"},
    "withdraw": {"draft"},
    "start_triage": {"submitted"},
    "request_information": {"triage"},
    "resume_triage": {"information_requested"},
    "accept": {"triage"},
    "link": {"triage"},
    "signpost": {"triage"},
    "decline": {"triage"},
    # The last two only while somebody who disagrees says that the child is not safe.
    "step_up": {"submitted", "triage", "information_requested", "redirected", "declined", "signposted"},
    "confirm_handover": {"stepped_up"},
    "handover_refused": {"stepped_up"},
    "redirect": {"triage"},
    "take": {"redirected"},
    "return_to_sender": {"redirected"},
    "recall": {"redirected"},
    "reopen": {"declined", "signposted", "linked"},
    "mark_entered_in_error": {"draft", "handed_over", "linked", "signposted", "declined"} | OPEN,
    "record_death": OPEN,
    "take_back_death": {"closed"},
    "amend": OPEN | DECIDED,
    "record_told": OPEN | DECIDED,
    "give_status_link": OPEN | DECIDED,
    "take_back_status_link": OPEN | DECIDED,
    "record_follow_up": OPEN | DECIDED,
    "rematch": OPEN | DECIDED,
    "correct": DECIDED,
    "disagree": OPEN | DECIDED,
    "ask_to_withdraw": OPEN,
}


def test_the_machine_has_these_edges_and_no_other():
    assert set(referral_machine.edges) == set(ALLOWED)
    assert set(REFERRAL_INPUTS) == set(ALLOWED)


@pytest.fixture
def anybody_may(monkeypatch):
    """Let the state alone decide: who may do what is another table (tests/access)."""
    monkeypatch.setattr(policy, "require", lambda *_args, **_more: None)


@pytest.mark.usefixtures("anybody_may")
@pytest.mark.parametrize("state", list(Referral.LABELS))
def test_every_edge_is_possible_in_its_states_only(state):
    referral = referral_in(state)
    who = teacher() if referral.submitted_at is None else manager()
    for edge, allowed in ALLOWED.items():
        refusal = attempt(who, referral, edge)
        if state in allowed:
            assert refusal is None or refusal.code != "wrong_state", (state, edge)
        else:
            assert refusal is not None, (state, edge)
            assert refusal.code == "wrong_state", (state, edge)
            assert refusal.reasons[0].startswith("You cannot do “"), refusal.reasons


def attempt(who, referral, edge):
    """Take the edge and roll it back; return the conflict that stopped it, if one did."""
    try:
        with acting(who):
            raw = good_input("referral", edge, **given_for(edge))
            inputs = validated(REFERRAL_INPUTS[edge], {**raw, "version": referral.version})
            inputs.pop("version")
            referral_machine.perform(who, edge, referral.id, version=referral.version, given=inputs)
            transaction.set_rollback(True)
    except Conflict as refusal:
        return refusal
    return None


def given_for(edge):
    """What cannot be drawn from the form alone."""
    somebody = agency_id(OFFERED)
    more = {
        "request_information": questions(ASKED),
        "redirect": {"to_agency": somebody},
        "accept": {"lead_agency": agency_id(FRONT_DOOR)},
        "link": {"link_to": somebody},
        "amend": {"answers": {"child_known_as": "Ama"}},
        "correct": {"decision": somebody},
        "disagree": {"decision": somebody},
    }
    return more.get(edge, {})
