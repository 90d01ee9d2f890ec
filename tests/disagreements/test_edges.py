"""Challenging a decision: every state × every edge, stages and their owners, clocks, and what upholding obliges."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from backend.access import policy
from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.core import clock
from backend.core.errors import Conflict, Forbidden
from backend.deadlines.models import Deadline
from backend.disagreements.commands import disagreement_machine
from backend.disagreements.models import Disagreement
from backend.disagreements.serializers.inputs import DISAGREEMENT_INPUTS
from backend.notifications import commands as notifications
from backend.referrals.models import Referral
from backend.sharing.models import Disclosure
from backend.workflow.views import validated
from tests.actors import actor, browser_of
from tests.factories import (
    FRONT_DOOR,
    agency_id,
    disagreed,
    every_role_in,
    good_input,
    manager,
    officer,
    referral_in,
    second_manager,
    take,
    teacher,
)

pytestmark = pytest.mark.django_db

# workflow.md, read by a person.
ALLOWED: dict[str, set[str]] = {
    "answer": {"raised", "escalated"},
    "uphold": {"raised", "escalated", "answered"},
    "accept_answer": {"answered"},
    "let_stand": {"answered"},
    "escalate": {"raised", "answered", "escalated"},
    "withdraw": {"raised", "answered", "escalated"},
}
OWNERS = {1: FRONT_DOOR, 2: "childrens-social-care", 3: "care-board", 4: "community-safety"}


def owner_of(stage: int) -> Actor:
    return actor(OWNERS[stage], Role.MANAGER)


def act(edge: str, one: Disagreement, who: Actor, **given: str) -> Disagreement:
    return take(edge, one.id, who, noun="disagreement", **given)


def in_state(state: str) -> Disagreement:
    one = disagreed(referral_in(Referral.DECLINED))
    path = {
        Disagreement.RAISED: (),
        Disagreement.ANSWERED: (("answer", manager()),),
        Disagreement.ESCALATED: (("escalate", teacher()),),
        Disagreement.RESOLVED: (("uphold", manager()),),
        Disagreement.WITHDRAWN: (("withdraw", teacher()),),
    }
    for edge, who in path[state]:
        one = act(edge, one, who)
    return one


def clocks(root_id: UUID) -> dict[str, str]:
    return {row.kind: row.state for row in Deadline.objects.filter(root_id=root_id).order_by("id")}


def running(root_id: UUID) -> list[str]:
    return sorted(kind for kind, state in clocks(root_id).items() if state == "running")


def test_the_machine_has_these_edges_and_no_other() -> None:
    assert set(disagreement_machine.edges) == set(ALLOWED)
    assert set(DISAGREEMENT_INPUTS) == set(ALLOWED) - {"let_stand"}


@pytest.mark.parametrize("state", list(Disagreement.LABELS))
def test_every_edge_is_possible_in_its_states_only(state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one = in_state(state)
    assert one.state == state
    monkeypatch.setattr(policy, "require", lambda *_args, **_more: None)
    for edge, allowed in ALLOWED.items():
        refusal = _attempt(one, edge)
        assert (refusal is None) is (state in allowed), (state, edge, refusal)
        assert refusal is None or refusal.code == "wrong_state", (state, edge)


def _attempt(one: Disagreement, edge: str) -> Conflict | None:
    try:
        with acting(second_manager() if edge in ("answer", "uphold") else teacher()) as who:
            raw = good_input("disagreement", edge) if edge in DISAGREEMENT_INPUTS else {}
            given = validated(DISAGREEMENT_INPUTS[edge], {**raw, "version": one.version}) if raw else {"version": 0}
            given.pop("version")
            disagreement_machine.perform(who, edge, one.id, version=one.version, given=given)
            transaction.set_rollback(True)
    except Conflict as refusal:
        return refusal
    return None


def test_it_hides_nothing_and_stops_nothing() -> None:
    referral = referral_in(Referral.TRIAGE)
    take("redirect", referral.id, officer(), to_agency=agency_id("youth-justice"))
    one = disagreed(referral)
    assert Referral.objects.get(pk=referral.id).state == Referral.REDIRECTED
    taken = take("take", referral.id, officer("youth-justice"))
    assert taken.state == Referral.TRIAGE
    # Still answered by who decided, although another agency holds the referral now.
    assert act("answer", one, manager()).state == Disagreement.ANSWERED


def test_each_stage_has_a_more_senior_owner_up_to_the_last() -> None:
    one = disagreed(referral_in(Referral.DECLINED))
    for stage in range(1, 5):
        assert (one.stage, str(one.owner_agency_id)) == (stage, agency_id(OWNERS[stage]))
        for other in set(OWNERS) - {stage}:
            with pytest.raises((Forbidden, Disagreement.DoesNotExist)):
                act("answer", one, owner_of(other))
        one = act("answer", one, owner_of(stage))
        if stage < 4:
            one = act("escalate", one, teacher())
    with pytest.raises(Conflict, match="last stage"):
        act("escalate", one, teacher())
    assert act("accept_answer", one, teacher()).outcome == Disagreement.NOT_UPHELD


def test_an_agency_never_judges_its_own_challenge() -> None:
    """The agency named for the second stage has raised it itself: the next one looks at it."""
    raiser = actor(OWNERS[2], Role.CASE_WORKER)
    one = disagreed(referral_in(Referral.DECLINED, by=raiser), raiser)
    one = act("escalate", one, raiser)
    assert str(one.owner_agency_id) == agency_id(OWNERS[3])


def test_nobody_answers_what_they_raised_or_at_a_later_stage_what_they_decided() -> None:
    referral = referral_in(Referral.DECLINED)
    mine = disagreed(referral, manager())
    with pytest.raises(Conflict, match="raised this yourself"):
        act("answer", mine, manager())
    assert act("answer", mine, second_manager()).state == Disagreement.ANSWERED


def test_a_second_disagreement_about_the_same_decision_leads_to_the_first() -> None:
    referral = referral_in(Referral.DECLINED)
    first = disagreed(referral)
    with pytest.raises(Conflict) as refused:
        disagreed(referral)
    assert refused.value.code == "already_open"
    assert refused.value.more["existing"]["url"] == f"/disagreements/{first.id}"
    act("withdraw", first, teacher())
    assert disagreed(referral).id != first.id


def test_a_decision_of_another_referral_cannot_be_challenged_here() -> None:
    elsewhere = disagreed(referral_in(Referral.DECLINED))
    with pytest.raises(Conflict, match="has not been corrected"):
        disagreed(referral_in(Referral.SIGNPOSTED), decision=str(elsewhere.decision_id))
    with pytest.raises(Conflict, match="Nothing has been decided yet"):
        take("disagree", referral_in(Referral.TRIAGE).id, teacher(), decision=str(elsewhere.decision_id))


# --- Clocks ----------------------------------------------------------------------------------------------------------


def test_every_open_state_has_one_clock_with_its_owner_and_every_end_has_none() -> None:
    one = disagreed(referral_in(Referral.DECLINED))
    steps = [
        (None, teacher(), "disagreement_reply", FRONT_DOOR),
        ("answer", manager(), "disagreement_response", "oakfield-school"),
        ("escalate", teacher(), "disagreement_stage_2", OWNERS[2]),
        ("answer", owner_of(2), "disagreement_response", "oakfield-school"),
        ("escalate", teacher(), "disagreement_stage_2", OWNERS[3]),
    ]
    for edge, who, kind, owner in steps:
        one = act(edge, one, who) if edge else one
        rows = [row for row in Deadline.objects.filter(root_id=one.id) if row.is_running]
        assert [(row.kind, str(row.owner_agency_id)) for row in rows] == [(kind, agency_id(owner))]
        assert one.next_due_at == rows[0].due_at
    for edge, who in (("uphold", owner_of(3)),):
        one = act(edge, one, who)
        assert running(one.id) == []
        assert one.next_due_at is None
    for state in (Disagreement.RESOLVED, Disagreement.WITHDRAWN):
        assert running(in_state(state).id) == []


def test_upholding_obliges_the_holder_to_reopen_or_correct_whatever_the_age() -> None:
    long_ago = clock.now() - timedelta(days=90)
    with clock.at(long_ago):
        referral = referral_in(Referral.DECLINED)
        one = disagreed(referral)
    with pytest.raises(Conflict, match="No disagreement about this referral has been upheld"):
        take("reopen", referral.id, manager(), reason_code="disagreement_upheld")
    act("uphold", one, manager())
    assert clocks(referral.id)["disagreement_remedy"] == "running"
    assert "disagreement_remedy" in str(browser_of(teacher()).get(f"referrals/{referral.id}/").json()["clocks"])
    reopened = take("reopen", referral.id, manager(), reason_code="disagreement_upheld")
    assert reopened.state == Referral.TRIAGE
    assert clocks(referral.id)["disagreement_remedy"] == "met"


def test_correcting_the_decision_puts_it_right_too() -> None:
    referral = referral_in(Referral.DECLINED)
    one = disagreed(referral)
    act("uphold", one, manager())
    take("correct", referral.id, manager(), decision=str(one.decision_id))
    assert clocks(referral.id)["disagreement_remedy"] == "met"


# --- Is the child safe now? ------------------------------------------------------------------------------------------


def test_a_child_who_is_not_safe_opens_step_up_after_the_decision() -> None:
    referral = referral_in(Referral.DECLINED)
    with pytest.raises(Conflict, match="Reopen it first"):
        take("step_up", referral.id, officer())
    disagreed(referral, child_safe="no")
    stepped = take("step_up", referral.id, officer())
    assert (stepped.state, stepped.ended_at) == (Referral.STEPPED_UP, None)
    assert running(referral.id) == ["decide", "total_age", "written_follow_up"]


def test_a_safe_child_or_an_ended_disagreement_does_not() -> None:
    referral = referral_in(Referral.SIGNPOSTED)
    one = disagreed(referral, child_safe="not_known")
    with pytest.raises(Conflict, match="Reopen it first"):
        take("step_up", referral.id, officer())
    act("withdraw", one, teacher())
    act("withdraw", disagreed(referral, child_safe="no"), teacher())
    with pytest.raises(Conflict, match="Reopen it first"):
        take("step_up", referral.id, officer())


# --- Telling and sharing ---------------------------------------------------------------------------------------------


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, bool]]:
    found: list[tuple[str, str, bool]] = []
    make = notifications._outbox_row

    def note(notice, **about):  # type: ignore[no-untyped-def] # what the product passes on
        row = make(notice, **about)
        found.append((row.message, row.audience.get("agency_id") or row.audience["user_id"], row.urgent))
        return row

    monkeypatch.setattr(notifications, "_outbox_row", note)
    return found


def test_each_step_tells_the_side_whose_turn_it_is(told: list[tuple[str, str, bool]]) -> None:
    referral = referral_in(Referral.DECLINED)
    me, here, there = str(teacher().user_id), agency_id(FRONT_DOOR), agency_id(OWNERS[2])
    told.clear()
    one = disagreed(referral, child_safe="no")
    assert told == [("disagreement_raised", here, True), ("disagreement_unsafe", here, True)]
    told.clear()
    one = act("answer", one, manager())
    assert told == [("disagreement_answered", me, False)]
    told.clear()
    one = act("escalate", one, teacher())
    assert told == [
        ("disagreement_escalated", there, True),
        ("disagreement_moved_on", here, False),
        ("disagreement_moved_on", me, False),
    ]
    told.clear()
    act("uphold", one, owner_of(2))
    assert told == [("disagreement_upheld", me, False), ("referral_must_be_put_right", here, True)]


def test_each_share_is_in_the_ledger() -> None:
    one = act("escalate", disagreed(referral_in(Referral.DECLINED)), teacher())
    with acting(manager()):
        shared = Disclosure.objects.filter(root_id=one.about_id, what__startswith="A disagreement")
        assert [str(row.to_agency_id) for row in shared.order_by("id")] == [agency_id(OWNERS[1]), agency_id(OWNERS[2])]


# --- Through the API -------------------------------------------------------------------------------------------------


def test_both_sides_see_it_on_the_referral_on_their_list_and_on_its_page() -> None:
    referral = referral_in(Referral.DECLINED)
    one = disagreed(referral, text="He was not at home when they called.")
    for who, view in ((teacher(), "raised"), (manager(), "to-answer"), (manager(), "about-us")):
        browser = browser_of(who)
        shown = browser.get(f"referrals/{referral.id}/").json()["disagreements"]
        assert [row["id"] for row in shown] == [str(one.id)]
        rows = browser.get(f"disagreements/?view={view}").json()["results"]
        assert str(one.id) in {row["id"] for row in rows}
        whole = browser.get(f"disagreements/{one.id}/").json()
        assert whole["turns"][0]["text"] == "He was not at home when they called."
        assert whole["due_at"]
        assert whole["next_step"] == "A manager of Front Door, Children’s Advice and Support answers"
    assert browser_of(teacher()).get("disagreements/?view=nobodys").status_code == 400


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_whoever_disagrees_is_offered_what_was_decided_and_not_why() -> None:
    referral = referral_in(Referral.DECLINED)
    colleague = every_role_in("oakfield-school")[Role.PRACTITIONER]
    options = browser_of(colleague).get(f"referrals/{referral.id}/").json()["options"]
    form = next(option for option in options if option["name"] == "disagree")["input"]
    choices = next(field for field in form if field["name"] == "decision")["choices"]
    assert [choice["hint"] for choice in choices] == [""]
    assert choices[0]["label"].startswith("No further action, ")


@pytest.mark.parametrize("path", ["answer", "uphold", "escalate", "withdraw", "accept-answer"])
def test_a_stale_or_a_foreign_hand_changes_nothing(path: str) -> None:
    one = disagreed(referral_in(Referral.DECLINED))
    edge = path.replace("-", "_")
    body = {**good_input("disagreement", edge), "version": one.version + 7}
    stranger = browser_of(actor("kite-street", Role.MANAGER))
    assert stranger.post(f"disagreements/{one.id}/{path}/", body).status_code == 404
    right = browser_of(manager() if edge in ("answer", "uphold") else teacher())
    assert right.post(f"disagreements/{one.id}/{path}/", body).status_code == 409
    with acting(teacher()):
        assert Disagreement.objects.get(pk=one.id).version == one.version
