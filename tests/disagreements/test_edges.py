"""Challenging a decision: every state × every edge, and through the API."""

import pytest
from django.db import transaction

from backend.access import policy
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.core.errors import Conflict
from backend.disagreements.commands import disagreement_machine
from backend.disagreements.models import Disagreement
from backend.disagreements.serializers.inputs import DISAGREEMENT_INPUTS
from backend.referrals.models import Referral
from backend.workflow.views import validated
from tests.actors import actor, browser_of
from tests.disagreements.sides import act, in_state, owner_of
from tests.edges import good_input, take
from tests.factories import agency_id, disagreed, every_role_in, manager, officer, referral_in, second_manager, teacher

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
        owner = second_manager() if one.stage == 1 else owner_of(one.stage)
        with acting(owner if edge in ("answer", "uphold") else teacher()) as who:
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
