"""A feed written into the directory: new, changed, gone, twice the same, by whom; and the command line."""

import base64
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.core.errors import Conflict, Forbidden
from backend.directory.models import Service
from backend.interop.commands import check_services, import_services
from backend.interop.files import SourceFile
from backend.interop.planning import Plan
from tests.actors import actor, browser_of, membership
from tests.directory.entries import keeper, service
from tests.edges import take
from tests.interop.feeds import nested, page, tables

pytestmark = pytest.mark.django_db
SOURCE, LICENCE = "City services", "Made-up licence 1.0"


def _write(files: list[SourceFile], who: Actor | None = None) -> Plan:
    who = who or keeper()
    with acting(who):
        return import_services(who, files, source=SOURCE, licence=LICENCE)


def _states() -> dict[str, str]:
    return dict(Service.objects.order_by("source_id").values_list("source_id", "state"))


def test_a_feed_is_taken_in_with_its_source_and_licence() -> None:
    _write(page(nested("s1"), nested("s2", status="temporarily closed"), nested("s3", status="inactive")))
    assert _states() == {"s1": "active", "s2": "paused"}
    one = Service.objects.get(source_id="s1")
    assert (one.source_name, one.source_licence) == (SOURCE, LICENCE)
    assert one.kept_by.slug == "kite-street"
    assert one.agency_id is None
    assert one.history.count() == 1


def test_the_same_feed_again_changes_nothing() -> None:
    _write(page(nested("s1"), nested("s2", status="temporarily closed")))
    versions = dict(Service.objects.values_list("source_id", "version"))
    plan = _write(page(nested("s1"), nested("s2", status="temporarily closed")))
    assert (plan.same, plan.new, plan.changed, plan.gone) == (2, [], [], [])
    assert dict(Service.objects.values_list("source_id", "version")) == versions


def test_what_changed_is_written_over_and_what_is_gone_ends() -> None:
    _write(page(nested("s1"), nested("s2"), nested("s3")))
    plan = _write(page(nested("s1", minimum_age=10), nested("s3", status="temporarily closed")))
    assert [(one.source_id, differs) for one, _entry, differs in plan.changed] == [
        ("s1", ["min_age"]),
        ("s3", ["state"]),
    ]
    assert _states() == {"s1": "active", "s2": "ended", "s3": "paused"}
    assert Service.objects.get(source_id="s1").min_age == 10
    assert Service.objects.get(source_id="s2").state_reason == "The feed has it no more."
    _write(page(nested("s1"), nested("s3")))
    assert _states() == {"s1": "active", "s2": "ended", "s3": "active"}


def test_a_service_that_something_is_wrong_with_is_not_gone() -> None:
    _write(page(nested("s1"), nested("s2")))
    plan = _write(page(nested("s1"), nested("s2", name="")))
    assert plan.gone == []
    assert _states() == {"s1": "active", "s2": "active"}


@pytest.mark.parametrize(
    ("files", "why"),
    [
        (page(nested("s1"), total_pages=4), "one page of several"),
        (page(nested("s1"), nested("", name="Nameless id")), "have no id"),
        (page(nested("s1")), "More likely a broken feed".lower()),
        (tables(services="id,organization_id,name,status\ns1,o1,A,active\ns2,o1\n"), "Some lines could not be read"),
    ],
)
def test_a_feed_that_may_be_broken_ends_nothing(files: list[SourceFile], why: str) -> None:
    _write(page(*(nested(f"s{number}") for number in range(1, 9))))
    plan = _write(files)
    assert why in plan.keeps_gone
    assert set(_states().values()) == {"active"}


def test_a_feed_that_cannot_be_read_writes_nothing_at_all() -> None:
    with pytest.raises(Conflict) as refused:
        _write([*page(nested("s1")), SourceFile("broken.json", b"{")])
    assert "broken.json: It is not valid JSON" in refused.value.reasons[0]
    assert not Service.objects.exists()


def test_room_that_the_keeper_said_stays_when_the_feed_changes() -> None:
    _write(page(nested("s1")))
    from_feed = Service.objects.get()
    with acting(keeper()):
        take("say_capacity", from_feed.id, keeper(), noun="service", capacity="space", spaces=3)
    _write(page(nested("s1", minimum_age=9)))
    assert (Service.objects.get().spaces, Service.objects.get().min_age) == (3, 9)


