"""What one person types of a note or a session: theirs alone, found again anywhere, gone once it is sent.

Source: architecture.md, Drafts ("Notes, sessions, assessments use the same app"); product.md, Casework (drafts).
"""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.administration.commands.leaving import end_membership
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core import clock
from backend.drafts import jobs
from backend.drafts.models import Draft
from tests.actors import actor, browser_of
from tests.cases.conftest import World
from tests.cases.working import assessing, work
from tests.notifications.staff import rows
from tests.worker import worker_login

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
NOTE = {"kind": "home_visit", "child_seen": "alone", "text": "She showed me her drawings."}


def at(case: Case) -> str:
    """Where what is typed of a note is kept."""
    return f"cases/{case.id}/notes/draft/"


def types(who: Actor, case: Case, *, base_rev: int = 0, **answers: Any) -> dict[str, Any]:
    """Type into the form of a note, as autosave does."""
    changes = {name: {"value": value, "base_rev": base_rev} for name, value in answers.items()}
    answer = browser_of(who).patch(at(case), {"answers": changes})
    assert answer.status_code == 200, answer.content
    saved: dict[str, Any] = answer.json()
    return saved


def reads(who: Actor, case: Case) -> dict[str, Any]:
    """What somebody finds when they open the form, whatever device they sit at."""
    body = browser_of(who).get(at(case)).json()
    return {name: one["value"] for name, one in body["answers"].items()}


def test_what_is_typed_is_found_again_half_and_wrong_as_it_is(world: World) -> None:
    case = assessing(world)
    assert browser_of(world.worker).get(at(case)).json() == {"rev": 0, "saved_at": None, "answers": {}, "begun_by": ""}
    types(world.worker, case, text="She showed", happened_at="yesterday", kind=None)
    types(world.worker, case, base_rev=1, text="She showed me")
    assert reads(world.worker, case) == {"text": "She showed me", "happened_at": "yesterday", "kind": None}


def test_the_case_says_that_one_was_begun(world: World) -> None:
    case = assessing(world)
    types(world.worker, case, text="She")
    for who, begun in ((world.worker, True), (world.manager, False)):
        options = browser_of(who).get(f"cases/{case.id}/").json()["options"]
        [writing] = [one for one in options if one["name"] == "write_note"]
        assert writing["hint"].startswith("You began one and have not sent it: saved on") is begun
        assert writing["draft_url"] == f"/api/v1/{at(case)}"


def test_it_stands_among_todays_work_of_its_author_until_it_is_sent(world: World) -> None:
    case = assessing(world)
    types(world.worker, case, **NOTE)
    for who, begun in ((world.worker, [f"/cases/{case.id}/do/write_note?back=/work"]), (world.manager, [])):
        today = browser_of(who).get("work/").json()["today"]
        assert [one["url"] for one in today if one["kind"] == "draft"] == begun
    assert browser_of(world.worker).post(f"cases/{case.id}/notes/", NOTE).status_code == 201
    assert "draft" not in {one["kind"] for one in browser_of(world.worker).get("work/").json()["today"]}


def test_nobody_else_reads_it_in_the_product_or_in_the_database(world: World) -> None:
    case = assessing(world)
    types(world.worker, case, text="What only I know so far.")
    assert reads(world.manager, case) == {}
    types(world.manager, case, text="What I write.")
    assert reads(world.worker, case) == {"text": "What only I know so far."}
    for who in (world.worker, world.manager, world.other_worker, world.stranger):
        with acting(who):
            assert {one.author_id for one in Draft.objects.all()} <= {who.user_id}
            assert Draft.objects.count() == (who in (world.worker, world.manager))


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_who_may_not_write_a_note_keeps_none(world: World, method: str) -> None:
    case = assessing(world)
    body = None if method == "GET" else {"answers": {}}
    assert browser_of(world.stranger).send(method, at(case), body).status_code == 404
    with acting(world.worker):
        assert not Draft.objects.exists()


def test_nothing_is_kept_that_the_form_does_not_ask(world: World) -> None:
    case = assessing(world)
    body = {"answers": {"state": {"value": "x", "base_rev": 0}}}
    assert browser_of(world.worker).patch(at(case), body).status_code == 400


def test_two_tabs_do_not_write_over_each_other(world: World) -> None:
    case = assessing(world)
    types(world.worker, case, text="In one tab.")
    saved = types(world.worker, case, text="In another.")
    assert (saved["answers"], saved["conflicts"]["text"]["value"]) == ({}, "In one tab.")


def test_once_it_is_sent_it_is_no_draft_and_a_refused_one_stays(world: World) -> None:
    case = assessing(world)
    types(world.worker, case, **NOTE)
    types(world.manager, case, text="Mine.")
    browser, notes = browser_of(world.worker), f"cases/{case.id}/notes/"
    assert browser.post(notes, {**NOTE, "kind": "made-up"}).status_code == 400
    assert reads(world.worker, case) == NOTE
    assert browser.post(notes, NOTE).status_code == 201
    assert (reads(world.worker, case), reads(world.manager, case)) == ({}, {"text": "Mine."})


def test_it_is_given_up_and_gone_however_often(world: World) -> None:
    case = assessing(world)
    types(world.worker, case, text="She")
    for _ in range(2):
        assert browser_of(world.worker).send("DELETE", at(case)).status_code == 204
    assert reads(world.worker, case) == {}


def test_on_a_closed_case_nothing_is_kept_any_more(world: World) -> None:
    case = work(world, "close", assessing(world), goes_on="Nobody needs to.")
    answer = browser_of(world.worker).patch(at(case), {"answers": {}})
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


@committed
def test_its_author_is_reminded_and_no_manager_is_told(world: World) -> None:
    case = assessing(world)
    types(world.worker, case, text="She")
    for days in (0, 5, 6, 30):
        with clock.at(clock.now() + timedelta(days=days)), worker_login():
            jobs.tend()
    told = rows("SELECT message, audience->>'user_id' FROM notifications_outbox ORDER BY created_at, id")
    about = [one for one in told if one[0].startswith("draft_")]
    assert about[0] == ("draft_reminder", str(world.worker.user_id))
    assert {whom for _message, whom in about} == {str(world.worker.user_id)}


@committed
def test_what_a_leaver_was_typing_passes_on_and_says_whose_words_they_are(world: World) -> None:
    """workflow.md, People that leave: drafts pass to the agency's manager; nobody's own words are written over."""
    first, second = assessing(world), assessing(world)
    for case in (first, second):
        types(world.worker, case, text="Half a visit.")
    managers = [actor("city-early-help", Role.MANAGER, nth=nth) for nth in (0, 1)]
    for manager in managers:
        types(manager, second, text="Mine.")
    with acting(world.manager):
        end_membership(world.manager, world.worker.membership_id)
    passed = Draft.objects.using("owner").get(root_id=first.id)
    receiver = next(one for one in managers if one.user_id == passed.author_id)
    found = browser_of(receiver).get(at(first)).json()
    assert (found["begun_by"], found["answers"]["text"]["value"]) == (world.worker.name, "Half a visit.")
    assert reads(receiver, second) == {"text": "Mine."}
