"""A document from being handed in to being read: never before it is checked, and only by those of its record."""

import base64
import io
import socketserver
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from backend.access.models import Conflict
from backend.core import clock
from backend.documents import commands, scanning
from backend.documents.models import Document
from backend.documents.scanning import Verdict, scan
from backend.notifications.models import Outbox
from tests.actors import browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.documents.conftest import case_of, checked, files, handed_in
from tests.documents.hostile import HOSTILE
from tests.documents.making import pdf, picture, word
from tests.worker import worker_login

pytestmark = pytest.mark.django_db
VIRUS = scanning._TEST_FILE
committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def listed(who: Any, case: Any) -> list[dict[str, Any]]:
    answer = browser_of(who).get(f"cases/{case.id}/documents/")
    assert answer.status_code == 200, answer.content
    return list(answer.json()["results"])


def content(who: Any, document_id: Any, what: str = "content") -> Any:
    return browser_of(who).get(f"documents/{document_id}/{what}/")


@committed
def test_a_document_waits_until_it_is_checked_and_then_comes_back_as_it_was(world: World) -> None:
    case, sent = case_of(world), pdf()
    made = handed_in(world.worker, case.id, "Letter from school.pdf", sent)
    assert made.status_code == 201, made.content
    row = made.json()
    assert (row["title"], row["state_label"], row["can_be_read"]) == (
        "Letter from school",
        "Being checked for viruses",
        False,
    )
    waits = content(world.worker, row["id"])
    assert (waits.status_code, waits.json()["code"]) == (409, "not_checked")
    assert checked() == 1
    answer = content(world.worker, row["id"])
    assert (answer.status_code, answer.content) == (200, sent)
    assert answer["Content-Disposition"] == 'attachment; filename="Letter from school.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["Cache-Control"] == "no-store"


@committed
def test_the_first_page_is_shown_as_a_picture(world: World) -> None:
    case = case_of(world)
    for name, sent in (("a.pdf", pdf()), ("b.jpg", picture("JPEG"))):
        row = handed_in(world.worker, case.id, name, sent).json()
        assert content(world.worker, row["id"], "preview").status_code == 409
        checked()
        answer = content(world.worker, row["id"], "preview")
        assert answer["Content-Type"] == "image/png"
        assert Image.open(io.BytesIO(answer.content)).format == "PNG"
    plain = handed_in(world.worker, case.id, "c.txt", b"We met.").json()
    checked()
    assert content(world.worker, plain["id"], "preview").status_code == 404


def test_a_newer_version_stands_before_the_older_one(world: World) -> None:
    case = case_of(world)
    first = handed_in(world.worker, case.id, "plan.docx", word()).json()
    second = handed_in(world.worker, case.id, "plan 2.docx", word(), replaces=first["id"]).json()
    assert (second["number"], second["series_id"]) == (2, first["series_id"])
    assert [(row["number"], row["has_newer"]) for row in listed(world.worker, case)] == [(2, False), (1, True)]
    other = world.allocate(world.opened(led_by="city-early-help").id, world.manager, world.worker)
    refused = handed_in(world.worker, other.id, "plan.docx", word(), replaces=first["id"])
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["replaces"])


@pytest.mark.parametrize("what", ["runs a script on opening", "macros", "a picture of 400 million points", "a page"])
def test_a_hostile_file_is_refused_at_its_field_and_nothing_is_kept(world: World, store: Path, what: str) -> None:
    case = case_of(world)
    name, made = HOSTILE[what]
    answer = handed_in(world.worker, case.id, name, made())
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["content"])
    assert files(store) == 0
    assert listed(world.worker, case) == []


@pytest.mark.parametrize("body", [{"content": "not base 64!"}, {"content": ""}, {"kind": "spell"}, {"name": ""}])
def test_half_a_document_is_refused_at_its_field(world: World, body: dict[str, str]) -> None:
    case = case_of(world)
    whole = {"kind": "letter", "name": "a.txt", "content": base64.b64encode(b"x").decode()}
    answer = browser_of(world.worker).post(f"cases/{case.id}/documents/", {**whole, **body})
    assert (answer.status_code, list(answer.json()["fields"])) == (400, list(body))


@committed
def test_a_virus_is_not_kept_and_who_brought_it_is_told(world: World, store: Path) -> None:
    case = case_of(world)
    row = handed_in(world.worker, case.id, "a.txt", VIRUS).json()
    checked()
    assert files(store) == 0
    assert [one["state"] for one in listed(world.worker, case)] == ["infected"]
    assert content(world.worker, row["id"]).status_code == 409
    told = Outbox.objects.using("owner").get(message="document_infected")
    assert (told.urgent, told.fields) == (True, {"reference": case.reference})


@committed
@pytest.mark.parametrize("address", ["", "clamd://127.0.0.1:1", "clamd:///nowhere/clamd.sock"])
def test_while_the_scanner_is_away_documents_wait_and_nobody_reads_them(
    world: World, settings: Any, address: str
) -> None:
    case = case_of(world)
    row = handed_in(world.worker, case.id, "a.txt", b"We met.").json()
    settings.DOCUMENT_SCANNER = address
    assert checked() == 0
    assert content(world.worker, row["id"]).status_code == 409
    assert [one["state"] for one in listed(world.worker, case)] == ["waiting"]


