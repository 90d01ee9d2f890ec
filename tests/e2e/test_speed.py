"""What makes a page quick or slow on a telephone, in numbers that are the same on a busy machine."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from tests.e2e.main_pages import PAGES, Page
from tests.e2e.people import TEACHER
from tests.e2e.screen import PHONE, AsPerson, Screen

MOST_SHIFT = 0.01
# Compressed, and of our own files alone: what the page shows is told by the API.
MOST_BYTES = 60_000
MOST_FILES = 16
MOST_LAYOUTS_A_KEY = 3

# Begins with the document, so that nothing is missed: what moved, and how far.
WATCH = """
window.moved = [];
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) {
    if (one.hadRecentInput) continue;
    const what = one.sources.map(({ node }) => String(node?.outerHTML ?? node?.textContent).slice(0, 90));
    window.moved.push([one.value, what]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""
FILES = """() => performance.getEntriesByType("resource")
    .filter(({ name }) => new URL(name).pathname.startsWith("/assets/"))
    .map(({ name, encodedBodySize, responseStatus }) => [new URL(name).pathname, encodedBodySize, responseStatus])"""
READS = """() => performance.getEntriesByType("resource")
    .map(({ name }) => new URL(name)).filter(({ pathname }) => pathname.startsWith("/api/v1/"))
    .map(({ pathname, search }) => pathname + search)"""
# There from the moment at which the script that asks early has run.
NOT_TAKEN = "() => [...window.asked.keys()]"


def opened(as_person: AsPerson, window: Any, page: Page) -> Screen:
    """Go to one of the pages on a telephone, from nothing."""
    screen: Screen = as_person(page.person, width=PHONE) if page.person else window(width=PHONE)
    path = page.path
    if page.first:
        path = path.format(id=screen.caller.read(page.first)["results"][0]["id"])
    screen.page.add_init_script(WATCH)
    screen.page.goto(screen.address + path)
    expect(screen.main.get_by_role("heading", level=1)).to_contain_text(re.compile(page.heading.strip("^$")))
    screen.settled()
    screen.page.wait_for_load_state("networkidle")
    return screen


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_main_page_is_small_asks_once_and_does_not_move(as_person: AsPerson, window: Any, page: Page) -> None:
    screen = opened(as_person, window, page)
    moved = screen.page.evaluate("() => window.moved")
    assert sum(far for far, _what in moved) <= MOST_SHIFT, moved
    left = screen.page.evaluate(NOT_TAKEN)
    assert not left, f"asked for early (first_reads.ts), and not needed by this page: {left}"
    reads = screen.page.evaluate(READS)
    assert len(reads) == len(set(reads)), f"asked for twice: {sorted(reads)}"
    files = screen.page.evaluate(FILES)
    weight = sum(size for _path, size, _status in files)
    assert weight <= MOST_BYTES, files
    assert len(files) <= MOST_FILES, files


def _layouts(page: Window) -> int:
    link = page.context.new_cdp_session(page)
    link.send("Performance.enable")
    found = {one["name"]: one["value"] for one in link.send("Performance.getMetrics")["metrics"]}
    link.detach()
    return int(found["LayoutCount"])


def test_a_key_in_the_form_is_answered_with_little_work(as_person: AsPerson, window: Any) -> None:
    screen = opened(as_person, window, next(one for one in PAGES if one.person == TEACHER and "{id}" in one.path))
    field = screen.main.get_by_role("textbox").first
    field.focus()
    before = _layouts(screen.page)
    typed = "Zoe-Anne"
    for letter in typed:
        screen.page.keyboard.press(letter)
    assert _layouts(screen.page) - before <= MOST_LAYOUTS_A_KEY * len(typed)
