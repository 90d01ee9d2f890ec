"""A peer or place of concern is looked at again: whoever leads is asked in time, and their manager when it is late."""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.models import Conflict as ConflictOfInterest
from backend.cases.models import Concern
from backend.core import clock
from tests import casework
from tests.actors import browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.cases.working import assessing, today
from tests.casework import concern_of

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
LABEL = "Look again at a place of concern"


def asked(who: Any) -> list[tuple[str, str, str]]:
    """Where on the list somebody is asked to look again at what, and which page that opens."""
    work = browser_of(who).get("work/").json()
    parts = ("overdue", "today", "soon")
    return [(part, row["label"], row["url"]) for part in parts for row in work[part] if row["kind"] == "concern"]


def missed(who: Any) -> list[tuple[str, str, str]]:
    """The rows of the list of concerns that nobody has looked at again."""
    answer = browser_of(who).get("exceptions/list/?kind=concerns_not_reviewed")
    assert answer.status_code == 200, answer.content
    rows = [(row["reference"], row["title"], row["url"]) for row in answer.json()["results"]]
    kinds = {one["kind"]: one["count"] for one in browser_of(who).get("exceptions/").json()["kinds"]}
    assert kinds.get("concerns_not_reviewed", 0) == len(rows)
    return rows


def page(concern: Concern) -> str:
    """The form on which it is looked at again."""
    return f"/concerns/{concern.id}/do/review?back=/work"


def test_the_lead_practitioner_is_asked_a_week_before_and_the_manager_told_when_it_is_late(world: World) -> None:
    case = assessing(world)
    concern = concern_of(case, world.worker)
    assert asked(world.worker) == []
    with clock.at(clock.now() + timedelta(days=25)):
        assert asked(world.worker) == [("soon", LABEL, page(concern))]
        assert missed(world.manager) == []
    with clock.at(clock.now() + timedelta(days=30)):
        assert asked(world.worker) == [("today", LABEL, page(concern))]
        assert missed(world.manager) == []
    with clock.at(clock.now() + timedelta(days=32)):
        assert asked(world.worker) == [("overdue", LABEL, page(concern))]
        assert missed(world.manager) == [(case.reference, "A place of concern", f"/concerns/{concern.id}")]
        for other in (world.stranger, world.officer):
            answer = browser_of(other).get("exceptions/list/?kind=concerns_not_reviewed")
            assert answer.status_code == 403 or answer.json()["results"] == []
        ahead = (today() + timedelta(weeks=4)).isoformat()
        body = {"version": concern.version, "outcome": "stands", "reason": "Asked the school.", "review_on": ahead}
        assert browser_of(world.worker).post(f"concerns/{concern.id}/review/", body).status_code == 200
        assert (asked(world.worker), missed(world.manager)) == ([], [])


def test_neither_list_says_who_or_where_it_is(world: World) -> None:
    case = assessing(world)
    concern_of(case, world.worker, name="The stairwell", review_on=(today() + timedelta(days=1)).isoformat())
    with clock.at(clock.now() + timedelta(days=3)):
        read = [
            browser_of(world.worker).get("work/"),
            browser_of(world.manager).get("exceptions/list/?kind=concerns_not_reviewed"),
        ]
    assert not [answer for answer in read if "stairwell" in answer.content.decode()]


def test_a_colleague_on_the_team_is_not_asked(world: World) -> None:
    case = assessing(world)
    concern_of(case, world.worker, review_on=(today() + timedelta(days=1)).isoformat())
    casework.member_of(case, world.worker, world.other_worker, article6="", condition="", power="")
    assert asked(world.other_worker) == []


@committed
def test_a_peer_whom_one_may_not_see_is_on_neither_list(world: World) -> None:
    """The worker sees the child and is asked; a manager who has a conflict of interest finds no gap that would tell."""
    case = assessing(world)
    child = world.referred(world.agency("city-early-help"), given_name="Kwame", family_name="Bramley")
    theirs = world.allocate(world.opened(child, led_by="city-early-help").id, world.manager, world.worker)
    tomorrow = (today() + timedelta(days=1)).isoformat()
    concern = concern_of(case, world.worker, kind="peer", name="", peer=str(theirs.child_id), review_on=tomorrow)
    ConflictOfInterest.objects.using("owner").create(user_id=world.manager.user_id, child_id=theirs.child_id)
    with clock.at(clock.now() + timedelta(days=3)):
        assert asked(world.worker) == [("overdue", "Look again at a peer of concern", page(concern))]
        assert missed(world.manager) == []


def test_it_costs_no_statement_of_its_own(world: World) -> None:
    case = assessing(world)
    browser = browser_of(world.worker)
    before = len(statements(lambda: browser.get("work/")))
    concern_of(case, world.worker, review_on=(today() + timedelta(days=1)).isoformat())
    found = statements(lambda: browser.get("work/"))
    assert len(found) == before, said(found)
