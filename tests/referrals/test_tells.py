"""Who is told what: each edge writes its notices in the same transaction, and the words carry nothing of a child."""

import pytest

from backend.core import clock
from backend.notifications import commands
from backend.referrals.models import Decision, Referral
from tests.edges import take
from tests.factories import (
    ASKED,
    FRONT_DOOR,
    LEADING,
    OFFERED,
    agency_id,
    manager,
    officer,
    question_of,
    questions,
    referral_in,
    second_manager,
    teacher,
    with_two,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch):
    """Every notice in the order it was made to be written; the web role may not read the outbox."""
    found = []
    make = commands._outbox_row

    def note(notice, **about):
        row = make(notice, **about)
        found.append((row.message, row.audience, row.fields, row.path, row.urgent))
        return row

    monkeypatch.setattr(commands, "_outbox_row", note)
    return found


def heard(told) -> list[tuple[str, str]]:
    """(message, who) of what was written: an agency by its id, a person by theirs."""
    return [(message, audience.get("agency_id") or audience["user_id"]) for message, audience, *_ in told]


def me(who) -> str:
    return str(who.user_id)


def test_sending_tells_the_referrer_and_the_holder(told):
    referral_in(Referral.SUBMITTED)
    assert heard(told) == [("referral_received", me(teacher())), ("referral_arrived", agency_id(FRONT_DOOR))]
    assert all("Okoro" not in str(row) for row in told)


def test_an_urgent_referral_pages_the_holder(told):
    referral_in(
        Referral.SUBMITTED,
        danger_now=True,
        danger_called="Sgt Doe, 101",
        danger_called_at=clock.now().isoformat(),
        danger_reference="A1",
    )
    assert [(row[0], row[4]) for row in told] == [("referral_received", False), ("referral_arrived", True)]


# state to start from, edge, who takes it, what is told to whom
EDGES = {
    "start_triage": ("submitted", officer, {}, [("referral_in_triage", "referrer")]),
    "request_information": ("triage", officer, "questions", [("question_asked", ASKED)]),
    "resume_triage": ("information_requested", officer, {}, []),
    "redirect": (
        "triage",
        officer,
        "offer",
        [("referral_offered", OFFERED), ("referral_offered_elsewhere", "referrer")],
    ),
    "recall": ("redirected", officer, {}, [("referral_recalled", OFFERED)]),
    "take": (
        "redirected",
        lambda: officer(OFFERED),
        {},
        [("referral_taken", "referrer"), ("referral_taken", FRONT_DOOR)],
    ),
    "return_to_sender": ("redirected", lambda: officer(OFFERED), {}, [("referral_returned", "officer")]),
    "signpost": ("triage", officer, {}, [("referral_decided", "referrer")]),
    "decline": ("triage", officer, {}, [("referral_declined", "referrer")]),
    "step_up": ("triage", officer, {}, [("referral_stepped_up", "referrer"), ("referral_stepped_up", FRONT_DOOR)]),
    "handover_refused": ("stepped_up", officer, {}, []),
    "confirm_handover": ("stepped_up", officer, {}, [("referral_decided", "referrer")]),
    "reopen": ("declined", manager, {}, [("referral_reopened", "referrer")]),
    "correct": ("declined", manager, "decision", [("referral_corrected", "referrer")]),
    "ask_to_withdraw": ("triage", teacher, {}, [("referral_withdrawal_asked", FRONT_DOOR)]),
    "accept": ("triage", officer, "lead", [("case_opened", FRONT_DOOR), ("referral_decided", "referrer")]),
}


@pytest.mark.parametrize("edge", list(EDGES))
def test_each_edge_tells_whom_the_workflow_says(edge, told):
    state, who, given, expected = EDGES[edge]
    referral = referral_in(state)
    told.clear()
    take(edge, referral.id, who(), **_given(given, referral))
    names = {"referrer": me(teacher()), "officer": me(officer())}
    assert heard(told) == [(message, names.get(to) or agency_id(to)) for message, to in expected]


def _given(given, referral):
    match given:
        case "questions":
            return questions(ASKED)
        case "offer":
            return {"to_agency": agency_id(OFFERED)}
        case "lead":
            return {"lead_agency": agency_id(FRONT_DOOR)}
        case "decision":
            return {"decision": str(Decision.objects.get(root_id=referral.id).id)}
    return given


def test_an_ended_question_tells_the_holder_and_a_cancelled_one_the_asked(told):
    referral = referral_in(Referral.INFORMATION_REQUESTED)
    told.clear()
    take("cancel", question_of(referral).id, officer(), noun="information_request")
    assert heard(told) == [("question_cancelled", agency_id(ASKED))]
    assert told[0][3].startswith("/information-requests/")


def test_striking_out_tells_everybody_who_saw_it(told):
    referral = referral_in(Referral.REDIRECTED)
    told.clear()
    with_two(take, "mark_entered_in_error", referral.id, manager(), confirmed_by=second_manager())
    assert set(heard(told)) == {
        ("confirmation_asked", agency_id(FRONT_DOOR)),
        ("confirmation_confirmed", me(manager())),
        ("referral_struck_out", me(teacher())),
        ("referral_struck_out", agency_id(FRONT_DOOR)),
        ("referral_struck_out", agency_id(OFFERED)),
    }
    assert agency_id(LEADING) not in str(told)


def test_an_amendment_tells_the_other_side(told):
    referral = referral_in(Referral.TRIAGE)
    told.clear()
    take("amend", referral.id, teacher(), answers={"child_known_as": "Bee"})
    assert heard(told) == [("referral_amended", agency_id(FRONT_DOOR))]
    told.clear()
    take("amend", referral.id, officer(), answers={"child_known_as": "Amy"})
    assert heard(told) == [("referral_amended", me(teacher()))]
