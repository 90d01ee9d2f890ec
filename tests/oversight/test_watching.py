"""What the worker makes of the log: what is unusual is found from its rows, once, and nobody is flooded."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.access.models import Conflict
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.children.models import Child
from backend.core import clock
from backend.oversight.models import ReadingDay, UnusualReading
from backend.oversight.unusual import COLLEAGUES_CHILD, NO_RELATION, NO_TASK, OFF_HOURS, SAME_SURNAME
from backend.oversight.watching import watch
from tests.actors import actor
from tests.administration.leading import worker
from tests.audit.logs import wait_for_other_databases
from tests.oversight.emergencies import governance, stranger
from tests.oversight.readings import TUESDAY, a_minute_later, looked, refused, told_of
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def _kinds() -> list[str]:
    return list(UnusualReading.objects.using("owner").order_by("kind").values_list("kind", flat=True))


def test_whoever_is_refused_again_and_again_is_asked_about_once_and_not_told() -> None:
    for day in (12, 8, 4, 0):
        assert a_minute_later() == 0
        refused(stranger(), TUESDAY - timedelta(days=day))
    assert a_minute_later() == 1
    boss = actor("youth-justice", Role.MANAGER)
    told = told_of()
    assert {("unusual_found", str(who.user_id)) for who in (boss, governance())} <= set(told)
    assert str(stranger().user_id) not in str(told)
    refused(stranger(), TUESDAY + timedelta(hours=1))
    assert a_minute_later(TUESDAY + timedelta(hours=1)) == 0
    (one,) = UnusualReading.objects.using("owner").all()
    assert (one.kind, len(one.subject_ids), len(told_of())) == (NO_RELATION, 5, len(told))


def test_a_child_of_ones_own_name_or_a_colleagues_is_read_without_a_task(case: Case) -> None:
    who = stranger()
    Child.objects.using("owner").filter(pk=case.child_id).update(family_name=who.name.split()[-1])
    looked(worker(), root_ids=[case.id])
    assert a_minute_later() == 0
    looked(who, root_ids=[case.id])
    assert a_minute_later() == 1
    _declared_by_a_colleague(case)
    looked(who, TUESDAY + timedelta(minutes=5), root_ids=[case.id])
    assert a_minute_later() == 1
    assert _kinds() == [COLLEAGUES_CHILD, SAME_SURNAME]


def _declared_by_a_colleague(case: Case) -> None:
    colleague = actor("youth-justice", Role.MANAGER)
    Conflict(user_id=colleague.user_id, child_id=case.child_id).save(using="owner")


def test_reading_without_a_task_and_at_night_is_found_and_what_is_done_about_is_not() -> None:
    who = stranger()
    for week in range(7):
        looked(who, TUESDAY - timedelta(weeks=week), children=[uuid4()])
    done = uuid4()
    looked(who, children=[done])
    looked(who, children=[done], kind="collection", label="case.write_note", status=201)
    looked(worker(), TUESDAY + timedelta(hours=12), children=[uuid4()])
    looked(worker(), children=[uuid4()])
    assert a_minute_later(TUESDAY + timedelta(hours=12)) == 2
    assert _kinds() == [NO_TASK, OFF_HOURS]
    assert done not in UnusualReading.objects.using("owner").get(kind=NO_TASK).subject_ids


def test_lists_searches_and_the_oversight_of_others_are_no_reading() -> None:
    who = stranger()
    for label in ("case.list", "record.find", "looks.case", "unusual.read", "break_glass.read"):
        looked(who, children=[uuid4()], label=label)
    looked(who, children=[uuid4() for _ in range(11)], label="panel.read")
    assert a_minute_later() == 0
    assert not ReadingDay.objects.using("owner").exists()


def test_what_it_costs_hangs_on_what_is_new_and_not_on_how_much_there_is() -> None:
    costs = []
    for count in (1, 40):
        for number in range(count):
            looked(stranger(), TUESDAY - timedelta(days=number % 3), children=[uuid4()], kind="alteration")
        wait_for_other_databases()
        with clock.at(TUESDAY), worker_login(), CaptureQueriesContext(connection) as statements:
            watch()
        costs.append(len(statements))
    assert costs[1] <= costs[0] <= 16
