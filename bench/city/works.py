"""What is measured: who does what, in the product's addresses, each time with another record where there are many."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any
from uuid import UUID

from django.db import connections

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.insights.refreshing import refresh
from tests import factories
from tests.actors import actor, browser_of
from tests.edges import good_input

# Does something for the nth time.
Act = Callable[[int], None]
Who = Callable[[], Actor]


@dataclass(frozen=True, slots=True)
class Work:
    """Something that people do: `prepare` brings so many of what it needs to where it can be done."""

    name: str
    prepare: Callable[[int], Act]
    who: Who


def _person(agency: str, role: Role) -> Who:
    return lambda: actor(agency, role)


_OFFICER = _person("front-door", Role.TRIAGE_OFFICER)
_FRONT_DOOR = _person("front-door", Role.MANAGER)
_MANAGER = _person("city-early-help", Role.MANAGER)
_WORKER = _person("city-early-help", Role.CASE_WORKER)
# Some records, as if by chance, and the same ones each time.
_SOME = "SELECT id FROM {} WHERE {} ORDER BY md5(id::text) LIMIT %s"


def _reads(name: str, who: Who, path: str) -> Work:
    def prepare(_times: int) -> Act:
        browser = browser_of(who())
        return lambda _nth: _well(browser.get(path), path)

    return Work(name, prepare, who)


def _opens(name: str, who: Who, path: str, *, table: str, which: str) -> Work:
    """Return the reading of records, each time another of the agency's."""

    def prepare(times: int) -> Act:
        browser, records = browser_of(who()), _records(who(), table, which, times)
        return lambda nth: _well(browser.get(path.format(records[nth % len(records)])), path)

    return Work(name, prepare, who)


def _finds(name: str, who: Who, texts: Sequence[str]) -> Work:
    def prepare(_times: int) -> Act:
        browser = browser_of(who())
        return lambda nth: _well(browser.post("find/", {"text": texts[nth % len(texts)]}), "find/")

    return Work(name, prepare, who)


def _submits(name: str) -> Work:
    """Return the sending of a referral that is written."""

    def prepare(times: int) -> Act:
        referrer = factories.teacher()
        ready = [factories.ready(referrer, child_given_name=_new_name()) for _each in range(times)]
        return _takes("submit", referrer, [(one.id, one.version) for one in ready])

    return Work(name, prepare, factories.teacher)


def _starts_triage(name: str) -> Work:
    """Return the edge by which an officer takes a referral in hand."""

    def prepare(times: int) -> Act:
        sent = [factories.submitted(child_given_name=_new_name()) for _each in range(times)]
        return _takes("start_triage", _OFFICER(), [(one.id, one.version) for one in sent])

    return Work(name, prepare, _OFFICER)


def _new_name() -> str:
    """Return a name that no child has: of one who is known, a second referral may not be sent."""
    return "".join(secrets.choice(ascii_lowercase) for _letter in range(9)).capitalize()


def _takes(edge: str, who: Actor, records: Sequence[tuple[UUID, int]]) -> Act:
    browser = browser_of(who)
    with acting(who):
        body = good_input("referral", edge)

    def act(nth: int) -> None:
        record, version = records[nth]
        path = f"referrals/{record}/{edge.replace('_', '-')}/"
        _well(browser.post(path, {**body, "version": version}), path)

    return act


def _refreshes(name: str) -> Work:
    """Return the counting again of one child of whom something changed, as the worker does it each minute."""

    def prepare(times: int) -> Act:
        # Whatever else changed, and whose time to see ran out since the city was made.
        refresh(using="owner")
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT child_id FROM cases_case WHERE state = 'closed' ORDER BY id LIMIT %s", [times])
            children = [child for (child,) in cursor.fetchall()]

        def act(nth: int) -> None:
            with connections["owner"].cursor() as cursor:
                cursor.execute("INSERT INTO insights_changed (child_id, made_in) VALUES (%s, 0)", [children[nth]])
            refresh(using="owner")

        return act

    return Work(name, prepare, _MANAGER)


def _records(who: Actor, table: str, which: str, times: int) -> list[UUID]:
    """Return some records of somebody's agency, spread over all of them."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(_SOME.format(table, which), [who.agency_id, times])
        return [record for (record,) in cursor.fetchall()]


class NoAnswer(RuntimeError):
    """The product gave up, as it does after a minute."""


def _well(answer: Any, path: str) -> None:
    if answer.status_code != 200:
        raise NoAnswer(f"{path} answered {answer.status_code}")


_LED = "lead_agency_id = %s"
_HELD = "holder_id = %s AND submitted_at IS NOT NULL"
_CUT = "figures/flow/cut/?period=year&is_urgent=false"
WORKS: Sequence[Work] = (
    _submits("Send a referral"),
    _starts_triage("Take a referral in hand"),
    _reads("Referrals to decide, 50", _OFFICER, "referrals/?view=queue&page_size=50"),
    _reads("The same, late, nobody's", _OFFICER, "referrals/?view=queue&due=overdue&assigned=nobodys&page_size=50"),
    _reads("Referrals held, 50", _OFFICER, "referrals/?view=held&page_size=50"),
    _reads("Cases of an agency, 50", _MANAGER, "cases/?view=lead&page_size=50"),
    _reads("The same, nobody's", _MANAGER, "cases/?view=lead&worker=nobody&page_size=50"),
    _reads("Closed cases, 50", _MANAGER, "cases/closed/?page_size=50"),
    _opens("A referral", _FRONT_DOOR, "referrals/{}/", table="referrals_referral", which=_HELD),
    _opens(
        "The timeline of a referral", _FRONT_DOOR, "referrals/{}/timeline/", table="referrals_referral", which=_HELD
    ),
    _opens("A case", _MANAGER, "cases/{}/", table="cases_case", which=_LED),
    _opens("The timeline of a case", _MANAGER, "cases/{}/timeline/", table="cases_case", which=_LED),
    _opens("A case at a glance", _MANAGER, "cases/{}/overview/", table="cases_case", which=_LED),
    _finds("Find a child by name", _MANAGER, ("Amara", "Okoro", "Ali Khan", "Rosa", "Evans")),
    _reads("My work", _WORKER, "work/"),
    _reads("Home of a manager: needs attention", _MANAGER, "exceptions/"),
    _reads("Home of a manager: who has how much", _MANAGER, "caseloads/"),
    _reads("Home of a manager: twelve months", _MANAGER, "figures/trend/"),
    _reads("Where work stands", _MANAGER, "figures/standing/?period=year"),
    _reads("Time taken", _MANAGER, "figures/flow/?period=year"),
    _reads("Time to review, by source", _MANAGER, f"{_CUT}&kind=review&by=source"),
    _reads("Time to decide, by team", _FRONT_DOOR, f"{_CUT}&kind=decide&by=team"),
    _reads("The same, as who decides", _OFFICER, f"{_CUT}&kind=decide&by=team"),
    _reads("Waits and refusals", _MANAGER, "figures/services/?period=year"),
    _reads("Outcomes", _MANAGER, "figures/outcomes/?period=year"),
    _reads("What works", _MANAGER, "figures/works/?period=year"),
    _reads("Fairness, by special needs", _FRONT_DOOR, "figures/fairness/?period=year&by=send"),
    _reads("Fairness, by ward", _MANAGER, "figures/fairness/?period=year&by=ward"),
    _reads("Data quality", _MANAGER, "figures/quality/?period=year"),
    _refreshes("Count figures again after one change"),
)
