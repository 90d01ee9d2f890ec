"""A list kept under a name: which addresses may be, whose it is, who else sees it, and how it is put back."""

from typing import Any
from urllib.parse import quote

import pytest
from django.db import DatabaseError, transaction

from backend.access.binding import acting
from backend.administration.commands.saving import MOST
from backend.administration.models import SavedList
from backend.agencies.roles import Role
from tests.actors import Browser, actor, browser_of
from tests.api.counting import said, statements

pytestmark = pytest.mark.django_db
LEAD = "city-early-help"
NOBODYS = "/cases?view=lead&worker=nobody"


def boss(nth: int = 0) -> Any:
    return actor(LEAD, Role.MANAGER, nth=nth)


def keep(browser: Browser, address: str = NOBODYS, name: str = "Waiting", **more: Any) -> Any:
    return browser.post("saved-lists/", {"name": name, "address": address, **more})


def kept(browser: Browser, **more: Any) -> dict[str, Any]:
    answer = keep(browser, **more)
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def names(who: Any) -> list[str]:
    return [row["name"] for row in browser_of(who).get("saved-lists/").json()["results"]]


def act(browser: Browser, row: dict[str, Any], what: str, **more: Any) -> Any:
    return browser.post(f"saved-lists/{row['id']}/{what}/", {"version": row["version"], **more})


@pytest.mark.parametrize(
    "address",
    [
        "/cases?how_soon=red",
        NOBODYS,
        "/caseloads",
        "/attention?clock=allocate&kind=breached",
        "/figures?period=quarter",
        "/figures?is_urgent=false&kind=decide&outcome=late&period=year",
        "/outcomes?period=year",
    ],
)
def test_a_list_is_kept_with_what_it_is_narrowed_by(address: str) -> None:
    row = kept(browser_of(boss()), address=address)
    path, _, query = row["url"].partition("?")
    wanted, _, asked = address.partition("?")
    assert (path, sorted(query.split("&"))) == (wanted, sorted(asked.split("&")))
    assert browser_of(boss()).get("saved-lists/").json()["results"] == [row]


@pytest.mark.parametrize(
    "address",
    [
        "/cases?name=Amina",
        "/cases?worker=Amina",
        "/cases?view=lead&view=mine",
        "/cases/0198c0de-0000-7000-8000-000000000000",
        "/find?text=Amina",
        "/attention?kind=Amina",
        "/figures?period=ever",
        "/caseloads?note=Amina",
        "/cases#Amina",
        "https://elsewhere.example/cases",
        "//elsewhere.example/cases",
        "cases",
        "",
    ],
)
def test_an_address_that_says_anything_else_is_refused(address: str) -> None:
    answer = keep(browser_of(boss()), address=address)
    assert answer.status_code == 400, quote(address)
    assert answer.json()["fields"]["address"]
    assert names(boss()) == []


def test_what_a_manager_shows_is_seen_by_the_managers_of_the_agency_and_changed_by_nobody_else() -> None:
    browser = browser_of(boss())
    shown = kept(browser, name="For all of us", is_shared=True)
    kept(browser, name="My own")
    assert names(boss()) == ["For all of us", "My own"]
    assert names(boss(1)) == ["For all of us"]
    (row,) = browser_of(boss(1)).get("saved-lists/").json()["results"]
    assert (row["is_own"], row["owner"]) == (False, boss().name)
    for who in (actor("youth-justice", Role.MANAGER), actor(LEAD, Role.CASE_WORKER)):
        assert names(who) == []
        assert act(browser_of(who), shown, "remove").status_code == 404
    assert act(browser_of(boss(1)), shown, "change", name="Mine now").status_code == 404
    assert act(browser, shown, "change", name="For all of us").status_code == 200
    assert names(boss(1)) == [], "no longer shown"


def test_the_database_lets_nobody_else_change_it_either() -> None:
    shown = kept(browser_of(boss()), is_shared=True)
    with acting(boss(1)):
        assert SavedList.objects.filter(pk=shown["id"]).exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            SavedList.objects.filter(pk=shown["id"]).update(name="Mine now")
    with acting(actor("youth-justice", Role.MANAGER)):
        assert not SavedList.objects.filter(pk=shown["id"]).exists()


def test_it_is_renamed_removed_and_put_back_by_its_own_person() -> None:
    browser = browser_of(boss())
    row = kept(browser)
    renamed = act(browser, row, "change", name="Who has nobody").json()
    assert names(boss()) == ["Who has nobody"]
    assert act(browser, row, "remove").json()["code"] == "stale"
    removed = act(browser, renamed, "remove").json()
    assert removed["is_removed"] is True
    assert names(boss()) == []
    back = act(browser, removed, "restore").json()
    assert back["is_removed"] is False
    assert names(boss()) == ["Who has nobody"]


def test_a_list_is_kept_only_by_a_role_that_opens_it_and_shown_only_by_managers() -> None:
    worker, officer = actor(LEAD, Role.CASE_WORKER), actor("front-door", Role.TRIAGE_OFFICER)
    assert keep(browser_of(worker), address="/cases?late=yes").status_code == 201
    assert keep(browser_of(officer), address="/figures?period=year").status_code == 201
    for who, address in ((worker, "/caseloads"), (officer, "/attention"), (officer, "/outcomes")):
        answer = keep(browser_of(who), address=address)
        assert answer.status_code == 403
        assert "your role does not open it" in str(answer.json())
    assert keep(browser_of(worker), address="/cases", is_shared=True).status_code == 403
    assert browser_of(worker).get("saved-lists/").json()["may_share"] is False
    assert browser_of(actor("front-door", Role.SYSTEM_ADMINISTRATOR)).get("saved-lists/").status_code == 403


def test_nobody_keeps_more_than_can_be_read() -> None:
    browser = browser_of(boss())
    with acting(boss()) as who:
        SavedList.objects.bulk_create(
            SavedList(
                owner_id=who.user_id, owner_name=who.name, agency_id=who.agency_id, name=f"List {number}", path="/cases"
            )
            for number in range(MOST - 1)
        )
    assert keep(browser).status_code == 201
    answer = keep(browser)
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many")


def test_it_costs_the_same_however_many_there_are() -> None:
    browser = browser_of(boss())
    kept(browser)
    few = statements(lambda: browser.get("saved-lists/"))
    for number in range(5):
        kept(browser, name=f"List {number}")
    many = statements(lambda: browser.get("saved-lists/"))
    assert len(many) == len(few) <= 4, said(many)
