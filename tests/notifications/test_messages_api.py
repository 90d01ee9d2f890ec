"""The messages of the person who is signed in, over HTTP."""

from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from backend.access.actors import Actor
from backend.core import clock
from backend.core.ids import uuid7
from backend.notifications.audience import Person
from backend.notifications.models import ITSELF, Message
from tests.notifications import staff
from tests.notifications.test_delivery import NOON, deliver, say

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
URL = "/api/v1/messages/"


@pytest.fixture
def officer() -> Actor:
    return staff.member(staff.partnership().front_door)


def told(actor: Actor, count: int) -> None:
    for number in range(count):
        with clock.at(NOON + timedelta(minutes=number)):
            say(actor, Person(actor.user_id), reference=f"R-{number}", urgent=number == 0)
    with clock.at(NOON + timedelta(days=1)):
        deliver()


def get(client: Client, *, cursor: str = "", **query: Any) -> dict[str, Any]:
    response = client.get(URL, {**query, "cursor": unquote(cursor)})
    assert response.status_code == 200
    return response.json()


def test_newest_first_in_pages_without_a_count(officer: Actor, client: Client) -> None:
    told(officer, 5)
    staff.signed_in(officer, client)

    first = get(client, page_size=2)
    second = get(client, page_size=2, cursor=first["next"])
    third = get(client, page_size=2, cursor=second["next"])
    back = get(client, page_size=2, cursor=second["previous"])

    pages = [[row["subject"] for row in page["results"]] for page in (first, second, third)]
    assert pages == [
        ["Something about R-4", "Something about R-3"],
        ["Something about R-2", "Something about R-1"],
        ["Something about R-0"],
    ]
    assert back["results"] == first["results"]
    assert (first["previous"], third["next"]) == (None, None)
    assert set(first) == {"results", "next", "previous"}


def test_a_message_that_leads_nowhere_is_no_link(officer: Actor, client: Client) -> None:
    told(officer, 1)
    Message.objects.using("owner").update(path=ITSELF)
    (message,) = get(staff.signed_in(officer, client))["results"]
    assert (message["url"], message["body"]) == ("", "R-0 needs you.")


def test_a_message_says_what_the_contract_says(officer: Actor, client: Client) -> None:
    told(officer, 1)

    message = get(staff.signed_in(officer, client))["results"][0]

    assert message.pop("id")
    assert message == {
        "subject": "Something about R-0",
        "body": "R-0 needs you.",
        "url": "/referrals/1",
        "urgent": True,
        "at": "2026-11-23T12:00:00+00:00",
        "read_at": None,
    }


def test_reading_is_noted_once(officer: Actor, client: Client) -> None:
    told(officer, 1)
    staff.signed_in(officer, client)
    url = f"{URL}{get(client)['results'][0]['id']}/read/"

    first = client.post(url, {}, content_type="application/json").json()
    second = client.post(url, {}, content_type="application/json").json()

    assert first["read_at"]
    assert second == first == get(client)["results"][0]


def test_another_persons_message_does_not_exist(officer: Actor, client: Client) -> None:
    told(officer, 1)
    theirs = get(staff.signed_in(officer, client))["results"][0]["id"]
    staff.signed_in(staff.member(staff.partnership().front_door), client)

    not_mine = client.post(f"{URL}{theirs}/read/", {}, content_type="application/json")
    not_there = client.post(f"{URL}{uuid7()}/read/", {}, content_type="application/json")

    assert get(client)["results"] == []
    assert (not_mine.status_code, not_mine.content) == (404, not_there.content)


@pytest.mark.parametrize(
    ("query", "status"), [({"page_size": 0}, 400), ({"page_size": 101}, 400), ({"page_size": "x"}, 400)]
)
def test_page_sizes_are_bounded(officer: Actor, client: Client, query: dict[str, Any], status: int) -> None:
    response = staff.signed_in(officer, client).get(URL, query)

    assert response.status_code == status
    assert list(response.json()["fields"]) == ["page_size"]


def test_nobody_reads_nothing(client: Client) -> None:
    assert client.get(URL).status_code == 401
    assert client.post(f"{URL}{uuid7()}/read/", {}, content_type="application/json").status_code == 401


def test_reading_takes_no_words(officer: Actor, client: Client) -> None:
    told(officer, 1)
    staff.signed_in(officer, client)
    url = f"{URL}{get(client)['results'][0]['id']}/read/"

    response = client.post(url, {"note": "x"}, content_type="application/json")

    assert (response.status_code, list(response.json()["fields"])) == (400, ["note"])


def test_a_list_costs_the_same_for_one_and_for_fifty(
    officer: Actor, client: Client, django_assert_max_num_queries: Any
) -> None:
    staff.signed_in(officer, client)
    for count in (1, 50):
        told(officer, count)
        with django_assert_max_num_queries(6):
            get(client)
