"""What somebody, their team and their agency have done with in years is not read when they open a list of today."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections, transaction

from backend.access.actors import Actor
from backend.agencies.models import Membership
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.restoring import Fresh

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
# Of each relation: of the worker, their team, and the agency that leads.
YEARS = 3_000
_PAST = """INSERT INTO access_involvement
    (source_id, root_id, child_id, relation, former_kind, agency_id, team_id, user_id, starts_at)
  SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), relation, '', agency_id, team_id, user_id,
         now() - interval '1 year'
    FROM generate_series(1, %s), (VALUES
      ('WORKER', %s::uuid, NULL::uuid, %s::uuid), ('CREATOR', %s, NULL, %s), ('UNIT', NULL, %s, NULL),
      ('LEAD', %s, NULL, NULL), ('PROVIDER', %s, NULL, NULL)) AS past (relation, agency_id, team_id, user_id)"""
_READ = """SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables
            WHERE relname = 'access_involvement'"""


def with_a_past(who: Actor) -> None:
    """Let somebody, their team and their agency have had to do with thousands of roots that are closed by now."""
    team = Membership.objects.get(pk=who.membership_id).team_id
    agency, person = who.agency_id, who.user_id
    with connections["owner"].cursor() as cursor:
        cursor.execute(_PAST, [YEARS, agency, person, agency, person, team, agency, agency])
        cursor.execute("ANALYZE access_involvement")


def read_by(act: Callable[[], Any]) -> int:
    """How many rows of relations a request reads, also in the functions of row security."""
    with transaction.atomic(), connection.cursor() as cursor:
        assert act().status_code == 200
        cursor.execute(_READ)
        return int(cursor.fetchone()[0])


@pytest.fixture(autouse=True)
def cloned_anew(own_database: Fresh) -> None:
    """What other tests left in the files of its tables, and was measured of them, would choose the way of a read."""
    own_database.anew()


@pytest.fixture
def case(world: World) -> Any:
    """A case of the worker's, with many that are over."""
    made = world.allocated()
    with_a_past(world.worker)
    return made


@pytest.mark.parametrize(
    "path", ["work/", "cases/?view=mine", "referrals/?view=mine", "tasks/", "actions/", "sessions/"]
)
def test_a_worker_with_years_behind_them_reads_what_is_open(world: World, case: Any, path: str) -> None:
    assert read_by(lambda: browser_of(world.worker).get(path)) < YEARS / 10


@pytest.mark.parametrize("path", ["exceptions/", "caseloads/", "cases/?view=lead", "transfers/", "panels/?view=ahead"])
def test_a_manager_of_an_agency_with_years_behind_it_reads_what_is_open(world: World, case: Any, path: str) -> None:
    assert read_by(lambda: browser_of(world.manager).get(path)) < YEARS / 10


def test_a_child_is_found_without_reading_everybody_one_has_worked_with(world: World, case: Any) -> None:
    def find() -> Any:
        return browser_of(world.worker).post("find/", {"text": "Amina Example"})

    assert read_by(find) < YEARS / 5
    assert find().json()["results"][0]["reference"] == case.reference
