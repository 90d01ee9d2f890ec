"""Every number of every page of figures, with the list that it opens, read through the product's own addresses."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from backend.access.binding import acting
from backend.exports.lists import LISTS
from backend.exports.lists.listing import Listing
from backend.insights.queries.flow import OUTCOMES, PERIODS
from tests.actors import Browser

Asked = Mapping[str, str]
# A number, and what its list is asked for by.
Number = tuple[int, Asked]
_YEAR = "year"
_PAGE = 100


def _flow(found: Any) -> Iterator[Number]:
    for row in found["rows"]:
        urgent = str(row["is_urgent"]).lower()
        for outcome in OUTCOMES:
            yield row[outcome], {"kind": row["kind"], "is_urgent": urgent, "outcome": outcome}


def _outcomes(found: Any) -> Iterator[Number]:
    for figure in found["figures"]:
        for row in figure["rows"]:
            service = {"service": row["service"]} if row["service"] else {}
            yield row["count"], {"figure": figure["id"], "part": row["part"], **service}
            yield row["of"], {"figure": figure["id"], **service}


def _split(figure: str, rows: Any) -> Iterator[Number]:
    for row in rows:
        yield row["of"], {"figure": figure, "group": row["id"]}
        for one in row["numbers"]:
            yield one["count"], {"figure": figure, "group": row["id"], "part": one["part"]}


def _plain(figures: Any) -> Iterator[Number]:
    for figure in figures:
        yield figure["whole"], {"figure": figure["id"]}
        for row in figure["rows"]:
            yield row["count"], {"figure": figure["id"], "part": row["part"]}


def _works(found: Any) -> Iterator[Number]:
    for figure in found["figures"]:
        yield from _split(figure["id"], figure["rows"])


def _waits(found: Any) -> Iterator[Number]:
    yield from _split(found["services"]["id"], found["services"]["rows"])
    yield from _plain(found["figures"])


def _standing(found: Any) -> Iterator[Number]:
    for noun in found["stays"]:
        for row in noun["rows"]:
            yield row["now"], {"figure": "now", "part": row["id"]}
            yield row["left"], {"figure": "left", "part": row["id"]}
    yield from _plain(found["figures"])
    yield from _split(found["sources"]["id"], found["sources"]["rows"])


def _fairness(found: Any) -> Iterator[Number]:
    for figure in found["figures"]:
        for row in figure["rows"]:
            asked = {"by": found["by"], "figure": figure["counting"], "group": row["id"]}
            yield row["count"], {**asked, "part": figure["id"]}
            yield row["of"], asked


def _quality(found: Any) -> Iterator[Number]:
    for part in found["parts"]:
        for row in part["rows"]:
            yield row["empty"], {"part": part["id"], "question": row["id"]}


# Each page of figures, and, where what it counts may leave as a file, the list of exports that it leaves as.
PAGES: Mapping[str, tuple[Callable[[Any], Iterator[Number]], str]] = {
    "flow": (_flow, "flow"),
    "outcomes": (_outcomes, "outcomes"),
    "works": (_works, ""),
    "services": (_waits, ""),
    "standing": (_standing, ""),
    "fairness": (_fairness, ""),
    "quality": (_quality, ""),
}


def check(page: str, who: Any, browser: Browser) -> int:
    """Open every number of a page; return how many of them count anything."""
    numbers, export = PAGES[page]
    answer = browser.get(f"figures/{page}/?period={_YEAR}")
    assert answer.status_code == 200, answer.content
    counted = [(number, asked) for number, asked in numbers(answer.json()) if number]
    for number, asked in counted:
        query = urlencode({"period": _YEAR, **asked})
        assert _length(browser, f"figures/{page}/list/?{query}&page_size={_PAGE}") == number, query
        if export:
            assert _rows(export, who, {"period": _YEAR, **asked}) == number, query
    return len(counted)


def _length(browser: Browser, path: str) -> int:
    length, cursor = 0, ""
    while cursor is not None:
        answer = browser.get(f"{path}&cursor={cursor}" if cursor else path).json()
        length, cursor = length + len(answer["results"]), answer["next"]
    return length


def _rows(export: str, who: Any, given: Asked) -> int:
    """How many rows the file would have."""
    listing = LISTS[export]
    assert isinstance(listing, Listing)
    asked = listing.filters(given)
    assert asked["period"] in PERIODS
    with acting(who):
        return len(listing.cells(asked, list(listing.find(who, asked))))
