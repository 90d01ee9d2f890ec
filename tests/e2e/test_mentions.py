"""A note that names a colleague: chosen from those who may read it, on their work until they say they have read it."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import choose, confirm
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import EARLY_HELP_MANAGER, FAMILY_WORKER
from tests.e2e.referral_form import Chosen, Written
from tests.e2e.screen import PHONE

RECORD, READ = "Record a visit or a call", "I have read it"
SAID = "Please ring her school before Friday."


@pytest.mark.parametrize(("by", "width"), [(Mouse, PHONE), (Keyboard, 1280)], ids=["phone", "keyboard"])
def test_a_colleague_is_named_reads_it_and_says_so(as_person, by: type[Hand], width: int) -> None:
    worker, manager = as_person(FAMILY_WORKER, width=width), as_person(EARLY_HELP_MANAGER, width=width)
    rows = worker.caller.cases()
    worker.names = manager.names = {row["child_name"] for row in rows}
    path, home = f"/cases/{rows[0]['id']}", f"Case {rows[0]['reference']}"
    writes, reads = by(manager), by(worker)
    manager.open(path, home)
    said = f"{SAID} {width}"
    answers = (Chosen("What was it?", "Talk with another professional"), Chosen("Did you see the child?", "No"))
    choose(writes, RECORD, (*answers, Written("What happened?", said)))
    named = manager.main.get_by_role("group", name=re.compile("^Who else should read it, by name"))
    writes.choose(named.get_by_role("checkbox", name=FAMILY_WORKER))
    manager.check()
    confirm(writes, RECORD, back_at=home)
    expect(manager.main).to_contain_text(f"Names: {FAMILY_WORKER}")

    worker.open("/work", re.compile("My work"))
    line = worker.main.get_by_role("listitem").filter(has_text="Read a note that names you").last
    reads.press(line.get_by_role("link"))
    worker.arrived(home)
    entry = worker.main.locator(".moj-timeline__item").filter(has_text=said)
    expect(entry).to_contain_text(f"Names: {FAMILY_WORKER}")
    reads.press(entry.get_by_role("link", name=re.compile(f"^{READ}")))
    worker.arrived(READ)
    confirm(reads, READ, back_at=home)
    expect(entry).to_contain_text("has read it")
    worker.open("/work", re.compile("My work"))
    expect(worker.main.get_by_text("Read a note that names you")).to_have_count(0)