def test_entries_made_by_hand_are_never_touched() -> None:
    own = service()
    _write(page(nested("s1")))
    _write(page(nested("s2")))
    assert Service.objects.get(pk=own.id).state == "active"


def test_another_agency_cannot_write_over_a_feed() -> None:
    _write(page(nested("s1")))
    with pytest.raises(Conflict) as refused:
        _write(page(nested("s1", minimum_age=1)), keeper("willow-families"))
    assert "Kite Street Youth Project brings in the feed" in refused.value.reasons[0]


def test_an_officer_brings_in_nothing() -> None:
    who = actor("kite-street", Role.TRIAGE_OFFICER)
    with acting(who), pytest.raises(Forbidden):
        check_services(who, page(nested("s1")), source=SOURCE)


def _body(files: list[SourceFile], **more: Any) -> dict[str, Any]:
    coded = [{"name": file.name, "content": base64.b64encode(file.content).decode()} for file in files]
    return {"source": SOURCE, "licence": LICENCE, "files": coded, **more}


def test_the_screen_looks_first_and_then_writes() -> None:
    browser = browser_of(membership("front-door", Role.SYSTEM_ADMINISTRATOR))
    body = _body(page(nested("s1"), nested("s2", email="no")))
    looked = browser.post("services/import/check/", body)
    assert looked.status_code == 200, looked.content
    assert looked.json()["is_written"] is False
    assert [one["name"] for one in looked.json()["new"]] == ["Service s1", "Service s2"]
    assert looked.json()["problems"][0]["weight"] == "noted"
    assert not Service.objects.exists()
    for _ in range(2):
        written = browser.post("services/import/", body, key="the-same-key-twice")
        assert written.status_code == 200, written.content
    assert Service.objects.count() == 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (_body([], source=""), "files"),
        (_body(page(nested())) | {"source": ""}, "source"),
        ({"source": "A", "files": [{"name": "a.json", "content": "not base64!"}]}, "files.0.content"),
        ({"source": "A", "files": "none"}, "files"),
    ],
)
def test_a_feed_that_did_not_arrive_whole_is_refused_at_its_field(body: dict[str, Any], field: str) -> None:
    answer = browser_of(keeper()).post("services/import/check/", body)
    assert answer.status_code == 400, answer.content
    assert field in answer.json()["fields"] or any(name.startswith(field) for name in answer.json()["fields"])


def test_a_feed_that_is_too_large_is_413() -> None:
    body = {"source": "A", "files": [{"name": "a.json", "content": "A" * 8_000_004}]}
    assert browser_of(keeper()).post("services/import/check/", body).status_code == 413


def test_the_command_says_what_it_would_do_and_then_does_it(tmp_path: Path) -> None:
    for file in tables(languages="id,service_id,language\nl1,s1,Klingon\n"):
        (tmp_path / file.name).write_bytes(file.content)
    email = membership("kite-street", Role.MANAGER).user.email
    out = StringIO()
    call_command("import_services", tmp_path, "--as", email, "--source", SOURCE, stdout=out)
    assert "New: Homework club" in out.getvalue()
    assert "Note: services.csv, line 2 “Homework club”: The language “Klingon” is not on our list." in out.getvalue()
    assert "2 new, 0 changed" in out.getvalue()
    assert not Service.objects.exists()
    call_command("import_services", tmp_path, "--as", email, "--source", SOURCE, "--write", stdout=StringIO())
    assert Service.objects.count() == 2


@pytest.mark.parametrize("email", ["nobody@made-up.example", ""])
def test_the_command_needs_somebody_who_may(tmp_path: Path, email: str) -> None:
    (tmp_path / "services.json").write_bytes(page(nested())[0].content)
    with pytest.raises(CommandError):
        call_command("import_services", tmp_path, "--as", email, "--source", SOURCE)


def test_the_command_says_when_there_is_nothing(tmp_path: Path) -> None:
    email = membership("kite-street", Role.MANAGER).user.email
    for path in (tmp_path, tmp_path / "not-there"):
        with pytest.raises(CommandError):
            call_command("import_services", path, "--as", email, "--source", SOURCE)
