"""Feeds that are wrong in ways nobody meant: each is said plainly where it stands, and its neighbours are taken in."""

import json
from typing import Any

import pytest

from backend.directory.models import Service
from backend.interop.files import SourceFile
from tests.actors import browser_of
from tests.directory.entries import keeper
from tests.interop.feeds import nested, page, tables
from tests.interop.test_importing import _body

pytestmark = pytest.mark.django_db

HUGE = 10**400
# What is said of each; nothing where it can be read all the same.
ONE_WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "an id that is a list": ({"id": ["a", "b"]}, "It has no id. The service was left out."),
    "an id that is a number": ({"id": 7}, ""),
    "an id of many characters": ({"id": "x" * 5_000}, "Its id is too long. The service was left out."),
    "a name that is an object": ({"name": {"en": "Chess"}}, "It has no name. The service was left out."),
    "a name that is a number": ({"name": 12}, ""),
    "a name of many characters": ({"name": "Chess " * 400}, "The name is longer than the 200 characters we keep."),
    "a name of blanks": ({"name": " \u00a0\u200b "}, "It has no name. The service was left out."),
    "a name that turns round": ({"name": "Chess \u202egnol"}, ""),
    "a status nobody knows": ({"status": "dormant"}, "Its status “dormant” is not one of"),
    "a status that is an object": ({"status": {"a": 1}}, "Its status is not a single value."),
    "an age below none": ({"minimum_age": -3}, "The youngest age -3 cannot be an age."),
    "an age in words": ({"minimum_age": "eight"}, "The youngest age “eight” is not a number."),
    "an age that is endless": ({"maximum_age": 1e999}, "The oldest age Infinity cannot be an age."),
    "an age of many digits": ({"maximum_age": HUGE}, "cannot be an age. It was left out."),
    "an age that is a list": ({"minimum_age": [8]}, "Its minimum age is not a single value."),
    "ages the wrong way round": ({"minimum_age": 14, "maximum_age": 8}, "The youngest age 14 is above the oldest 8."),
    "an address of another kind": (
        {"url": "javascript:alert(1)"},
        "The web address is not one",
    ),
    "an address that is an object": ({"url": {"href": "https://example.org"}}, "Its url is not a single value."),
    "an address of many characters": (
        {"url": "https://example.org/" + "a" * 5_000},
        "The web address is not one",
    ),
    "an email that is none": ({"email": "ring us"}, "The email address is not complete."),
    "an organisation that is a word": (
        {"organization": "Homework Friends"},
        "which organisation offers it.",
    ),
    "an organisation that is a list": ({"organization": [{"name": "A"}]}, ""),
    "no organisation": ({"organization": None}, "which organisation offers it."),
    "a cost that is no number": ({"cost_options": [{"amount": "a lot"}]}, "The cost “a lot” is not a number."),
    "a cost that is an object": ({"cost_options": {"amount": 3}}, ""),
    "a cost of many digits": (
        {"cost_options": [{"amount": HUGE, "option": "per session"}]},
        "cannot be right.",
    ),
    "languages that are numbers": ({"languages": [1, None, []]}, "The language “1” is not on our list."),
    "a language nobody knows": ({"languages": [{"name": "Klingon"}]}, "The language “Klingon” is not on our list."),
    "areas that are a word": ({"service_areas": "Ladywood"}, "What it says under service areas is not a list."),
    "an area nobody knows": (
        {"service_areas": [{"name": "Atlantis"}]},
        "The area “Atlantis” is not a ward",
    ),
    "telephones that are numbers": ({"phones": [{"number": 1214960400}, 5]}, ""),
    "hours that make no sense": (
        {"schedules": [{"byday": 5, "opens_at": "25:99", "closes_at": {}}]},
        "The time “25:99” is not",
    ),
    "places that are words": ({"service_at_locations": ["Library", {"location": "Library"}]}, ""),
    "terms that are numbers": ({"attributes": [3, {"taxonomy_term": 4}]}, ""),
    "a description that is a list": ({"description": ["a", "b"]}, "Its description is not a single value."),
    "a description of a book": (
        {"description": "word " * 40_000},
        "The description is longer",
    ),
    "a description with a script": ({"description": "<script>alert(1)</script>Homework"}, ""),
}


@pytest.mark.parametrize("what", ONE_WRONG)
def test_what_is_wrong_is_said_where_it_stands_and_the_rest_is_taken_in(what: str) -> None:
    given, sentence = ONE_WRONG[what]
    browser = browser_of(keeper())
    body = _body(page(nested("s0"), nested("s1", **given)))
    looked = browser.post("services/import/check/", body)
    assert looked.status_code == 200, looked.content
    assert not Service.objects.exists(), "looking writes nothing"
    done = browser.post("services/import/", body)
    assert done.status_code == 200, done.content
    problems = done.json()["problems"]
    assert problems == looked.json()["problems"]
    assert all(one["where"].startswith("services.json, service 2") for one in problems)
    assert any(sentence in one["sentence"] for one in problems) if sentence else problems == []
    left_out = any(one["weight"] == "leaves_out" for one in problems)
    assert Service.objects.count() == (1 if left_out else 2)
    assert not Service.objects.exclude(name__regex=r"^[^<>\u202a-\u202e]*$").exists()
    assert not Service.objects.filter(description__contains="<script").exists()


@pytest.mark.parametrize(
    "files",
    [
        [SourceFile("services.json", json.dumps(["a", 1, None, [], {}]).encode())],
        [SourceFile("services.json", b'{"contents": {"s1": {"id": "s1"}}}')],
        [SourceFile("services.json", b'{"total_pages": {"a": 1}, "contents": [null, 3]}')],
        [SourceFile("services.json", b"\xff\xfe\x00"), SourceFile("../../etc/passwd", b"root")],
        [SourceFile("services.csv", b"id,organization_id,name,status\n" + b"\x00" * 500)],
        [SourceFile("services.csv", b"id,organization_id,name,status\n=cmd|' /C calc'!A0,o1,=1+1,active\n")],
        tables(services="id;organization_id;name\ns1;o1\n"),
        tables(organizations="id,name\n"),
    ],
    ids=lambda files: files[0].name,
)
def test_a_feed_of_another_shape_is_answered_with_sentences(files: list[SourceFile]) -> None:
    browser = browser_of(keeper())
    looked = browser.post("services/import/check/", _body(files))
    assert looked.status_code in (200, 400), looked.content
    done = browser.post("services/import/", _body(files))
    assert done.status_code in (200, 400, 409), done.content
    if done.status_code != 200:
        assert done.json()["reasons"] or done.json()["fields"]
        assert not Service.objects.exists()
    else:
        assert done.json()["problems"] or Service.objects.exists()