def test_a_document_taken_back_within_ten_minutes_is_gone(world: World, store: Path) -> None:
    case = case_of(world)
    row = handed_in(world.worker, case.id, "a.txt", b"The wrong child.").json()
    assert row["withdrawable_until"]
    other = browser_of(world.manager).post(f"documents/{row['id']}/withdraw/", {})
    assert other.status_code == 403
    gone = browser_of(world.worker).post(f"documents/{row['id']}/withdraw/", {})
    assert (gone.status_code, gone.json()["state"]) == (200, "withdrawn")
    assert listed(world.worker, case) == []
    assert content(world.worker, row["id"]).status_code == 409


def test_after_ten_minutes_it_stays(world: World) -> None:
    case = case_of(world)
    row = handed_in(world.worker, case.id, "a.txt", b"We met.").json()
    with clock.at(datetime.now(UTC) + timedelta(minutes=11)):
        refused = browser_of(world.worker).post(f"documents/{row['id']}/withdraw/", {})
    assert refused.status_code == 409
    assert "newer version" in refused.json()["reasons"][0]


@committed
def test_a_changed_file_in_the_store_is_not_given_out(world: World, store: Path) -> None:
    case = case_of(world)
    row = handed_in(world.worker, case.id, "a.txt", b"We met on Tuesday.").json()
    checked()
    next(path for path in store.rglob("*") if path.is_file()).write_bytes(b"We met on Friday.")
    assert content(world.worker, row["id"]).status_code == 503


@committed
def test_only_those_of_the_record_read_its_documents(world: World) -> None:
    case = case_of(world)
    row = handed_in(world.worker, case.id, "a.txt", b"We met.").json()
    checked()
    assert content(world.manager, row["id"]).status_code == 200
    for other in (world.stranger, world.teacher, world.youth_justice_manager):
        assert browser_of(other).get(f"cases/{case.id}/documents/").status_code == 404
        assert handed_in(other, case.id, "a.txt", b"Mine.").status_code == 404
        for path in ("content", "preview"):
            theirs, nobodys = content(other, row["id"], path), content(other, case.id, path)
            assert theirs.status_code == nobodys.status_code == 404
            assert theirs.content == nobodys.content


@committed
def test_a_conflict_of_interest_closes_even_ones_own_document(world: World) -> None:
    case = case_of(world)
    row = handed_in(world.worker, case.id, "a.txt", b"We met.").json()
    checked()
    Conflict.objects.using("owner").create(user_id=world.worker.user_id, child_id=case.child_id)
    assert content(world.worker, row["id"]).status_code == 404


def test_the_same_request_twice_hands_in_one_document(world: World, store: Path) -> None:
    case, browser = case_of(world), browser_of(world.worker)
    body = {"kind": "letter", "name": "a.txt", "content": base64.b64encode(b"We met.").decode()}
    answers = [browser.post(f"cases/{case.id}/documents/", body, key="one-key-for-this-file") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert files(store) == 1


@committed
def test_what_belongs_to_no_document_is_swept_away_after_a_day(world: World, store: Path) -> None:
    case = case_of(world)
    handed_in(world.worker, case.id, "a.txt", b"We met.")
    (store / "zz").mkdir()
    (store / "zz" / "orphan").write_bytes(b"left by a request that was rolled back")
    with worker_login():
        assert commands.tidy() == 0
    with clock.at(datetime.now(UTC) + timedelta(days=2)), worker_login():
        assert commands.tidy() == 1
    assert files(store) == 1


def test_a_list_costs_the_same_for_one_and_for_many(world: World) -> None:
    case = case_of(world)
    browser, path = browser_of(world.worker), f"cases/{case.id}/documents/"
    handed_in(world.worker, case.id, "a.txt", b"We met.")
    one = statements(lambda: browser.get(path))
    for number in range(9):
        handed_in(world.worker, case.id, f"{number}.txt", b"We met.")
    many = statements(lambda: browser.get(path))
    assert len(one) == len(many) <= 8, said(many)
    adding = statements(lambda: handed_in(world.worker, case.id, "b.txt", b"We met."))
    assert len(adding) <= 25, said(adding)


def test_every_table_of_the_demonstration_knows_the_word_for_a_document() -> None:
    assert set(Document.LABELS) == {"waiting", "checked", "infected", "withdrawn"}


# --- clamd -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        (b"stream: OK\0", Verdict.CLEAN),
        (b"stream: Eicar-Signature FOUND\0", Verdict.INFECTED),
        (b"INSTREAM size limit exceeded. ERROR\0", Verdict.UNKNOWN),
        (b"", Verdict.UNKNOWN),
    ],
)
def test_clamd_is_asked_in_its_own_words(settings: Any, answers: bytes, verdict: Verdict) -> None:
    with clamd(lambda: answers) as (port, heard):
        settings.DOCUMENT_SCANNER = f"clamd://127.0.0.1:{port}"
        assert scan(b"x" * 100_000) is verdict
    assert heard == [b"x" * 100_000]


class clamd:  # noqa: N801 - used as a function is
    """A scanner of the test's own on loopback, speaking clamd's protocol."""

    def __init__(self, answer: Callable[[], bytes]) -> None:
        heard: list[bytes] = []

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                assert self.rfile.read(10) == b"zINSTREAM\0"
                parts = []
                while length := int.from_bytes(self.rfile.read(4), "big"):
                    parts.append(self.rfile.read(length))
                heard.append(b"".join(parts))
                self.wfile.write(answer())

        self.server = socketserver.TCPServer(("127.0.0.1", 0), Handler)
        self.heard = heard

    def __enter__(self) -> tuple[int, list[bytes]]:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self.server.server_address[1], self.heard

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()
