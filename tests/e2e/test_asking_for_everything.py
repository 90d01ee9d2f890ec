"""Whoever gives a service, referred the child, or has no part in a case asks for every address its worker has."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Response, expect

from backend.core.ids import uuid7
from tests.e2e.one_case import AsPerson, OneCase, case_at
from tests.e2e.people import FAMILY_WORKER, NURSE, TEACHER, YOUTH_WORKER
from tests.e2e.screen import Screen
from tests.e2e.test_one_case_helped import begun

NOT_HERE = "We could not find that, or you do not have access to it."
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# All pages of one of these are shown by one piece of code: which record it is, and which option of it.
KIND = re.compile(rf"{UUID.pattern}|(?<=/do/)[^/?]+")
LINKS = "() => [...document.querySelectorAll('main a[href^=\"/\"]')].map((link) => link.getAttribute('href'))"
# As the app itself goes from page to page: starting it anew for each of so many addresses takes six times as long.
GO = "(path) => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')); }"
MARK = "(heading) => heading.setAttribute('data-passed', '')"
NOWHERE = "/nowhere"
EMPTY = '{"results":[],"next":null,"previous":null}'
# The directory of services is for everybody.
FOR_ALL = "services/"
# Written where only those who work on the case read: none of it may come to anybody else in any way.
SECRETS = {
    "note": "She is afraid of the man with the blue van.",
    "goal": "I want Dad to stop shouting at night.",
    "action": "Ask the landlord for another lock.",
    "event": "Her brother was taken to hospital in the night.",
}


@dataclass
class Known:
    """What a worker comes across at a case: its pages, what they read, and where they would write."""

    pages: dict[str, None] = field(default_factory=dict)
    reads: dict[str, None] = field(default_factory=dict)
    writes: dict[str, None] = field(default_factory=dict)

    def hear(self, answer: Response) -> None:
        """Keep what a page has asked the server, and where its answer says that something can be done."""
        path = answer.url.partition("/api/v1/")[2]
        if not UUID.search(path) or answer.request.method != "GET" or not answer.ok:
            return
        self.reads[path] = None
        for url in _urls(answer.json()):
            if UUID.search(url):
                self.writes[url.removeprefix("/api/v1/")] = None


def _urls(value: Any) -> Iterator[str]:
    """The addresses of the options in an answer."""
    if isinstance(value, dict):
        if "input" in value and str(value.get("url", "")).startswith("/api/v1/"):
            yield value["url"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _urls(one)


def full_case(as_person: AsPerson) -> tuple[OneCase, str]:
    """A case with something in every part of it, and the address of its service."""
    case = case_at(as_person, "planned")
    # It works towards the first goal, whose words its provider reads; of what is written from now on nobody told them.
    service = f"interventions/{begun(as_person, case)['id']}"
    caller = as_person.caller(FAMILY_WORKER)
    visit = {"kind": "observation", "child_seen": "alone", "text": SECRETS["note"]}
    caller.write(f"{case.path}notes/", visit)
    caller.write(f"{case.path}goals/", {"words": SECRETS["goal"], "whose": "child", "score": 1})
    form = next(one for one in caller.read(f"{case.path}plan/")["options"] if one["name"] == "add_action")
    owners = next(one for one in form["input"] if one["name"] == "owner")["choices"]
    mine = next(one["value"] for one in owners if one["label"] == FAMILY_WORKER)
    action = {"text": SECRETS["action"], "owner": mine, "due_on": "2100-01-01", "not_for_family": True}
    caller.write(f"{case.path}actions/", action)
    event = {"kind": "health", "happened_on": "2020-03-27", "text": SECRETS["event"], "analysis": "She sleeps badly."}
    caller.write(f"{case.path}significant-events/", event)
    return case, service


def known_to(worker: Screen, case: OneCase) -> Known:
    """Follow every link from the case, and from what it leads to, as far as it is of a record.

    Of pages that only differ in which record they are about, one is opened: the rest asks for the same of another.
    """
    known, opened = Known(), set[str]()
    worker.page.goto(worker.address)
    worker.page.on("response", known.hear)
    waiting = [case.page]
    while waiting:
        path = waiting.pop(0)
        if path in known.pages:
            continue
        known.pages[path] = None
        if UUID.sub("", path) in opened:
            continue
        opened.add(UUID.sub("", path))
        goes_to(worker, path)
        found = [href.partition("#")[0] for href in worker.page.evaluate(LINKS)]
        waiting += [href for href in found if UUID.search(href) and not href.startswith(f"/{FOR_ALL}")]
    worker.page.remove_listener("response", known.hear)
    return known


def told_no_secret(said: str, where: str) -> None:
    told = [name for name, words in SECRETS.items() if words in said]
    assert not told, f"{where} tells the {told}"


def goes_to(screen: Screen, path: str) -> None:
    """Arrive at an address from one that does not exist, so that nothing of another page can be taken for its own."""
    heading = screen.main.get_by_role("heading", level=1)
    for address in (NOWHERE, path):
        expect(heading).to_be_visible()
        heading.evaluate(MARK)
        screen.page.evaluate(GO, address)
        expect(screen.page.locator("[data-passed]")).to_have_count(0)
    expect(heading).to_be_visible()
    screen.settled()


def one_of_each_kind(pages: Iterable[str], may: str) -> Iterable[str]:
    """Which is enough of the app; what each page would read, the server is asked."""
    return {(KIND.sub("", path), bool(may and path.startswith(may))): path for path in pages}.values()


def asks_for_pages(screen: Screen, known: Known, may: str) -> None:
    """Each page is refused in the same calm words, or is one of theirs; whatever looks new is checked for barriers."""
    seen: set[str] = set()
    with screen.refused(403, 404):
        screen.page.goto(screen.address)
        for path in one_of_each_kind(known.pages, may):
            goes_to(screen, path)
            said = screen.main.inner_text()
            told_no_secret(screen.page.content(), path)
            if not (may and path.startswith(may)):
                expect(screen.main.get_by_role("alert")).to_have_text(re.compile(re.escape(NOT_HERE)))
            if said not in seen:
                seen.add(said)
                screen.check()
        # What the app has been told before it shows at once, and asks again: the last answer may still be on its way.
        screen.page.goto(screen.address)


def asks_the_server(screen: Screen, known: Known, may: str) -> None:
    """Nothing is read and nothing written that is not theirs: each answer is the one about what is not there."""
    calls = [("GET", path) for path in known.reads] + [("POST", path) for path in known.writes]
    asked = [(method, path) for method, path in calls if not _is_theirs(path, may)]
    never_made, nothings = str(uuid7()), dict[tuple[str, str], tuple[int, str]]()
    told = []
    for method, path in asked:
        nobodys = (method, UUID.sub(never_made, path))
        if nobodys not in nothings:
            nothings[nobodys] = _answer(screen, *nobodys)
        told.append(_tells(screen, method, path, nothing=nothings[nobodys]))
    assert not any(told), [one for one in told if one]


def _is_theirs(path: str, may: str) -> bool:
    """Whether it is at their own part, or names no other record than theirs."""
    own = UUID.findall(may)
    return path.startswith((FOR_ALL, *([may] if may else []))) or (bool(own) and UUID.findall(path) == own)


def _tells(screen: Screen, method: str, path: str, *, nothing: tuple[int, str]) -> str:
    """What an answer tells: nothing where it is, word for word, the answer about a record that was never made.

    That answer is a refusal, or a list in which nothing stands.
    """
    status, said = _answer(screen, method, path)
    told_no_secret(said, path)
    # What is sent is looked at first, whatever it is about: half a form is half a form.
    is_refused = (status, said) == nothing and (status in (400, 403, 404) or said == EMPTY)
    return "" if is_refused else f"{method} {path}: {status} {said[:200]}, not {nothing}"


def _answer(screen: Screen, method: str, path: str) -> tuple[int, str]:
    context = screen.context
    tokens = [one["value"] for one in context.cookies() if one["name"].endswith("csrftoken")]
    headers = {"X-CSRFToken": tokens[0], "Idempotency-Key": str(uuid7())}
    body = {"version": 1} if method == "POST" else None
    answer = context.request.fetch(f"{screen.address}/api/v1/{path}", method=method, headers=headers, data=body)
    return answer.status, answer.text()


def test_whoever_does_not_work_on_a_case_is_shown_their_own_part_and_nothing_else(as_person: AsPerson) -> None:
    case, service = full_case(as_person)
    worker = as_person(FAMILY_WORKER)
    worker.names = case.names
    known = known_to(worker, case)
    # Every part of a case has been walked: an empty list would prove nothing.
    for part in ("", "/plan", "/assessments", "/chronology", "/people", "/history", "/documents", "/do/close"):
        assert f"{case.page}{part}" in known.pages
    assert len(known.reads) > 20, known.reads
    assert len(known.writes) > 20, known.writes
    for who, may in ((YOUTH_WORKER, service), (TEACHER, f"referrals/{case.sent.id}"), (NURSE, "")):
        asks = as_person(who)
        asks.names = case.names
        asks_for_pages(asks, known, may and f"/{may}")
        asks_the_server(asks, known, may)
