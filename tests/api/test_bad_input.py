"""What a careless or hostile client can send: each bad body has its 4xx, on every route that reads one."""

import json
from dataclasses import dataclass
from zlib import crc32

import pytest

from backend.agencies.roles import Role
from backend.workflow.views import TransitionView
from tests.actors import Browser, browser_of, membership
from tests.api.shapes import is_refusal
from tests.routes import Route, routes

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Bad:
    """One bad body and the status it earns."""

    name: str
    body: bytes
    status: int = 400
    content_type: str = "application/json"


BAD = [
    Bad("not JSON", b"{"),
    Bad("two values", b"{}{}"),
    Bad("a list", b"[]"),
    Bad("a word", b'"hello"'),
    Bad("a number", b"1"),
    Bad("nothing at all but null", b"null"),
    Bad("nested too deeply", b'{"a":' + b"[" * 40 + b"]" * 40 + b"}"),
    Bad("nested beyond the stack", b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    Bad("a repeated key", b'{"version": 1, "version": 2}'),
    Bad("not a number", b'{"version": NaN}'),
    Bad("infinity", b'{"version": Infinity}'),
    Bad("a lone surrogate", b'{"version": 1, "rationale": "\\ud800"}'),
    Bad("a lone surrogate in a key", b'{"\\udfff": 1}'),
    Bad("a NUL", b'{"version": 1, "rationale": "a\\u0000b"}'),
    Bad("a raw NUL", b'{"version": 1, "rationale": "a\x00b"}'),
    Bad("a number beyond every column", b'{"version": 99999999999999999999999}'),
    Bad("a fraction beyond every number", b'{"version": 1e999}'),
    Bad("broken UTF-8", b'{"rationale": "\xff\xfe"}'),
    Bad("UTF-16", '{"version": 1}'.encode("utf-16")),
    Bad("an unknown key", b'{"version": 1, "no_such_key": true}'),
    Bad("a state", b'{"version": 1, "state": "accepted"}'),
    Bad("an id", b'{"version": 1, "id": "0198c0de-0000-7000-8000-000000000000"}'),
    Bad("another charset", b'{"version": 1}', 415, "application/json; charset=utf-16"),
    Bad("a form", b"version=1", 415, "application/x-www-form-urlencoded"),
    Bad(
        "a file",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--',
        415,
        "multipart/form-data; boundary=x",
    ),
    Bad("plain text", b'{"version": 1}', 415, "text/plain"),
]
# What a route's own form judges, and not the one parser that all of them have.
OF_THE_FORM = frozenset(
    ["a list", "a word", "a number", "nothing at all but null", "an unknown key", "a state", "an id"]
)
LISTS = ["agencies/"]
READERS = [(route, method) for route in routes() for method in ("POST", "PUT", "PATCH") if method in route.methods]


def _browser() -> Browser:
    return browser_of(membership("front-door", Role.MANAGER))


def _bad_for(route: Route) -> list[Bad]:
    """A feed of services may be larger than other bodies, up to a limit of its own."""
    limits = {parser.max_bytes for parser in route.view_class.parser_classes}
    too_large = json.dumps({"version": 1, "rationale": "x" * max(limits)}).encode()
    return [*BAD, Bad("too large", too_large, 413)]


def _in_turn(route: Route) -> list[Bad]:
    """What its form judges, and a quarter of what the parser does: another quarter than the next route's."""
    turn = crc32(route.name.encode())
    return [bad for at, bad in enumerate(_bad_for(route)) if bad.name in OF_THE_FORM or (at + turn) % 4 == 0]


@pytest.mark.deep
@pytest.mark.parametrize(("route", "method"), READERS, ids=lambda value: getattr(value, "name", value))
def test_each_bad_body_has_its_answer(route: Route, method: str) -> None:
    _each_is_refused(route, method, _bad_for(route))


@pytest.mark.spread(3)
@pytest.mark.parametrize(("route", "method"), READERS, ids=lambda value: getattr(value, "name", value))
def test_bad_bodies_have_their_answers(route: Route, method: str) -> None:
    """In every run, a third of the routes is sent a part of them: all of them are `make test-deep`."""
    _each_is_refused(route, method, _in_turn(route))


def _each_is_refused(route: Route, method: str, bodies: list[Bad]) -> None:
    browser = _browser()
    for bad in bodies:
        answer = browser.send(
            method, route.path, bad.body, key="a-key-of-this-test", **{"Content-Type": bad.content_type}
        )
        # An edge reads its input before it looks for the record; other views may look first, and find nothing.
        allowed = {bad.status} if issubclass(route.view_class, TransitionView) else {bad.status, 404}
        assert answer.status_code in allowed, f"{bad.name}: {answer.status_code} {answer.content!r}"
        assert is_refusal(answer.content), f"{bad.name}: {answer.content[:200]!r}"
        assert b"Traceback" not in answer.content


def test_an_empty_body_is_an_empty_object() -> None:
    answer = _browser().send("POST", "session/membership/", b"")
    assert answer.status_code == 400
    assert "membership_id" in answer.json()["fields"]


@pytest.mark.parametrize("size", ["0", "-1", "101", "1000000", "1.5", "a", "", "١", "1 ", "%00", "9" * 20])
@pytest.mark.parametrize("path", LISTS)
def test_a_page_size_outside_1_to_100_is_refused(path: str, size: str) -> None:
    answer = _browser().get(f"{path}?page_size={size}")
    assert answer.status_code == 400
    assert answer.json()["fields"] == {"page_size": ["Ask for 1 to 100 rows a page."]}


@pytest.mark.parametrize("cursor", ["x", "%00", "cD0=", "cj0xJnA9", "bz0xMDAwMDAwMDAw", "ñ", "cD0lMDA=", "A" * 5000])
@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_that_is_not_ours_is_refused_or_finds_a_page(path: str, cursor: str) -> None:
    answer = _browser().get(f"{path}?cursor={cursor}")
    assert answer.status_code in (200, 400), answer.content[:300]


def test_pages_lead_forward_and_back_through_everything_once() -> None:
    browser = _browser()
    seen: list[str] = []
    cursor, pages = "", 0
    while True:
        body = browser.get(f"agencies/?page_size=10{cursor}").json()
        assert set(body) == {"results", "next", "previous"}
        seen += [row["name"] for row in body["results"]]
        pages += 1
        if body["next"] is None:
            break
        cursor = f"&cursor={body['next']}"
    assert len(seen) == len(set(seen)) > 20
    assert pages == -(-len(seen) // 10)
    back = browser.get(f"agencies/?page_size=10&cursor={body['previous']}").json()
    assert [row["name"] for row in back["results"]] == seen[(pages - 2) * 10 : (pages - 1) * 10]


@pytest.mark.parametrize(
    "headers",
    [{"Accept": "text/html"}, {"Accept": "application/xml"}, {"Accept": "nonsense"}, {"Host": "evil.example"}],
)
def test_strange_headers_never_break_the_server(headers: dict[str, str]) -> None:
    answer = _browser().get("agencies/", **headers)
    assert answer.status_code < 500


@pytest.mark.parametrize(
    "path",
    [
        "referrals/not-a-uuid/",
        "referrals/0198c0de-0000-7000-8000-00000000000g/",
        "referrals/%00/",
        "referrals/../session/",
        "messages/0198c0de-0000-7000-8000-000000000000/read",
    ],
)
def test_an_address_with_a_key_that_is_none_is_not_found(path: str) -> None:
    assert _browser().get(path).status_code in (301, 404)
