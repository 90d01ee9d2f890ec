"""The city's past is filled in while people look around: once, whole, and as if it had been there all along."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import count

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import override_settings

from backend.agencies.roles import Role
from backend.cases.models import Case, Meeting
from backend.core import clock
from backend.deadlines.models import Deadline
from backend.demonstration import city, emptying, growing, logins
from backend.demonstration.models import City
from backend.demonstration.plan import Plan
from backend.demonstration.planning import make_plan, plan_past
from backend.demonstration.playing import Advance
from backend.demonstration.shapes import PAST, SHAPES
from backend.demonstration.staff import named
from backend.demonstration.stage import id_of
from backend.exports.models import Export
from backend.insights.models import PublishedMonth
from backend.insights.queries.published import DIMENSIONS_OF
from backend.interventions.models import Intervention, Session
from backend.notifications.models import Email, Message, Outbox
from backend.outcomes.models import Score
from backend.referrals.models import Referral
from backend.rights.models import SubjectRequest
from backend.workflow.models import Confirmation
from tests.actors import Browser, actor, browser_of
from tests.insights import agreeing

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
OWNER = emptying.OWNER
MONDAY_MORNING = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


def _started(_plan: Plan) -> Advance:
    return lambda _steps: None


@pytest.fixture
def opened() -> Iterator[City]:
    """A small city whose doors have just been opened."""
    yield city.make_city(seed="test", scale=1, processes=1, started=_started).city
    logins.close()
    emptying.empty()


def test_it_is_two_years_of_cases_and_nobody_in_them_has_left() -> None:
    leaver = named("Abdi Warsame")
    plan = plan_past(seed="test", now=MONDAY_MORNING, gone=[leaver])
    first = min(contact.steps[0].at for contact in plan.contacts)
    assert timedelta(days=550) < MONDAY_MORNING - first < timedelta(days=800)
    assert all(leaver not in contact.people.values() for contact in plan.contacts)
    cases = sum(shape.count for shape in (*SHAPES, *PAST) if "accept" in shape.steps)
    assert cases >= 250
    numbers = [contact.number for contact in (*plan.contacts, *make_plan(seed="test", now=MONDAY_MORNING).contacts)]
    assert len(set(numbers)) == len(numbers)


def test_a_referral_is_known_by_its_place_in_the_plan() -> None:
    first, second = (plan_past(seed="test", now=MONDAY_MORNING, scale=1).contacts[place] for place in (0, 1))
    assert id_of("test", first) == id_of("test", first)
    assert id_of("test", first) != id_of("test", second)
    assert id_of("test", first).version == 7


class MachineOff(Exception):
    """The machine went off."""


def _stopping(after: int) -> Callable[[Plan], Advance]:
    """Return what a run is told that is killed after so many children."""

    def started(_plan: Plan) -> Advance:
        calls = count()

        def advance(_steps: int) -> None:
            if next(calls) == after:
                raise MachineOff

        return advance

    return started


def test_stopped_half_way_it_goes_on_and_what_happened_long_ago_is_no_news(opened: City) -> None:
    told, read = Outbox.objects.using(OWNER).count(), Message.objects.using(OWNER).count()
    before = Referral.objects.using(OWNER).count()
    with pytest.raises(MachineOff):
        growing.grow(opened, processes=1, started=_stopping(after=3))
    assert opened.past_finished_at is None
    assert 0 < Referral.objects.using(OWNER).count() - before < len(PAST)
    assert growing.grow(opened, processes=1, started=_started) == ()
    again = Referral.objects.using(OWNER).filter(earlier_case__state="closed", state="submitted")
    assert again.count() == 1, "one of them is referred again, and only once"
    past = Referral.objects.using(OWNER).filter(earlier_case=None).count() - before
    assert past == opened.past_lives == opened.past_walked == len(PAST)
    assert opened.past_finished_at is not None
    assert PublishedMonth.objects.using(OWNER).count() == 12 * len(DIMENSIONS_OF), "anew, with the past in them"
    _has_whole_cases()
    requests = SubjectRequest.objects.using(OWNER).order_by("received_on").values_list("state", flat=True)
    assert list(requests) == ["released", "withdrawn", "open"], "given, not wanted any more, and being looked through"
    exported = Export.objects.using(OWNER).order_by("asked_at").values_list("state", flat=True)
    assert list(exported) == ["expired", "ready"], "a list as a file that is there, and one whose week is over"
    # Everybody was told, long ago: nothing old waits, and nobody's messages or mail are flooded.
    assert Outbox.objects.using(OWNER).count() > told + past
    long_ago = clock.now() - timedelta(hours=13)
    assert not Outbox.objects.using(OWNER).filter(state="pending", created_at__lt=long_ago).exists()
    assert Message.objects.using(OWNER).count() == read
    assert not Email.objects.using(OWNER).exclude(state="sent").exists()
    _left_nothing_behind()
    _every_figure_is_the_length_of_its_list_and_of_its_file()


def _every_figure_is_the_length_of_its_list_and_of_its_file() -> None:
    counted = Counter[str]()
    for agency in ("front-door", "city-early-help"):
        who = actor(agency, Role.MANAGER)
        for page in agreeing.PAGES:
            counted[page] += agreeing.check(page, who, browser_of(who))
    assert {page for page, number in counted.items() if number} >= {"flow", "standing"}


def _has_whole_cases() -> None:
    assert Case.objects.using(OWNER).filter(state="closed").count() >= 5
    assert Meeting.objects.using(OWNER).filter(kind="review").exists()
    _have_ended_with_their_families_words()
    assert Score.objects.using(OWNER).filter(stage="exit").exists()
    given = Intervention.objects.using(OWNER).filter(provider_agency__isnull=False, provider_until=None)
    stages = set(Intervention.objects.using(OWNER).values_list("state", flat=True))
    assert {"recommended", "provider_declined", "refused", "cancelled", "provider_accepted", "agreed"} <= stages
    sessions = Session.objects.using(OWNER)
    assert sessions.filter(state="moved").exclude(move_reason="").exists()
    assert sessions.filter(state="recorded", group_id__isnull=False, not_held_why="not_known").exists()
    assert sessions.exclude(concern="").exclude(text="").exists() or sessions.exclude(child_feedback="").exists()
    going_on = given.filter(state__in=(*Intervention.WAITING, Intervention.STARTED))
    assert going_on.filter(worker__isnull=False).exists() == going_on.exists(), "some have somebody by name"


def _have_ended_with_their_families_words() -> None:
    closed = Case.objects.using(OWNER).filter(state="closed").exclude(closing_reason="died")
    for view in ("child_view", "parent_view"):
        assert not closed.filter(**{view: "", f"{view}_why_not": ""}).exists()
    assert closed.exclude(child_view="").exists()
    # A family that said no is let go by two people, and nothing waits for the second.
    assert closed.filter(closing_reason="family_withdrew").exists()
    asked = Confirmation.objects.using(OWNER).filter(noun="case", edge="close", state=Confirmation.ASKED)
    assert not asked.filter(asked_at__lt=clock.now() - timedelta(days=30)).exists()
    # Whether it has lasted is asked where half a year is over, and nowhere before.
    checks = Deadline.objects.using(OWNER).filter(kind="sustained_check", due_at__lt=clock.now(), root_id__in=closed)
    assert checks.exclude(met_at=None).count() == closed.exclude(sustained_at=None).count()


def _left_nothing_behind() -> None:
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_event WHERE recorded_at > at + interval '1 hour'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM pg_proc WHERE proname = 'told_long_ago'")
        assert cursor.fetchone() == (0,)


def test_the_first_page_says_how_far_it_is() -> None:
    made = City(seed="test", begun_at=clock.now(), finished_at=clock.now(), past_lives=10, past_walked=4)
    made.save(using=OWNER)
    with override_settings(DEMO=True):
        assert Browser().get("demo/city/").json() == {"total": 10, "done": 4}
        made.past_finished_at = clock.now()
        made.save(using=OWNER)
        assert Browser().get("demo/city/").json() == {"total": 10, "done": 10}
    with override_settings(DEMO=False):
        assert Browser().get("demo/city/").status_code == 404
    made.delete(using=OWNER)


def test_the_command_does_what_is_missing_and_only_in_a_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[City] = []
    monkeypatch.setattr(growing, "grow", lambda one, **_options: asked.append(one) or ("one sentence",))
    with override_settings(DEMO=False), pytest.raises(CommandError, match="not a demo"):
        call_command("demo_past")
    out, err = StringIO(), StringIO()
    with override_settings(DEMO=True):
        call_command("demo_past", stdout=out, stderr=err)
        assert asked == []
        City(seed="test", begun_at=clock.now(), finished_at=clock.now()).save(using=OWNER)
        call_command("demo_past", stdout=out, stderr=err)
    assert len(asked) == 1
    assert "Left out: one sentence" in err.getvalue()
    City.objects.using(OWNER).all().delete()
