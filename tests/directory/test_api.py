"""The directory through HTTP: who may do what as one reviewed table, the list with its filters, and refusals."""

from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from backend.agencies.roles import Role
from backend.core import clock
from backend.directory.models import Service
from tests import golden
from tests.actors import Browser, actor, browser_of
from tests.directory.entries import ENTRY, KEEPER, keeper, service, with_capacity
from tests.edges import good_input
from tests.factories import every_role_in
from tests.routes import SOMETHING, routes

pytestmark = pytest.mark.django_db

REVIEWED = Path(__file__).with_name("routes.csv")
OTHER = "willow-families"
LONG_AGO = 2**31 - 1
FEED = {"source": "A feed", "files": [{"name": "services.json", "content": "W10="}]}


def _teacher() -> Browser:
    return browser_of(actor("oakfield-school", Role.PRACTITIONER))


def _names(path: str) -> list[str]:
    answer = _teacher().get(path)
    assert answer.status_code == 200, answer.content
    return [row["name"] for row in answer.json()["results"]]


def _body(name: str, method: str) -> Any:
    if method == "GET":
        return None
    if name == "services":
        return ENTRY
    if name.startswith("services-import"):
        return FEED
    return {**good_input("service", name.removeprefix("service-").replace("-", "_")), "version": LONG_AGO}


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_every_route_method_and_role_answers_as_reviewed() -> None:
    """Allowed ends at 201 or, because the version is too old, at 409; the rest is 403 with a sentence."""
    one = service()
    roles = [role for role in Role if role is not Role.SYSTEM]
    lines = ["route,method,agency," + ",".join(roles)]
    people = {slug: every_role_in(slug) for slug in (KEEPER, OTHER)}
    for route in (route for route in routes() if route.path.startswith("/api/v1/services/")):
        path = route.path.replace(str(SOMETHING), str(one.id))
        name = route.name.removeprefix("api:")
        for method, slug in product(route.methods, people):
            found = {}
            for role in roles:
                with transaction.atomic():
                    answer = browser_of(people[slug][role]).send(
                        method, path, _body(name, method), key="one-key-for-it"
                    )
                    transaction.set_rollback(True)
                assert answer.status_code != 403 or answer.json()["reasons"], (name, role)
                found[role] = answer.status_code
            where = "keeps it" if slug == KEEPER else "another"
            lines.append(",".join([name, method, where, *(str(found[role]) for role in roles)]))
    golden.compare(REVIEWED, "\n".join([*lines, ""]))


def test_everybody_finds_a_service_by_its_words_and_by_a_slip_of_the_finger() -> None:
    service(name="Boxing and mentoring")
    service(name="Homework club", summary="Quiet rooms and a tutor.", kind="education_support", needs=["school"])
    assert _names("services/") == ["Boxing and mentoring", "Homework club"]
    assert _names("services/?q=tutor") == ["Homework club"]
    assert _names("services/?q=boxng") == ["Boxing and mentoring"]
    assert _names("services/?q=kite+street") == ["Boxing and mentoring", "Homework club"]
    assert _names("services/?q=" + "%27%22%29%3B--+%26+%7C+%21+%3A%2A") == []


def test_the_best_match_comes_first_and_pages_go_on_from_there() -> None:
    for number in range(7):
        service(name=f"Club {number}", summary="After school.", description="There is some mentoring.")
    service(name="Mentoring")
    first = _teacher().get("services/?q=mentoring&page_size=3").json()
    assert first["results"][0]["name"] == "Mentoring"
    seen = [row["name"] for row in first["results"]]
    while first["next"]:
        first = _teacher().get(f"services/?q=mentoring&page_size=3&cursor={first['next']}").json()
        seen += [row["name"] for row in first["results"]]
    assert len(seen) == len(set(seen)) == 8


def test_each_filter_keeps_what_fits() -> None:
    service(name="Little ones", min_age=0, max_age=4)
    service(name="Teens", min_age=11, max_age=18, languages=["somali"], cost="small_charge")
    near = service(name="Near", is_citywide=False, wards=["E05011151"], needs=["school"], kind="sport_arts")
    with_capacity(near, spaces=3, wait_weeks=1)
    rated = {"evidence": "promising", "evidence_source": "made up for this test", "evidence_on": "2026-01-05"}
    service(name="Rated", is_citywide=False, wards=["E05011118"], **rated)
    assert _names("services/?age=4") == ["Little ones", "Near", "Rated"]
    assert _names("services/?age=11&language=somali") == ["Teens"]
    assert _names("services/?ward=E05011151") == ["Little ones", "Near", "Teens"]
    assert _names("services/?need=school") == ["Near"]
    assert _names("services/?cost=small_charge") == ["Teens"]
    assert _names("services/?evidence=promising") == ["Rated"]
    assert _names("services/?kind=sport_arts&has_space=true") == ["Near"]
    assert _names("services/?has_space=false") == ["Little ones", "Near", "Rated", "Teens"]


