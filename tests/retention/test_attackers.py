"""A manager who wants a record gone, and whoever has the disposal login: what they can do is what an order says."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection

from backend.access.binding import acting, acting_as_system
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.core.ids import new_reference, uuid7
from backend.referrals.models import Referral
from backend.retention.commands import disposing, holding, ordering
from backend.retention.models import Order, OrderChild
from backend.workflow import confirmations
from tests.edges import take
from tests.factories import open_confirmation, submitted
from tests.retention.conftest import (
    ENDED,
    People,
    ago,
    agreed,
    carried_out,
    compute,
    declined,
    due,
    proposed,
    stands,
)
from tests.worker import worker_login

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("due_at_once"),
]


@pytest.fixture
def login() -> Iterator[disposing.Login]:
    """Somebody who has the disposal login and psql."""
    with psycopg.connect(settings.DISPOSAL_DATABASE_URL, autocommit=True) as found:
        yield found


def test_a_manager_cannot_propose_what_is_open_or_not_theirs(people: People) -> None:
    with ago(ENDED):
        working = submitted()
    ended = declined()
    compute()
    with acting(people.manager), pytest.raises(NotFound):
        ordering.propose(people.manager, [working.child_id], order_id=uuid7())  # type: ignore[list-item] # a child there is
    with acting(people.stranger), pytest.raises(NotFound):
        ordering.propose(people.stranger, [ended.child_id], order_id=uuid7())  # type: ignore[list-item] # a child there is
    with acting(people.governs), pytest.raises(Forbidden):
        ordering.propose(people.governs, [ended.child_id], order_id=uuid7())  # type: ignore[list-item] # a child there is


def test_who_proposed_it_agrees_to_nothing_and_governance_comes_first(people: People) -> None:
    declined()
    compute()
    order = proposed(people.manager, *(one.id for one in due(people.manager)))
    for who in (people.manager, people.other_manager):
        with pytest.raises(Conflict):
            take("approve", order.id, who, noun="disposal")
    take("approve", order.id, people.governs, noun="disposal")
    waiting = open_confirmation(order.id, people.governs)
    with acting(people.governs), pytest.raises(Forbidden):
        confirmations.confirm(people.governs, waiting.id, given={"looked": "All"})
    with acting(people.manager), pytest.raises(Conflict):
        confirmations.confirm(people.manager, waiting.id, given={"looked": "All"})
    with acting(people.other_manager):
        confirmations.confirm(people.other_manager, waiting.id, given={"looked": "All"})
    assert stands(order).state == Order.CONFIRMED
    assert carried_out() == 0, "the seven days are not over"


def test_it_can_be_withdrawn_until_it_is_carried_out_and_then_names_nobody(people: People) -> None:
    referral = declined()
    compute()
    order = proposed(people.manager, *(one.id for one in due(people.manager)))
    agreed(order, people.governs, people.other_governs)
    take("withdraw", order.id, people.other_manager, noun="disposal")
    assert carried_out() == 0
    assert Referral.objects.using("owner").filter(pk=referral.pk).exists()
    (line,) = OrderChild.objects.using("owner").filter(order=order)
    assert (line.about_id, line.root_ids, line.references) == (None, [], [])
    assert len(due(people.manager)) == 1
    # It may be proposed again.
    assert proposed(people.manager, due(people.manager)[0].id).state == Order.PROPOSED


def test_a_hold_stops_it_and_is_released_by_two(people: People) -> None:
    referral = declined()
    compute()
    order = proposed(people.manager, *(one.id for one in due(people.manager)))
    agreed(order, people.governs, people.other_governs)
    given = {"reference": referral.reference, "reason_code": "court", "reason": ""}
    with acting(people.governs):
        hold = holding.place(people.governs, given, hold_id=uuid7())
    carried_out()
    (line,) = OrderChild.objects.using("owner").filter(order=order)
    assert (line.state, line.kept_by) == (OrderChild.LEFT, ["held"])
    with acting(people.manager), pytest.raises(Conflict):
        ordering.propose(people.manager, [due(people.manager)[0].id], order_id=uuid7())
    take("release", hold.id, people.governs, noun="hold")
    waiting = open_confirmation(hold.id, people.governs)
    with acting(people.governs), pytest.raises(Forbidden):
        confirmations.confirm(people.governs, waiting.id, given={"reason": "Over"})
    with acting(people.other_governs):
        confirmations.confirm(people.other_governs, waiting.id, given={"reason": "Over"})
    second = proposed(people.manager, due(people.manager)[0].id, before=timedelta(days=8))
    agreed(second, people.governs, people.other_governs, before=timedelta(days=7, minutes=1))
    carried_out()
    assert not Referral.objects.using("owner").filter(pk=referral.pk).exists()


def test_nobody_says_that_it_was_agreed_longer_ago_than_it_was(people: People) -> None:
    """Whoever serves may say what time it is, and so when something was confirmed: the days run by another clock."""
    referral = declined()
    compute()
    order = proposed(people.manager, *(one.id for one in due(people.manager)))
    agreed(order, people.governs, people.other_governs, by_that_clock=False)
    assert stands(order).due_at < clock.now(), "by what they say, its days are over"
    with acting(people.other_governs):
        Order.objects.filter(pk=order.pk).update(agreed_at=order.proposed_at)
    assert carried_out() == 0
    with worker_login(), acting_as_system(job="retention.dispose"), pytest.raises(DatabaseError):
        Order.objects.filter(pk=order.pk).update(state="running")
    assert stands(order).agreed_at > clock.now() - timedelta(minutes=5)
    assert Referral.objects.using("owner").filter(pk=referral.pk).exists()


@pytest.mark.parametrize(
    "forged",
    [
        lambda order, who: Order.objects.filter(pk=order.pk).update(state="running"),
        lambda order, who: Order.objects.filter(pk=order.pk).update(
            state="confirmed",
            approved_by_id=uuid7(),
            confirmed_by_id=who.user_id,
            confirmed_at=order.proposed_at,
            due_at=order.proposed_at + timedelta(days=7),
        ),
        lambda order, who: Order.objects.filter(pk=order.pk).update(proposed_by_id=uuid7()),
        lambda order, who: Order.objects.filter(pk=order.pk).update(agency_id=uuid7()),
        lambda order, who: OrderChild(order=order, about_id=uuid7(), due_on=order.proposed_at).save(force_insert=True),
        lambda order, who: Order(
            partnership_id=who.partnership_id,
            agency_id=who.agency_id,
            reference=new_reference("D"),
            schedule=1,
            proposed_by_id=who.user_id,
            state="confirmed",
        ).save(force_insert=True),
    ],
)
def test_the_database_refuses_what_the_product_would_not_do(people: People, forged: Callable[..., Any]) -> None:
    declined()
    compute()
    order = proposed(people.manager, *(one.id for one in due(people.manager)))
    with acting(people.other_manager), pytest.raises(DatabaseError):
        forged(order, people.other_manager)


def test_the_login_deletes_and_reads_nothing_outside_an_order(people: People, login: disposing.Login) -> None:
    referral = declined()
    for _table, statement in disposing._statements():
        assert login.execute(statement, {"roots": [referral.id, referral.child_id]}).rowcount == 0
    for words in (
        "SELECT * FROM referrals_statement",
        "SELECT text FROM referrals_statement",
        "SELECT * FROM audit_accesslog",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            login.execute(words)
    assert login.execute("SELECT count(id) FROM referrals_referral").fetchone() == (0,)


@pytest.mark.parametrize("how", ["before its days are over", "of another order", "by setting what the policy reads"])
def test_the_login_cannot_begin_what_was_not_agreed_and_waited_for(
    people: People, login: disposing.Login, how: str
) -> None:
    referral = declined()
    compute()
    order = proposed(people.manager, *(one.id for one in due(people.manager)))
    agreed(order, people.governs, people.other_governs, before=timedelta(days=6, hours=23))
    (line,) = OrderChild.objects.using("owner").filter(order=order)
    begin = "SELECT app.begin_disposal(%s, %s)"
    with login.transaction():
        login.execute(
            "SELECT set_config('app.moment', '2099-01-01', true), set_config('app.disposal_order', %s, true)",
            [str(order.id)],
        )
        if how == "by setting what the policy reads":
            assert login.execute("DELETE FROM referrals_referral WHERE id = %s", [referral.id]).rowcount == 0
        else:
            wanted = order.id if how == "before its days are over" else uuid7()
            with pytest.raises(psycopg.errors.InsufficientPrivilege), login.transaction():
                login.execute(begin, [wanted, line.id])
    assert Referral.objects.using("owner").filter(pk=referral.pk).exists()


def test_inside_an_order_the_login_reaches_its_child_and_no_other(people: People, login: disposing.Login) -> None:
    first, other = declined(), declined()
    compute()
    order = proposed(people.manager, first.child_id)  # type: ignore[arg-type] # a child there is
    agreed(order, people.governs, people.other_governs)
    disposing_begun(order)
    (line,) = OrderChild.objects.using("owner").filter(order=order)
    with login.transaction():
        login.execute("SELECT app.begin_disposal(%s, %s)", [order.id, line.id])
        assert login.execute("DELETE FROM referrals_referral WHERE id = %s", [other.id]).rowcount == 0
        assert login.execute("DELETE FROM referrals_statement").rowcount == 7
        raise psycopg.Rollback
    # In another transaction it has to begin again.
    assert login.execute("DELETE FROM referrals_referral").rowcount == 0


def disposing_begun(order: Order) -> None:
    """The worker has begun with it, and gone no further."""
    with worker_login():
        disposing._take("begin", order.id, Order.CONFIRMED)


def test_who_serves_cannot_call_what_the_login_calls(people: People) -> None:
    with acting(people.governs), connection.cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute("SELECT app.begin_disposal(%s, %s)", [uuid7(), uuid7()])
