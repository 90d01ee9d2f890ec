"""One person's browser window, with what must be true of every page they arrive at."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect

from backend.operations.surroundings import ROOT
from tests.e2e.people import Caller
from tests.e2e.structure import built

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = 390
NARROWEST = 320
# A fold-out menu that hangs over the page is measured too; what is clipped for screen readers only is not.
TOO_SMALL = """() => [...document.querySelectorAll('button, input, select, textarea, summary')]
    .map((control) => [control, control.getBoundingClientRect()])
    .filter(([control, box]) => box.width > 1 && (box.width < 24 || box.height < 24)
        && control.checkVisibility({ visibilityProperty: true }))
    .map(([control, box]) => `${control.outerHTML.slice(0, 120)} is ${box.width} by ${box.height}`)"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SHOTS = os.environ.get("SHOTS")
# Pages without a barrier, by how wide they were and how they are built: journeys meet the same page again and again.
_PASSED: set[tuple[int, str]] = set()
# In what words stood, by how wide the page was, when their contrast was last looked at: nearly half of what it takes.
_READABLE: dict[int, set[str]] = {}


@cache
def axe_source() -> str:
    """The checker, as it is pasted into a page."""
    return AXE.read_text()


@dataclass
class Screen:
    """A window in which one person works."""

    context: BrowserContext
    address: str
    # Names of children this person reads: they may stand on a page, never in its title or address.
    names: set[str] = field(default_factory=set)
    troubles: list[str] = field(default_factory=list)
    tolerated: list[str] = field(default_factory=list)

    @cached_property
    def page(self) -> Page:
        """The window itself, opened when somebody looks: whoever only calls the API needs none."""
        return self._watched(self.context.new_page())

    def beside(self, opened: Page) -> "Screen":
        """A window that this one has opened."""
        other = Screen(self.context, self.address, self.names)
        other.page = other._watched(opened)
        return other

    def _watched(self, page: Page) -> Page:
        page.set_default_timeout(15_000)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.troubles.append(f"{page.url}: {error}"))
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(part in message.text for part in self.tolerated):
            self.troubles.append(f"{self.page.url}: {message.text} ({message.location.get('url')})")

    @contextmanager
    def refused(self, *statuses: int) -> Iterator[None]:
        """While the person runs into these refusals, the browser's own note of them is no trouble."""
        self.tolerated = [f"status of {status}" for status in statuses]
        yield
        # A page asks early for several things (ahead.ts), and is shown when the first of them is refused.
        self.page.evaluate("() => Promise.allSettled(globalThis.asked?.values() ?? []).then(() => true)")
        self.tolerated = []

    @contextmanager
    def cut_off(self) -> Iterator[None]:
        """While the server is away, failed calls are no trouble."""
        self.tolerated = ["ERR_CONNECTION", "ERR_EMPTY_RESPONSE", "ERR_SOCKET", "status of 5"]
        yield
        self.tolerated = []

    @property
    def caller(self) -> Caller:
        """The API in this browser's session."""
        return Caller(self.context, self.address)

    @property
    def main(self) -> Locator:
        """What the page itself says, without header and footer."""
        return self.page.get_by_role("main")

    def open(self, path: str, heading: str | re.Pattern[str]) -> None:
        """Go to an address as one does from a bookmark."""
        self.page.goto(self.address + path)
        self.arrived(heading, by_address=True)

    def follow(self, name: str | re.Pattern[str], *, to: str | re.Pattern[str]) -> None:
        """Click a link of the page and arrive."""
        self.main.get_by_role("link", name=name, exact=isinstance(name, str)).first.click()
        self.arrived(to)

    def arrived(self, heading: str | re.Pattern[str], *, by_address: bool = False) -> None:
        """Be at the page with this heading; a change of route has put focus on it."""
        title = self.main.get_by_role("heading", level=1, name=heading)
        expect(title).to_be_visible()
        if not by_address:
            expect(title).to_be_focused()
        self.check()

    def settled(self) -> None:
        """Wait until nothing on the page is still loading."""
        expect(self.page.locator("[aria-busy=true]")).to_have_count(0)

    def check(self) -> None:
        """Find what would stop somebody: barriers, sideways scrolling, controls too small to hit, a name in sight."""
        self.settled()
        self._keep_picture()
        self._tells_no_name()
        self._has_no_barriers()
        assert self.page.evaluate(OVERFLOW) <= 0, f"{self.page.url} scrolls sideways"
        size = self.page.viewport_size
        if size and size["width"] <= PHONE:
            self.page.set_viewport_size({**size, "width": NARROWEST})
            sideways, small = self.page.evaluate(OVERFLOW), self.page.evaluate(TOO_SMALL)
            self.page.set_viewport_size(size)
            assert sideways <= 0, f"{self.page.url} scrolls sideways at {NARROWEST} pixels"
            assert not small, f"{self.page.url}: {small}"

    def _has_no_barriers(self) -> None:
        """The checker is asked once for each way a page is built: it takes longer than the page."""
        width = (self.page.viewport_size or {"width": 0})["width"]
        page, readable = built(self.page.content()), _READABLE.setdefault(width, set())
        if (width, page.structure) in _PASSED:
            return
        barriers = self.barriers(contrast=not page.worded <= readable)
        assert not barriers, f"{self.page.url}: {barriers}"
        _PASSED.add((width, page.structure))
        readable |= page.worded

    def barriers(self, *, contrast: bool = True) -> list[str]:
        """What axe finds, each with the element it is at; `contrast` is of no use where the same words have passed."""
        if not self.page.evaluate("() => Boolean(window.axe)"):
            self.page.evaluate(axe_source())
        rules = {"target-size": {"enabled": True}, "color-contrast": {"enabled": contrast}}
        options = {"runOnly": {"type": "tag", "values": STANDARDS}, "rules": rules}
        found: list[dict[str, Any]] = self.page.evaluate(
            "async (options) => (await axe.run(document, { ...options, resultTypes: ['violations'] })).violations",
            options,
        )
        return [f"{one['id']}: {one['help']}: {node['html'][:200]}" for one in found for node in one["nodes"]]

    def _tells_no_name(self) -> None:
        seen = f"{self.page.title()} {self.page.url}".casefold()
        told = [name for name in self.names if name.casefold() in seen]
        assert not told, f"{seen} tells a child's name"

    def _keep_picture(self) -> None:
        if not SHOTS or not self.page.viewport_size:
            return
        width = self.page.viewport_size["width"]
        name = re.sub(r"\W+", "-", self.page.title().removesuffix(" – Alongside")).strip("-").lower()
        path = Path(SHOTS) / f"{width}-{name[:60]}-{len(list(Path(SHOTS).iterdir())):03}.png"
        self.page.screenshot(path=path, full_page=True)

    def was_calm(self) -> None:
        """Nothing went wrong in the browser: no error in its console, nothing stopped by the content policy."""
        assert not self.troubles, self.troubles


class AsPerson:
    """Opens a browser in which one of the demonstration's people is signed in."""

    def __init__(self, window: Callable[..., Screen]) -> None:
        self._window = window
        self._callers: dict[str, Caller] = {}

    def __call__(self, name: str, *, width: int = 1280) -> Screen:
        screen = self._window(width=width)
        screen.caller.sign_in(name)
        return screen

    def caller(self, name: str) -> Caller:
        """The API as they call it, for what happens before a journey; they sign in for it once."""
        if name not in self._callers:
            self._callers[name] = self(name).caller
        return self._callers[name]
