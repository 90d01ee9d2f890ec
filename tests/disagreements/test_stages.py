"""The stages of a disagreement: each has a more senior owner, never one of the two sides, and each is told rightly."""

import pytest

from backend.access.binding import acting
from backend.agencies.models import EscalationStep
from backend.agencies.roles import Role
from backend.core.errors import Conflict, Forbidden
from backend.disagreements.models import Disagreement
from backend.notifications import commands as notifications
from backend.referrals.models import Referral
from backend.sharing.models import Disclosure
from tests.actors import actor, browser_of
from tests.disagreements.sides import OWNERS, act, owner_of
from tests.factories import (
    FRONT_DOOR,
    agency_id,
    disagreed,
    manager,
    referral_in,
    second_manager,
    teacher,
)

pytestmark = pytest.mark.django_db


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


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_a_stage_that_belongs_to_the_side_that_decided_is_passed_over() -> None:
    """Whose managers stood by the decision at the first stage are no more senior at the second."""
    EscalationStep.objects.using("owner").filter(stage=2).update(agency_id=agency_id(FRONT_DOOR))
    one = act("escalate", disagreed(referral_in(Referral.DECLINED)), teacher())
    assert (one.stage, str(one.owner_agency_id)) == (3, agency_id(OWNERS[3]))


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_where_nobody_more_senior_is_left_the_stage_has_the_last_word() -> None:
    EscalationStep.objects.using("owner").filter(stage__gt=2).delete()
    one = act("escalate", disagreed(referral_in(Referral.DECLINED)), teacher())
    with pytest.raises(Conflict, match="last stage"):
        act("escalate", one, teacher())
    offered = browser_of(teacher()).get(f"disagreements/{one.id}/").json()["options"]
    assert next(option for option in offered if option["name"] == "escalate")["obstacles"]


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
    one = act("escalate", one, teacher())
    assert told == [
        ("disagreement_escalated", agency_id(OWNERS[3]), True),
        ("disagreement_moved_on", there, False),
        ("disagreement_moved_on", me, False),
    ]
    told.clear()
    act("uphold", one, owner_of(3))
    assert told == [("disagreement_upheld", me, False), ("referral_must_be_put_right", here, True)]


def test_each_share_is_in_the_ledger() -> None:
    one = act("escalate", disagreed(referral_in(Referral.DECLINED)), teacher())
    with acting(manager()):
        shared = Disclosure.objects.filter(root_id=one.about_id, what__startswith="A disagreement")
        assert [str(row.to_agency_id) for row in shared.order_by("id")] == [agency_id(OWNERS[1]), agency_id(OWNERS[2])]
