"""A warning for visitors is looked at again: whoever leads is asked in time, and their manager when it is late."""

from datetime import timedelta
from typing import Any

import pytest

from backend.cases.models import Case
from backend.core import clock
from tests import casework
from tests.actors import browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.cases.working import assessing, today

pytestmark = pytest.mark.django_db
LABEL = "Look again at what visitors must know"


def warned(world: World, case: Case, *, days: int) -> None:
    """A warning about a dog that is looked at again in so many days."""
    body = {
        "codes": ["dogs"],
        "note": "",
        "disclosure": "family_knows",
        "review_on": (today() + timedelta(days=days)).isoformat(),
    }
    answer = browser_of(world.worker).post(f"cases/{case.id}/alerts/", body)
    assert answer.status_code == 201, answer.content


def asked(who: Any) -> list[tuple[str, str]]:
    """Where on the list somebody is asked to look again, and which page that opens."""
    work = browser_of(who).get("work/").json()
    return [(part, row["url"]) for part in ("overdue", "today", "soon") for row in work[part] if row["label"] == LABEL]


def missed(who: Any) -> list[str]:
    """The references of the cases on the manager's list of warnings nobody has looked at again."""
    answer = browser_of(who).get("exceptions/list/?kind=alerts_not_reviewed")
    assert answer.status_code == 200, answer.content
    return [row["reference"] for row in answer.json()["results"]]


def test_the_lead_practitioner_is_asked_a_week_before_and_the_manager_told_when_it_is_late(world: World) -> None:
    case = assessing(world)
    warned(world, case, days=30)
    page = f"/cases/{case.id}/do/review_alert?at=identity&back=/work"
    assert asked(world.worker) == []
    with clock.at(clock.now() + timedelta(days=25)):
        assert asked(world.worker) == [("soon", page)]
        assert missed(world.manager) == []
    with clock.at(clock.now() + timedelta(days=32)):
        assert asked(world.worker) == [("overdue", page)]
        assert missed(world.manager) == [case.reference]
        assert missed(world.stranger) == []
        alert = browser_of(world.worker).get(f"cases/{case.id}/identity/").json()["alerts"][0]
        body = {"alert": alert["id"], "outcome": "ended", "reason": "The dog has moved out."}
        assert browser_of(world.worker).post(f"cases/{case.id}/alert-reviews/", body).status_code == 201
        assert (asked(world.worker), missed(world.manager)) == ([], [])


def test_a_colleague_on_the_team_is_not_asked(world: World) -> None:
    case = assessing(world)
    warned(world, case, days=1)
    casework.member_of(case, world.worker, world.other_worker, article6="", condition="", power="")
    assert asked(world.other_worker) == []


def test_it_costs_no_statement_of_its_own(world: World) -> None:
    case = assessing(world)
    browser = browser_of(world.worker)
    before = len(statements(lambda: browser.get("work/")))
    warned(world, case, days=1)
    found = statements(lambda: browser.get("work/"))
    assert len(found) == before, said(found)
