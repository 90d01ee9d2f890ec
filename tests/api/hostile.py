"""What a hostile client makes of a request that is in order: its body, the kind of its body, and its address."""

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from backend.core.api.parser import MAX_BYTES

JSON = "application/json"


class Sent(NamedTuple):
    """A request on its way: its query, its body, and what it says the body is."""

    query: str
    body: bytes
    content_type: str = JSON


Change = Callable[[str, Mapping[str, Any]], Sent]


def _dumped(body: Any) -> bytes:
    return json.dumps(body, default=str).encode("utf-8", "surrogatepass")


def _first(body: Mapping[str, Any]) -> str:
    """A field that is there, so that what is wrong with it is looked at."""
    return next(iter(body), "version")


def _with(value: Any) -> Change:
    """Another value in every field."""
    return lambda query, body: Sent(query, _dumped({**dict.fromkeys(body, value), _first(body): value}))


def _raw(template: str) -> Change:
    """A body that no serializer of JSON would write; `%s` is a field that is there."""
    return lambda query, body: Sent(query, template.replace("%s", _first(body)).encode("utf-8", "surrogatepass"))


def _asking(*parts: str) -> Change:
    """More in the address than the page would put there."""
    return lambda query, body: Sent("&".join(filter(None, (query, *parts))), _dumped(body))


def _as(content_type: str, encoding: str = "utf-8") -> Change:
    return lambda query, body: Sent(query, json.dumps(body, default=str).encode(encoding, "replace"), content_type)


def _nested(depth: int) -> Any:
    found: Any = "deep"
    for _ in range(depth):
        found = [found]
    return found


HOSTILE: Mapping[str, Change] = {
    "nested deeply": _with(_nested(31)),
    "nested too deeply": _with(_nested(40)),
    "nested beyond the stack": _raw('{"%s":' + "[" * 50_000 + "]" * 50_000 + "}"),
    "a repeated key": _raw('{"%s": 1, "%s": 2}'),
    "not a number": _raw('{"%s": NaN}'),
    "infinity": _raw('{"%s": -Infinity}'),
    "a fraction beyond every number": _raw('{"%s": 1e999}'),
    "a lone surrogate": _raw('{"%s": "\\ud800"}'),
    "a NUL": _raw('{"%s": "a\\u0000b"}'),
    "words that turn round": _with("Am\u202ara\u2066"),
    "a very long word": _with("x" * 20_000),
    "nothing": _with(None),
    "an empty word": _with(""),
    "spaces": _with(" \u00a0\u2003 "),
    "a list of nothing": _with([]),
    "an object of nothing": _with({}),
    "a list in a list": _with([[{"a": [None]}]]),
    "a negative number": _with(-1),
    "a number beyond every column": _with(2**53 - 1),
    "a fraction": _with(0.1),
    "a truth": _with(True),
    "a day that is none": _with("2026-02-30"),
    "a day before all days": _with("0000-00-00T00:00:00Z"),
    "a day after all days": _with("9999-12-31T23:59:59.999999+14:00"),
    "a key that is none": _with("0198c0de-0000-7000-8000-00000000000g"),
    "a key of nothing": _with("00000000-0000-0000-0000-000000000000"),
    "markup": _with("<script>alert(1)</script>"),
    "a statement": _with("'; DROP TABLE referrals_referral; --"),
    "a formula": _with("=HYPERLINK(1)"),
    "an unknown key": lambda query, body: Sent(query, _dumped({**body, "no_such_key": True})),
    "keys that are read-only": lambda query, body: Sent(
        query, _dumped({**body, "id": "x", "state": "accepted", "holder": "x", "agency": "x"})
    ),
    "more than a megabyte": lambda query, body: Sent(query, _dumped({**body, _first(body): "x" * MAX_BYTES})),
    "broken UTF-8": lambda query, body: Sent(query, b'{"rationale": "\xff\xfe"}'),
    "another charset": _as("application/json; charset=utf-16", "utf-16"),
    "latin letters": _as("application/json; charset=iso-8859-1", "latin-1"),
    "a form": _as("application/x-www-form-urlencoded"),
    "a file": _as("multipart/form-data; boundary=x"),
    "of no kind": _as(""),
    "a page that is too long": _asking("page_size=101"),
    "a page of nothing": _asking("page_size=0"),
    "a page that is no number": _asking("page_size=%D9%A1"),
    "a cursor that is not ours": _asking("cursor=cD0%3D"),
    "a cursor far away": _asking("cursor=bz0xMDAwMDAwMDAw"),
    "something nobody knows": _asking("no_such_thing=1"),
    "a NUL in the address": _asking("view=%00", "q=%00"),
    "a lone surrogate in the address": _asking("view=%ED%A0%80"),
    "the same twice": _asking("page_size=10", "page_size=20"),
}
