"""When records become due: computed once, again when something changed, and for nobody else's eyes."""

from datetime import timedelta

import pytest

from backend.access.binding import acting
from backend.access.models import Named
from backend.configuration.models import Version
from backend.core import clock
from backend.core.ids import uuid7
from backend.referrals.models import Referral
from backend.retention import queries
from backend.retention.commands import holding
from backend.retention.models import Due, DueChild, Hold
from backend.retention.rules import SCHEDULE
from tests.factories import referral_in
from tests.retention.conftest import ENDED, People, ago, compute, declined, due
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_a_record_is_computed_once_and_again_only_when_it_or_the_schedule_changed() -> None:
    referral = declined()
    assert compute() == 1
    assert compute() == 0
    row = Due.objects.using("owner").get(pk=referral.pk)
    assert (row.record, row.rule, row.schedule) == ("referral_not_taken_up", "referral_not_taken_up", 1)
    assert row.due_on is not None
    assert row.due_on.year == row.ended_on.year + 1
    shipped = Version.objects.using("owner").get(kind=SCHEDULE)
    shipped.pk, shipped.number = uuid7(), 2
    shipped.skip_history_when_saving = True  # type: ignore[attr-defined] # as audit.commands says
    shipped.save(using="owner", force_insert=True)
    assert compute() == 1
    assert Due.objects.using("owner").get(pk=referral.pk).schedule == 2


@pytest.mark.usefixtures("due_at_once")
def test_a_child_is_due_with_the_last_of_its_records_and_not_while_anything_is_open(people: People) -> None:
    referral = declined()
    compute()
    assert [one.id for one in due(people.manager)] == [referral.child_id]
    Referral.objects.using("owner").filter(pk=referral.pk).update(state="triage", ended_at=None)
    compute()
    assert due(people.manager) == []
    assert not Due.objects.using("owner").exists()
    assert not DueChild.objects.using("owner").exists()


@pytest.mark.usefixtures("due_at_once")
def test_who_is_sealed_or_elsewhere_is_in_no_list(people: People) -> None:
    referral = declined()
    compute()
    assert due(people.stranger) == []
    for who in (people.manager, people.governs, people.other_governs):
        assert len(due(who)) == 1
    Named.objects.using("owner").create(user_id=people.other_manager.user_id, child_id=referral.child_id)
    assert due(people.manager) == due(people.governs) == []
    assert len(due(people.other_manager)) == 1


def test_a_death_is_held_by_the_worker_once_and_not_released_while_it_stands(people: People) -> None:
    with ago(ENDED):
        referral = referral_in(Referral.CLOSED)
    with worker_login():
        assert holding.hold_after_deaths() == 1
        assert holding.hold_after_deaths() == 0
    hold = Hold.objects.using("owner").get()
    assert (hold.reason_code, hold.reference, hold.placed_by_id) == ("died", referral.reference, None)
    with acting(people.manager):
        assert queries.death_stands(hold)
        assert queries.kept_at(referral.id) == [("died", hold.placed_at)]
    with acting(people.stranger):
        assert queries.kept_at(referral.id) is None
    assert hold.placed_at <= clock.now() + timedelta(minutes=1)
