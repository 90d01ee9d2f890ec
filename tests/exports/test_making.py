"""An export from being asked for to being deleted: made in the asker's name, written down, kept for a week."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from backend.access.binding import acting
from backend.agencies.models import Membership
from backend.cases.models import Case
from backend.core import clock
from backend.exports.commands import asking, keeping, making
from backend.exports.models import Export, State
from backend.notifications.models import Outbox
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.exports.conftest import Looked, ask, asked, cells, content, files, make, ready, stored
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
FORMATS = ("xlsx", "ods", "csv")
# tests/core/test_spreadsheets.py has more of them.
FORMULAS = ('=HYPERLINK("http://example.invalid/"&A1)', "@SUM(1+1)", "\u200b=1+1")


def declared(who: Any, case: Any) -> None:
    """Somebody says that they are too close to the child of a case."""
    given = {"kind": "family", "note": ""}
    answer = browser_of(who).post(f"cases/{case.id}/declare-conflict/", given)
    assert answer.status_code == 201, answer.content


def told() -> list[str]:
    return list(Outbox.objects.using("owner").filter(message__startswith="export").values_list("message", flat=True))


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_list_is_asked_for_made_by_the_worker_and_downloaded(world: World, file_format: str) -> None:
    case = world.allocated()
    answer = ask(world.manager, file_format=file_format)
    assert (answer.status_code, answer.json()["state_label"]) == (201, "Waiting to be made")
    key = answer.json()["id"]
    assert content(world.manager, key).status_code == 409
    assert make() == 1
    made = browser_of(world.manager).get(f"exports/{key}/").json()
    assert (made["is_ready"], made["rows_done"], made["rows_total"]) == (True, 1, 1)
    file = content(world.manager, key)
    assert 'filename="cases-' in file["Content-Disposition"]
    assert file["Content-Disposition"].endswith(f'.{file_format}"')
    heading, row = cells(file, file_format)
    assert heading[:4] == ["Reference", "State", "Child", "Date of birth"]
    assert row[:3] == [case.reference, Case.LABELS[case.state], "Amina Example"]


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("name", FORMULAS)
def test_a_name_that_is_a_formula_stays_a_name(world: World, file_format: str, name: str) -> None:
    case = world.opened(world.referred(world.agency("city-early-help"), given_name=name), led_by="city-early-help")
    found = cells(content(world.manager, ready(world.manager, file_format=file_format)), file_format)
    [row] = [row for row in found if row[0] == case.reference]
    assert row[2].startswith("'") is (file_format == "csv")
    assert "Example" in row[2]


def test_making_and_each_download_are_written_down_with_every_child(world: World, looked: Looked) -> None:
    case, who = world.allocated(), world.manager
    key = asked(who, recipient="body", recipient_name="The inspectorate", purpose="Inspection")
    make()
    content(who, key)
    content(who, key)
    rows = looked()
    assert [row[:5] for row in rows] == [
        (who.user_id, "manager", "disclosure", label, status)
        for label, status in (
            ("export.ask", 201),
            ("export.make", 200),
            ("export.download", 200),
            ("export.download", 200),
        )
    ]
    assert rows[0][5:] == ([key], [])
    for row in rows[1:]:
        assert (set(row[5]), row[6]) == ({key, case.id}, [case.child_id])
    # To whom it goes and what for: the row that each of these names, which nobody who serves can change.
    kept = stored(key)
    assert (kept.recipient_name, kept.purpose) == ("The inspectorate", "Inspection")


def test_nothing_is_made_when_the_access_row_cannot_be_written(
    world: World, monkeypatch: pytest.MonkeyPatch, store: Path
) -> None:
    def fails(*_args: Any) -> None:
        raise RuntimeError("no space left on device")

    world.allocated()
    key = asked(world.manager)
    with monkeypatch.context() as broken:
        broken.setattr(making.access_log, "write_row", fails)
        make()
    assert stored(key).state == State.RUNNING
    assert content(world.manager, key).status_code == 409
    with clock.at(clock.now() + timedelta(days=2)), worker_login():
        keeping.tidy()
    assert files(store) == 0


def test_a_conflict_between_asking_and_making_counts(world: World) -> None:
    case, other = world.allocated(), world.opened(led_by="city-early-help")
    key = asked(world.manager)
    declared(world.manager, case)
    make()
    found = cells(content(world.manager, key))
    assert [row[0] for row in found[1:]] == [other.reference]


def test_a_conflict_after_the_making_closes_the_file(world: World, looked: Looked) -> None:
    case = world.allocated()
    key = ready(world.manager)
    assert content(world.manager, key).status_code == 200
    declared(world.manager, case)
    answer = content(world.manager, key)
    assert (answer.status_code, answer.json()["code"]) == (409, "changed")
    assert looked()[-1][3:5] == ("export.download", 409)
    row = browser_of(world.manager).get(f"exports/{key}/").json()
    assert (row["state_label"], row["is_ready"], row["failure"]) == (
        "Closed to you",
        False,
        answer.json()["reasons"][0],
    )
    assert browser_of(world.manager).post(f"exports/{key}/delete/").status_code == 200


def test_the_database_judges_for_the_worker_as_it_would_for_the_asker(world: World) -> None:
    """With the first decision opened on purpose, the second one alone leaves out what is not the asker's."""
    case = world.allocated()
    with worker_login(), acting(world.youth_justice_manager):
        assert not Case.objects.filter(pk=case.pk).exists()
    with worker_login(), acting(world.manager):
        assert Case.objects.filter(pk=case.pk).exists()


