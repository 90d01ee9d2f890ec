"""What the worker makes of the log: what is unusual is found from its rows, once, and nobody is flooded."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.access.actors import Actor
from backend.access.models import Conflict
from backend.agencies.models import Membership, Team
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.children.models import Child, Person
from backend.core import clock
from backend.oversight.models import ReadingDay, UnusualReading
from backend.oversight.unusual import (
    COLLEAGUES_CHILD,
    NO_RELATION,
    NO_TASK,
    OFF_HOURS,
    OWN_FAMILY,
    SAME_SURNAME,
    SEARCHES,
)
from backend.oversight.watching import watch
from backend.referrals.models import Referral
from tests.actors import actor, browser_of
from tests.administration.leading import led_by, manager, worker
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
    for label in ("case.list", "record.find_form", "looks.case", "unusual.read", "break_glass.read"):
        looked(who, children=[uuid4()], label=label)
    looked(who, children=[uuid4() for _ in range(4)], label="record.find")
    looked(who, children=[uuid4() for _ in range(11)], label="panel.read")
    assert a_minute_later() == 0
    assert not ReadingDay.objects.using("owner").exists()


def _led_for_weeks(who: Actor) -> Case:
    with clock.at(TUESDAY - timedelta(weeks=4)):
        return led_by(who)


def test_a_manager_of_the_agency_that_leads_is_asked_about_a_child_of_their_name_or_family() -> None:
    boss, case = manager(), _led_for_weeks(worker())
    looked(boss, root_ids=[case.id])
    assert a_minute_later() == 0
    assert ReadingDay.objects.using("owner").get().is_tasked
    Child.objects.using("owner").filter(pk=case.child_id).update(family_name=boss.name.split()[-1])
    aunt = Person(root_id=case.id, child_id=case.child_id, name=boss.name, relationship="aunt_uncle")
    aunt.save(using="owner")
    looked(boss, TUESDAY + timedelta(minutes=5), root_ids=[case.id])
    assert a_minute_later() == 2
    assert _kinds() == [OWN_FAMILY, SAME_SURNAME]


def test_a_brother_of_whom_one_works_with_is_read_with_a_task() -> None:
    case, brother = _led_for_weeks(worker()), _led_for_weeks(worker(1))
    referred = Referral.objects.using("owner").filter(child_id__in=[case.child_id, brother.child_id])
    looked(worker(), TUESDAY - timedelta(days=1), root_ids=[brother.id])
    a_minute_later()
    referred.update(family_id=uuid4())
    looked(worker(), root_ids=[brother.id])
    a_minute_later()
    rows = ReadingDay.objects.using("owner").order_by("day")
    assert [(row.subject_id, row.is_tasked) for row in rows] == [(brother.child_id, False), (brother.child_id, True)]


def test_who_manages_one_team_has_no_task_in_what_another_works_on() -> None:
    boss, case = manager(), _led_for_weeks(worker())
    theirs = Team(agency_id=case.lead_agency_id, name="Another team")
    theirs.save(using="owner")
    assert case.team_id
    for number, team in enumerate((None, case.team_id, theirs.id)):
        Membership.objects.using("owner").filter(pk=boss.membership_id).update(team_id=team)
        looked(boss, TUESDAY - timedelta(days=number), root_ids=[case.id])
        a_minute_later()
    rows = ReadingDay.objects.using("owner").order_by("-day")
    assert [row.is_tasked for row in rows] == [True, True, False]


def test_searches_of_which_nothing_follows_are_found(case: Case) -> None:
    who = stranger()
    for number in range(15):
        looked(who, TUESDAY - timedelta(days=number), label="record.find")
    looked(who, label="record.find", children=[case.child_id])
    looked(who, children=[case.child_id], kind="collection", label="critical_moment.record", status=201)
    assert a_minute_later() == 1
    one = UnusualReading.objects.using("owner").get()
    assert (one.kind, len(one.subject_ids)) == (SEARCHES, 15)
    assert case.child_id not in one.subject_ids
    page = browser_of(governance()).get(f"unusual/{one.id}/").json()
    assert (
        page["why"]
        == "They searched 15 times in eight weeks, and opened nothing of it. That is not usual in their role."
    )
    assert (len(page["visits"]), page["gone"]) == (15, "")


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
