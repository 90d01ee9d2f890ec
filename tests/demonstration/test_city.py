"""A small demo city keeps the promises of the product, and is made once."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.db.models import F
from django.test import override_settings

from backend.access.models import Named
from backend.administration.models import Declaration, Ending
from backend.agencies.models import Membership
from backend.cases.models import Action, Assessment, Case, LeadRequest, Meeting, Task
from backend.core import clock
from backend.deadlines.models import TICKING, Deadline
from backend.demonstration import city, emptying, logins
from backend.demonstration.models import City
from backend.demonstration.progress import Progress
from backend.directory.models import Service
from backend.disagreements.models import Disagreement
from backend.insights.models import PublishedMonth
from backend.insights.queries.published import DIMENSIONS_OF
from backend.matching.models import CaseChoice
from backend.moments.models import CriticalMoment
from backend.notifications.models import Email, Message, Outbox
from backend.outcomes.models import Score
from backend.referrals.models import Referral
from backend.workflow.models import Confirmation

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
OWNER = emptying.OWNER


@pytest.fixture
def made() -> Iterator[city.Made]:
    yield city.make_city(seed="test", scale=1, processes=1, started=lambda _plan: lambda _steps: None)
    logins.close()


def test_a_small_city_keeps_the_promises(made: city.Made) -> None:
    assert made.left_out == ()
    _nobody_is_dropped()
    _families_are_helped()
    _decisions_are_challenged_and_cases_compared()
    _what_happens_has_reached_somebody()
    _people_and_agencies_are_on_their_way_out()
    _the_worker_finds_nothing_old_to_do()
    _services_are_in_every_state()
    _twelve_months_are_published()
    _what_happened_is_told_as_it_happened()
    _few_find_what_is_sealed()
    _is_made_once()


def _few_find_what_is_sealed() -> None:
    sealed = Named.objects.using(OWNER).filter(ended_at=None).values("child_id")
    assert Case.objects.using(OWNER).filter(child_id__in=sealed).exists()


def _twelve_months_are_published() -> None:
    """Of so few referrals, closed cases and things said there may be nothing to show in them."""
    assert PublishedMonth.objects.using(OWNER).count() == 12 * len(DIMENSIONS_OF)


def _nobody_is_dropped() -> None:
    referrals = Referral.objects.using(OWNER)
    assert set(referrals.values_list("state", flat=True)) == set(Referral.LABELS)
    assert not referrals.filter(holder__isnull=True).exists()
    assert not Case.objects.using(OWNER).exclude(state="closed").filter(next_action="").exists()
    assert not Case.objects.using(OWNER).filter(state="engaging", lead_practitioner=None).exists()
    assert Confirmation.objects.using(OWNER).filter(state="asked").exists()


def _families_are_helped() -> None:
    """They have plans that somebody elsewhere has helped with, and that were looked at again."""
    assert Assessment.objects.using(OWNER).filter(state="complete").exists()
    helped = Action.objects.using(OWNER).filter(state="done").exclude(owner_agency=F("agency"))
    assert helped.exists()
    assert Meeting.objects.using(OWNER).filter(kind="review").exists()
    assert {score.stage for score in Score.objects.using(OWNER).all()} == {"baseline", "review", "exit"}


def _decisions_are_challenged_and_cases_compared() -> None:
    """Challenges have come to every stage that people take them to; of two cases, one lead has said which goes on."""
    challenges = Disagreement.objects.using(OWNER)
    assert set(challenges.values_list("state", flat=True)) == set(Disagreement.LABELS)
    assert set(challenges.values_list("stage", flat=True)) == {1, 2, 3}
    (choice,) = CaseChoice.objects.using(OWNER)
    assert set(LeadRequest.objects.using(OWNER).values_list("state", flat=True)) == {"asked"}
    assert Case.objects.using(OWNER).filter(out_asked_at__isnull=False, state__in=Case.OPEN).exists()
    assert (choice.state, (choice.first_says_id is None) is not (choice.second_says_id is None)) == ("asked", True)


def _what_happens_has_reached_somebody() -> None:
    """Critical moments, and what was linked to other work, which somebody read the same day."""
    assert {one.state for one in CriticalMoment.objects.using(OWNER).all()} == {"passed_on"}
    assert Task.objects.using(OWNER).filter(kind="critical_moment", state="open").exists()
    assert not Referral.objects.using(OWNER).filter(link_waits_since__isnull=False).exists()
    assert Task.objects.using(OWNER).filter(kind="referral_linked", state="done").exists()


def _people_and_agencies_are_on_their_way_out() -> None:
    """Somebody has left and nothing of theirs is left; an agency is about to; people are too close to a family."""
    left = Membership.objects.using(OWNER).get(user__name="Abdi Warsame")
    assert left.ended_at is not None
    assert not Case.objects.using(OWNER).exclude(state="closed").filter(lead_practitioner_id=left.user_id).exists()
    assert Ending.objects.using(OWNER).filter(state=Ending.ASKED).exists()
    declared = set(Declaration.objects.using(OWNER).values_list("state", flat=True))
    assert Declaration.WAITING in declared


def _the_worker_finds_nothing_old_to_do() -> None:
    now = clock.now()
    assert not Deadline.objects.using(OWNER).filter(TICKING, remind_at__lte=now).exists()
    stale = Deadline.objects.using(OWNER).filter(TICKING, due_at__lte=now, expired_at=None)
    assert not stale.filter(kind__in=("take", "information_request", "transfer_answer")).exists()
    # What was done in the last ten minutes can still be undone: it is told when that is over.
    assert not Outbox.objects.using(OWNER).exclude(state="sent").filter(next_try_at__lte=now).exists()
    assert not Email.objects.using(OWNER).exclude(state="sent").exists()
    assert Message.objects.using(OWNER).filter(read_at=None).exists()


def _services_are_in_every_state() -> None:
    assert Service.objects.using(OWNER).filter(state="active").count() > 40
    assert set(Service.objects.using(OWNER).values_list("state", flat=True)) == set(Service.LABELS)


def _what_happened_is_told_as_it_happened() -> None:
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_event WHERE recorded_at <> at OR at > now()")
        assert cursor.fetchone() == (0,)


def _is_made_once() -> None:
    out = StringIO()
    with override_settings(DEMO=True):
        call_command("demo_city", stdout=out)
    assert "is there already" in out.getvalue()
    emptying.empty()
    assert not emptying.has_records()
    assert not City.objects.using(OWNER).exists()


def test_nothing_is_done_outside_a_demo() -> None:
    with override_settings(DEMO=False), pytest.raises(CommandError, match="not a demo"):
        call_command("demo_city", "--anew")


def test_a_city_left_half_made_is_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    City(seed="test", begun_at=clock.now() - timedelta(hours=1)).save(using=OWNER)
    asked = []

    def make(**options: object) -> city.Made:
        asked.append(options["seed"])
        return city.Made(City(seed="test", begun_at=clock.now()), ("one sentence",))

    monkeypatch.setattr(city, "make_city", make)
    out, err = StringIO(), StringIO()
    with override_settings(DEMO=True):
        call_command("demo_city", seed="test", stdout=out, stderr=err)
    assert asked == ["test"]
    assert "left half made" in out.getvalue()
    assert "Left out: one sentence" in err.getvalue()
    assert not City.objects.using(OWNER).exists()


def test_the_people_are_listed_without_addresses() -> None:
    out = StringIO()
    call_command("demo_people", stdout=out)
    assert "Joanna Fairweather, practitioner at Oakfield School" in out.getvalue()
    assert "@" not in out.getvalue()


def test_progress_is_a_line_for_each_tenth_where_nobody_watches() -> None:
    out = StringIO()
    progress = Progress(200, what="children", to=out)
    for _ in range(200):
        progress.advance(1)
    lines = out.getvalue().splitlines()
    assert len(lines) == 11
    assert lines[-1].strip().startswith("100 %")
