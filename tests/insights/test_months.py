"""Months as the worker publishes them: once, near to what there was, and no record in them."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from backend.access.binding import acting
from backend.agencies.models import Partnership
from backend.agencies.roles import Role
from backend.core import clock
from backend.insights.disclosure import Published
from backend.insights.jobs import publish
from backend.insights.models import PublishedMonth
from backend.insights.queries.published import CLOSINGS, DIMENSIONS_OF, REFERRALS, as_published
from backend.referrals.models import Referral, ReferralFactor
from tests.actors import actor
from tests.cases.conftest import World
from tests.cases.working import now, work
from tests.factories import manager, officer, referral_in
from tests.insights.made import ACOCKS_GREEN, SHELDON, analyst, by_worker, close, refer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

SEPTEMBER = datetime(2026, 9, 7, 9, 30, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 20, 10, 0, tzinfo=UTC)


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    with clock.at(NOVEMBER):
        yield World()


def months(counted: str = REFERRALS) -> dict[str, PublishedMonth]:
    found = PublishedMonth.objects.using("owner").filter(counted=counted).order_by("month")
    return {f"{row.month:%Y-%m}": row for row in found}


def everything(counted: str = REFERRALS) -> Published:
    return as_published(counted, months(counted).values())


def test_twelve_whole_months_are_published_once_a_fortnight_after_the_last_is_over(world: World) -> None:
    with clock.at(datetime(2026, 11, 14, 12, tzinfo=UTC)):
        assert by_worker(publish) == 12 * len(DIMENSIONS_OF)
        for counted in DIMENSIONS_OF:
            assert list(months(counted))[::11] == ["2025-10", "2026-09"]
        assert by_worker(publish) == 0
    with clock.at(datetime(2026, 11, 15, 12, tzinfo=UTC)):
        assert by_worker(publish) == len(DIMENSIONS_OF)
        assert {list(months(counted))[-1] for counted in DIMENSIONS_OF} == {"2026-10"}


def test_a_month_that_was_published_stays_whatever_is_recorded_later(world: World) -> None:
    refer(world, 7, at=OCTOBER, ward=ACOCKS_GREEN)
    by_worker(publish)
    before = months()["2026-10"].cells
    refer(world, 9, at=OCTOBER, ward=SHELDON)
    refer(world, 6, at=NOVEMBER - timedelta(days=3), ward=SHELDON)
    with clock.at(DECEMBER):
        assert by_worker(publish) == len(DIMENSIONS_OF)
    assert months()["2026-10"].cells == before
    # What October has not got is made up for: the two months together are near to what there was.
    assert months()["2026-11"].cells == [{"key": [SHELDON, *before[0]["key"][1:]], "number": 10, "marks": {}}]


def test_a_month_of_closings_stays_although_a_case_is_opened_again_and_others_are_written_down_late(
    world: World,
) -> None:
    ended = close(world, 6, at=OCTOBER)
    by_worker(publish)
    before = months(CLOSINGS)["2026-10"].cells
    (cell,) = before
    assert cell["key"] == ["violence_reduction", str(world.manager.agency_id), "outcomes_met"]
    assert (cell["number"], cell["marks"]) == (5, {})
    assert not any(one.reference in json.dumps(before) or str(one.child_id) in json.dumps(before) for one in ended)
    work(world, "reopen", now(world, ended[0]), by=world.manager)
    close(world, 6, at=OCTOBER, reason="turned_18")
    close(world, 1, at=NOVEMBER, reason="turned_18")
    with clock.at(DECEMBER):
        assert by_worker(publish) == len(DIMENSIONS_OF)
    assert months(CLOSINGS)["2026-10"].cells == before
    # What October has not got is made up for: by November the two months together are near to what there was.
    assert everything(CLOSINGS).by("reason") == {("outcomes_met",): 5, ("turned_18",): 5}


def test_the_database_lets_nobody_who_serves_change_a_month(world: World) -> None:
    by_worker(publish)
    for statement in ("UPDATE insights_publishedmonth SET cells = '[]'", "DELETE FROM insights_publishedmonth"):
        for run in (by_worker, _as_analyst):
            with pytest.raises(DatabaseError, match="permission denied"):
                run(lambda said=statement: _execute(said))


def _as_analyst(run: Any) -> Any:
    with acting(analyst()):
        return run()


def _execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_only_an_analyst_of_the_partnership_reads_months_and_nobody_the_counts_behind_them(world: World) -> None:
    refer(world, 6, at=OCTOBER)
    close(world, 1, at=OCTOBER)
    by_worker(publish)
    partnership = Partnership.objects.using("owner").get().id
    read: dict[Role, tuple[int, int]] = {}
    for who in (analyst(), manager(), officer(), world.teacher, actor("front-door", Role.SYSTEM_ADMINISTRATOR)):
        with acting(who), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM app.referrals_counted(%s, %s, %s)", [partnership, SEPTEMBER, NOVEMBER])
            assert who.role is not Role.PARTNERSHIP_ANALYST or cursor.fetchone() == (0,)
            cursor.execute("SELECT count(*) FROM app.closings_counted(%s, %s, %s)", [partnership, SEPTEMBER, NOVEMBER])
            assert who.role is not Role.PARTNERSHIP_ANALYST or cursor.fetchone() == (0,)
            read[who.role] = PublishedMonth.objects.count()
    assert {role for role, count in read.items() if count} == {Role.PARTNERSHIP_ANALYST}


def test_a_referral_is_counted_by_what_it_says_and_a_factor_once_however_often_it_is_named(world: World) -> None:
    """The real form, its answers corrected once, in one cell of five."""
    with clock.at(OCTOBER):
        sent = [
            referral_in(
                state,
                child_ward=ACOCKS_GREEN,
                child_sex="M",
                child_ethnicity="pakistani",
                sen_status="ehcp",
                factors_current=["carries_weapon"],
                factors_earlier=["carries_weapon"],
            )
            for state in (Referral.TRIAGE, Referral.SUBMITTED, Referral.TRIAGE, Referral.SUBMITTED, Referral.SUBMITTED)
        ]
        assert ReferralFactor.objects.using("owner").filter(root_id=sent[0].id, code="carries_weapon").count() == 2
    by_worker(publish)
    (cell,) = months()["2026-10"].cells
    ward, theme, source, decision, age, sex, ethnicity, needs = cell["key"]
    assert (ward, sex, ethnicity, needs) == (ACOCKS_GREEN, "M", "asian_or_asian_british", "ehcp")
    assert (theme, source, decision, age) == ("none_yet", "education", "not_decided", "10_13")
    assert (cell["number"], cell["marks"]["carries_weapon"]) == (5, 5)
    text = json.dumps(cell)
    assert "Okoro" not in text
    assert not any(str(one.id) in text or one.reference in text for one in sent)


def test_a_sealed_child_and_what_was_entered_in_error_are_in_no_count(world: World) -> None:
    refer(world, 5, at=OCTOBER, ward=ACOCKS_GREEN, sealed=True)
    close(world, 5, at=OCTOBER, sealed=True)
    with clock.at(OCTOBER):
        for _each in range(5):
            referral_in(Referral.ENTERED_IN_ERROR, child_ward=SHELDON)
    by_worker(publish)
    assert everything(CLOSINGS).total == 0
    assert everything().total == 0


def test_the_month_of_a_referral_is_that_of_england(world: World) -> None:
    """Half past eleven in the evening by the clocks of Greenwich is tomorrow in an English summer."""
    refer(world, 5, at=datetime(2026, 8, 31, 23, 30, tzinfo=UTC))
    by_worker(publish)
    assert everything().by("month") == {("2026-09",): 5}
    assert months()["2026-09"].month == date(2026, 9, 1)
