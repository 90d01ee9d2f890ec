"""Fills in the city's past once its doors are open: cases of two years, walked as the others were.

People look around meanwhile, and the worker works. So what was told long ago is noted as told the moment it is written
(a trigger, for as long as this goes on: the worker would deliver a year's news), reminders that were due are given as
of then, and whoever has left the city is asked for nothing. Killed and started again, it goes on where it stopped: the
children who are there are known by the ids of their referrals, which the plan gives.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connections, transaction

from backend.agencies.models import Membership
from backend.core import clock
from backend.demonstration import aftermath, logins
from backend.demonstration.again import refer_again
from backend.demonstration.copies import ask_for_copies
from backend.demonstration.emptying import OF_THE_CITY, OWNER
from backend.demonstration.every_stage import show_every_stage
from backend.demonstration.exported import export_lists
from backend.demonstration.givers import name_givers
from backend.demonstration.kept import report_on_the_quarter
from backend.demonstration.models import City
from backend.demonstration.panels import hold_panels
from backend.demonstration.plan import Plan
from backend.demonstration.planning import plan_past
from backend.demonstration.playing import Advance, Job, Walked, hands, jobs_of, play, the_company
from backend.demonstration.staff import Seat
from backend.demonstration.stage import id_of
from backend.demonstration.voices import write_down_what_was_said
from backend.demonstration.what_ended import show_what_ended
from backend.referrals.models import Referral

# News older than this is not news.
_NEWS = timedelta(hours=12)
_HOLD = f"""
CREATE FUNCTION app.told_long_ago() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.state := 'sent';
    NEW.sent_at := NEW.created_at;
    RETURN NEW;
END $$;
CREATE TRIGGER told_long_ago BEFORE INSERT ON notifications_outbox FOR EACH ROW
    WHEN (NEW.created_at < now() - interval '{_NEWS // timedelta(hours=1)} hours') EXECUTE FUNCTION app.told_long_ago()
"""
_RELEASE = "DROP FUNCTION IF EXISTS app.told_long_ago() CASCADE"
# An event of the past was recorded when it happened; what visitors do is recorded as they do it.
_AS_OF_THEN = "UPDATE audit_event SET recorded_at = at WHERE recorded_at > at + interval '1 hour'"


def grow(city: City, *, processes: int, started: Callable[[Plan], Advance]) -> tuple[str, ...]:
    """Walk what is missing of a finished city's past; return a sentence for each child that had to be left out."""
    plan = plan_past(seed=city.seed, now=city.begun_at, scale=city.scale, gone=_gone())
    there = _there(plan)
    missing = [job for job in jobs_of(plan) if job.life.number not in there]
    city.past_lives, city.past_walked = len(plan.lives), len(there)
    city.save(using=OWNER)
    advance = started(plan)
    left_out: list[str] = []
    with _old_news_held(), hands(processes) as many:
        advance(sum(life.steps for life in plan.lives if life.number in there))
        for walked in many.each(_play, missing):
            advance(walked.steps)
            left_out += [walked.problem] if walked.problem else []
            city.past_walked += 1
            city.save(using=OWNER)
        company = the_company()
        hold_panels(company)
        show_every_stage(company)
        write_down_what_was_said(company)
        ask_for_copies(company)
        show_what_ended(company)
    refer_again(company, plan)
    name_givers(company)
    aftermath.publish_months()
    export_lists(company)
    report_on_the_quarter(company)
    logins.close()
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute(OF_THE_CITY)
        cursor.execute(_AS_OF_THEN)
        city.past_finished_at = clock.now()
        city.save(using=OWNER)
    with connections[OWNER].cursor() as cursor:
        cursor.execute("ANALYZE")
    return tuple(left_out)


def _play(job: Job) -> Walked:
    walked = play(job)
    aftermath.catch_up_with_clocks()
    return walked


def _there(plan: Plan) -> set[int]:
    """Return the numbers of the lives whose last referral is in the database."""
    ids = {id_of(plan.seed, life.contacts[-1]): life.number for life in plan.lives}
    found = Referral.objects.using(OWNER).filter(pk__in=ids).values_list("pk", flat=True)
    return {ids[pk] for pk in found}


def _gone() -> list[Seat]:
    rows = Membership.objects.using(OWNER).filter(ended_at__isnull=False).select_related("user", "agency")
    return [Seat(row.user.email, row.agency.slug, row.role) for row in rows]


@contextmanager
def _old_news_held() -> Iterator[None]:
    with connections[OWNER].cursor() as cursor:
        cursor.execute(_RELEASE)
        cursor.execute(_HOLD)
    try:
        yield
    finally:
        with connections[OWNER].cursor() as cursor:
            cursor.execute(_RELEASE)