def test_whoever_has_left_gets_nothing(world: World) -> None:
    world.allocated()
    key = asked(world.manager)
    left = Membership.objects.using("owner").filter(pk=world.manager.membership_id)
    left.update(ended_at=clock.now())
    make()
    kept = stored(key)
    assert (kept.state, kept.failure, kept.storage_name) == (State.FAILED, "left", "")


def test_who_watches_is_not_told_and_who_has_left_the_page_is(world: World) -> None:
    world.allocated()
    ready(world.manager)
    assert told() == []
    asked(world.manager)
    with clock.at(clock.now() + asking.WATCHING * 2):
        make()
    assert told() == ["export_ready"]


def test_where_nothing_was_ever_made_there_is_nothing_to_tidy(store: Path) -> None:
    store.rmdir()
    with worker_login():
        assert keeping.tidy() == 0


def test_a_file_expires_after_a_week_and_is_gone(world: World, store: Path) -> None:
    key = ready(world.manager)
    assert files(store) == 1
    with clock.at(clock.now() + keeping.LIFE + timedelta(minutes=1)):
        assert content(world.manager, key).status_code == 409
        with worker_login():
            assert keeping.tidy() == 1
            assert keeping.tidy() == 0
    assert files(store) == 0
    row = browser_of(world.manager).get(f"exports/{key}/").json()
    assert (row["is_ready"], row["state_label"]) == (False, "Expired: the file is deleted")


def test_delete_now_deletes_the_file_or_stops_the_making(world: World, store: Path) -> None:
    browser, key = browser_of(world.manager), ready(world.manager)
    assert browser.post(f"exports/{key}/delete/").status_code == 200
    assert files(store) == 0
    assert content(world.manager, key).status_code == 409
    assert browser.post(f"exports/{key}/delete/").status_code == 409
    waiting = asked(world.manager)
    assert browser.post(f"exports/{waiting}/delete/").status_code == 200
    assert make() == 0


def test_what_is_deleted_while_it_is_made_leaves_no_file(
    world: World, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.allocated()
    key = asked(world.manager)
    keeps = making.storing.keep_file

    def deleted_meanwhile(*given: Any) -> str:
        Export.objects.using("owner").filter(pk=key).update(state=State.DELETED)
        return keeps(*given)

    monkeypatch.setattr(making.storing, "keep_file", deleted_meanwhile)
    make()
    assert (stored(key).state, files(store)) == (State.DELETED, 0)


def test_the_fourth_waits_until_one_of_three_is_made(world: World) -> None:
    for _each in range(asking.AT_ONCE):
        asked(world.manager)
    answer = ask(world.manager)
    assert (answer.status_code, answer.json()["code"]) == (409, "busy")
    make()
    assert ask(world.manager).status_code == 201


def test_a_list_that_is_too_long_says_what_to_do(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.allocated()
    monkeypatch.setattr(making, "MOST_ROWS", 0)
    key = asked(world.manager)
    make()
    row = browser_of(world.manager).get(f"exports/{key}/").json()
    assert row["state_label"] == "Could not be made"
    assert row["failure"].startswith("This list has more than 20,000 rows. Narrow it")


def test_the_same_key_asks_once(world: World) -> None:
    browser = browser_of(world.manager)
    body = {"list": "cases", "filters": {}, "file_format": "csv", "recipient": "self", "purpose": "Supervision"}
    first, again = (browser.post("exports/", body, key="one-key-of-mine-for-both") for _each in range(2))
    assert (first.json()["id"], again["Idempotency-Replayed"]) == (again.json()["id"], "true")
    assert len(browser.get("exports/").json()["results"]) == 1
