"""What a worker was typing when the lead moved: saved until somebody else has the case, and then refused in words."""

import pytest

from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.test_edges import take

NOTE = {"kind": "home_visit", "child_seen": "alone", "text": "She showed me her drawings."}
committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@committed
def test_the_worker_before_writes_until_it_is_allocated_and_then_still_reads_and_is_told_who_can(world: World) -> None:
    transfer = world.proposed()
    take(world, "accept", transfer)
    browser, notes = browser_of(world.worker), f"cases/{transfer.case_id}/notes/"
    answer = browser.post(notes, NOTE)
    assert answer.status_code == 201, answer.content
    world.allocate(transfer.case_id, world.youth_justice_manager, world.youth_justice_worker)
    answer = browser.post(notes, {**NOTE, "text": "And said that mornings are easier."})
    assert (answer.status_code, "Who can" in answer.content.decode()) == (403, True), answer.content
    page = browser.get(f"cases/{transfer.case_id}/")
    assert page.status_code == 200
    assert "write_note" not in [one["name"] for one in page.json()["options"]]
    assert [one["text"] for one in browser.get(notes).json()["results"]] == [NOTE["text"]]