def test_what_was_said_long_ago_about_room_is_shown_as_old_and_counts_as_none() -> None:
    one = with_capacity(service(), spaces=2)
    assert _names("services/?has_space=true") == [one.name]
    later = clock.now() + timedelta(days=29)
    with clock.at(later):
        assert _names("services/?has_space=true") == []
        [row] = _teacher().get("services/").json()["results"]
        assert row["capacity"]["is_old"] is True
        answer = browser_of(keeper()).post(f"services/{one.id}/confirm-capacity/", {"version": one.version})
        assert answer.status_code == 200, answer.content
        assert answer.json()["capacity"]["is_old"] is False
        assert _names("services/?has_space=true") == [one.name]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("age=minus", "age"),
        ("age=99", "age"),
        ("ward=E99999999", "ward"),
        ("need=no_such", "need"),
        ("has_space=perhaps", "has_space"),
        ("view=mine", "view"),
        ("q=" + "x" * 101, "q"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused_at_its_field(query: str, field: str) -> None:
    answer = _teacher().get(f"services/?{query}")
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [field]


def test_words_with_nul_are_no_error() -> None:
    assert _teacher().get("services/?q=a%00b").status_code == 200


def test_an_entry_is_read_whole_by_everybody_and_changed_only_by_its_keeper() -> None:
    one = service(phone="0121 496 0223", website="https://kite-street.example")
    shown = _teacher().get(f"services/{one.id}/").json()
    assert shown["phone"] == "0121 496 0223"
    assert shown["entry"] is None
    assert shown["options"] == []
    kept = browser_of(keeper()).get(f"services/{one.id}/").json()
    assert {option["name"] for option in kept["options"]} == {
        "say_capacity",
        "confirm_capacity",
        "revise",
        "pause",
        "end",
    }
    revised = {**kept["entry"], "name": "Boxing, mentoring and tea", "version": kept["version"]}
    answer = browser_of(keeper()).post(f"services/{one.id}/revise/", revised)
    assert answer.status_code == 200, answer.content
    assert answer.json()["name"] == "Boxing, mentoring and tea"
    changes = _teacher().get(f"services/{one.id}/changes/").json()
    assert [(change["label"], change["fields_changed"]) for change in changes] == [
        ("Changed the entry", ["What is the service called?"]),
        ("Added the service", []),
    ]


def test_a_stale_version_is_refused() -> None:
    one = service()
    entry = browser_of(keeper()).get(f"services/{one.id}/").json()["entry"]
    with_capacity(one)
    answer = browser_of(keeper()).post(f"services/{one.id}/revise/", {**entry, "version": one.version - 1})
    assert answer.status_code == 409
    assert answer.json()["code"] == "stale"
    assert answer.json()["changed"][0]["label"] == "Said how much room there is"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"min_age": 12, "max_age": 8}, "youngest age is above"),
        ({"is_citywide": False}, "Choose the wards"),
        ({"evidence": "strong"}, "Say where the evidence is published"),
        ({"receives_directly": True, "organisation": "A chess club"}, "Only an agency with an account"),
    ],
)
def test_an_entry_that_contradicts_itself_is_refused_with_a_sentence(given: dict[str, Any], sentence: str) -> None:
    answer = browser_of(keeper()).post("services/", {**ENTRY, **given})
    assert answer.status_code == 409
    assert sentence in answer.json()["reasons"][0]
    assert not Service.objects.exists()


@pytest.mark.parametrize("website", ["javascript:alert(1)", "kite-street.example", "data:text/html,x"])
def test_a_website_is_a_web_address(website: str) -> None:
    answer = browser_of(keeper()).post("services/", {**ENTRY, "website": website})
    assert answer.status_code == 400
    assert "website" in answer.json()["fields"]


def test_the_same_key_adds_one_service() -> None:
    browser = browser_of(keeper())
    answers = [browser.post("services/", ENTRY, key="the-same-key-twice") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert Service.objects.count() == 1


def test_an_ended_service_is_found_no_more_but_can_be_read() -> None:
    one = service()
    given = {"version": one.version, "reason": "The grant has ended."}
    assert browser_of(keeper()).post(f"services/{one.id}/end/", given).status_code == 200
    assert _names("services/") == []
    assert _names("services/?q=boxing") == []
    assert _teacher().get(f"services/{one.id}/").json()["state_reason"] == "The grant has ended."


def test_the_directory_of_another_partnership_is_not_there() -> None:
    one = service()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.membership', %s, true)", [str(UUID(int=7))])
        for asked in ("SELECT id FROM directory_service", "SELECT id FROM app.find_services('boxing')"):
            cursor.execute(asked)
            assert cursor.fetchall() == []
    assert one.id


def test_a_service_costs_few_statements_to_read_and_to_change() -> None:
    one = service()
    browser = browser_of(keeper())
    bars = [
        (lambda: browser.get(f"services/{one.id}/"), 15),
        (lambda: browser.get(f"services/{one.id}/changes/"), 15),
        (lambda: browser.post(f"services/{one.id}/confirm-capacity/", {"version": one.version}), 25),
    ]
    for act, bar in bars:
        with CaptureQueriesContext(connection) as captured:
            assert act().status_code == 200
        said = [query["sql"] for query in captured.captured_queries if "SAVEPOINT" not in query["sql"]]
        assert len(said) <= bar, "\n".join(said)
