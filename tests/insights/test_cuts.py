"""How long one thing takes by team, source, need and theme: recounted clock by clock, and the list of each number."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.administration.commands.conflicts import declare_about
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.models import Deadline
from backend.insights.queries.cuts import CUTS
from backend.insights.queries.flow import OUTCOMES
from backend.referrals.models import Referral
from tests.actors import actor, browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.edges import take
from tests.factories import LEADING, agency_id, manager, officer, referral_in, submitted, teacher
from tests.insights.keeping import refreshed
from tests.promises.departing import LINK
from tests.promises.two_logins import the_worker_takes_turns

pytestmark = pytest.mark.django_db
__all__ = ["the_worker_takes_turns"]

MONDAY = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
STATEMENTS = 7


def _early_help(role: Role) -> Callable[[], Actor]:
    return lambda: actor(LEADING, role)


HELPS, LEADS, WORKS = (_early_help(role) for role in (Role.TRIAGE_OFFICER, Role.MANAGER, Role.CASE_WORKER))


@pytest.fixture(autouse=True)
def three_weeks_later() -> Iterator[None]:
    with clock.at(LATER):
        yield


def helped(source: str, need: str, theme: str, *, hours: int, allocated: bool = True) -> Referral:
    """A referral of that Monday from there, taken by early help, which accepts it so many hours later and allocates."""
    with clock.at(MONDAY):
        referral = submitted(source=source)
        take("start_triage", referral.id, officer())
        take("redirect", referral.id, officer(), to_agency=agency_id(LEADING))
        take("take", referral.id, HELPS())
    with clock.at(MONDAY + timedelta(hours=hours)):
        given = {"primary_need": need, "theme": theme, "lead_agency": agency_id(LEADING)}
        accepted: Referral = take("accept", referral.id, HELPS(), **given)
        if allocated:
            World.allocate(accepted.case_id, LEADS(), WORKS())
    return accepted


def advised(source: str) -> Referral:
    with clock.at(MONDAY):
        referral = submitted(source=source)
        take("start_triage", referral.id, officer())
        done: Referral = take("signpost", referral.id, officer())
    return done


def some_work() -> None:
    helped("2A", "N4", "violence_reduction", hours=1)
    helped("2A", "N6", "protecting_people", hours=60)
    helped("3A", "N4", "violence_reduction", hours=100, allocated=False)
    advised("3A")
    with clock.at(MONDAY):
        referral_in("triage")


def cut(who: Any, kind: str, by: str) -> dict[str, Any]:
    answer = browser_of(who).get(f"figures/flow/cut/?period=month&kind={kind}&by={by}")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def listed(who: Any, kind: str, by: str, group: str, outcome: str) -> list[dict[str, Any]]:
    asked = f"period=month&kind={kind}&by={by}&group={group}&outcome={outcome}"
    answer = browser_of(who).get(f"figures/flow/list/?{asked}&page_size=100")
    assert answer.status_code == 200, answer.content
    return list(answer.json()["results"])


def group_of(who: Actor, by: str, root_id: UUID) -> str:
    """What a clock of a referral or a case is said to be of, looked up record by record."""
    referral = Referral.objects.filter(id=root_id).first()
    case = Case.objects.filter(id=referral.case_id if referral else root_id).first()
    if by == "source":
        found = referral or Referral.objects.filter(case_id=root_id).order_by("submitted_at").first()
        return (found and found.source) or "not_known"
    if by == "team":
        of_case = case.team_id if case and case.lead_agency_id == who.agency_id else None
        officers = Membership.objects.filter(user_id=referral.triage_officer_id) if referral else []
        of_officer = [one.team_id for one in officers if one.agency_id == who.agency_id]
        return str(of_case or next(iter(of_officer), None) or "not_known")
    return (case and getattr(case, {"need": "primary_need", "theme": "theme"}[by])) or "not_known"


def by_hand(who: Any, kind: str, by: str) -> dict[str, Counter[str]]:
    words = {"met": "in_time", "met_late": "late", "breached": "not_done"}
    found: dict[str, Counter[str]] = {}
    with acting(who):
        due = Deadline.objects.filter(owner_agency_id=who.agency_id, kind=kind, due_at__lt=LATER.replace(hour=0))
        for one in due.filter(is_urgent=False):
            if one.state in words:
                found.setdefault(group_of(who, by, one.root_id), Counter())[words[one.state]] += 1
    return found


def test_each_group_is_recounted_by_hand_and_each_number_is_the_length_of_its_list() -> None:
    some_work()
    asked = ((manager(), "acknowledge"), (manager(), "decide"), (LEADS(), "decide"), (LEADS(), "allocate"))
    for by, (who, kind) in product(CUTS, asked):
        expected = by_hand(who, kind, by)
        rows = cut(who, kind, by)["rows"]
        assert {row["id"]: Counter({o: row[o] for o in OUTCOMES if row[o]}) for row in rows} == expected
        assert sum(row["due"] for row in rows) == sum(sum(one.values()) for one in expected.values())
        for row in rows:
            for outcome in OUTCOMES:
                assert len(listed(who, kind, by, row["id"], outcome)) == row[outcome], (row["label"], outcome)


def test_a_group_is_named_in_words_and_the_largest_stands_first() -> None:
    some_work()
    found = cut(LEADS(), "decide", "source")
    assert [row["label"] for row in found["rows"]] == ["School", "GP"]
    assert [one["code"] for one in found["cuts"]] == list(CUTS)
    needs = cut(manager(), "acknowledge", "need")["rows"]
    assert needs[-1]["label"] == "No need recorded: help was not agreed, or not yet"
    teams = cut(LEADS(), "allocate", "team")["rows"]
    assert {row["label"] for row in teams} == {"South", "No team"}


def test_a_child_who_may_not_be_seen_is_in_no_group() -> None:
    referral, who = advised("3A"), officer()
    assert [row["id"] for row in cut(who, "decide", "source")["rows"]] == ["3A"]
    with acting(who):
        declare_about(who, "referral", referral.id, uuid7(), LINK)
    assert cut(who, "decide", "source")["rows"] == []
    assert [row["id"] for row in cut(manager(), "decide", "source")["rows"]] == ["3A"]


def test_only_those_who_read_figures_tell_them_apart_and_by_no_person() -> None:
    asked = "figures/flow/cut/?kind=decide"
    assert cut(manager(), "decide", "team")["opens_lists"] is True
    assert browser_of(teacher()).get(asked).status_code == 403
    for wrong in ("figures/flow/cut/?kind=decide&by=worker", "figures/flow/list/?kind=decide&outcome=late&by=team"):
        answer = browser_of(manager()).get(wrong)
        assert answer.status_code == 400
        assert answer.json()["fields"]


@pytest.mark.usefixtures("the_worker_takes_turns")
def test_whoever_decides_reads_the_numbers_of_their_manager_and_opens_no_list_of_a_group() -> None:
    some_work()
    refreshed()
    for by in CUTS:
        found, expected = cut(officer(), "decide", by), cut(manager(), "decide", by)
        assert found["rows"] == expected["rows"] != []
        assert (found["opens_lists"], expected["opens_lists"]) == (False, True)
        asked = f"figures/flow/list/?kind=decide&by={by}&group={found['rows'][0]['id']}&outcome=in_time"
        assert browser_of(officer()).get(asked).status_code == 403
    assert browser_of(officer()).get("figures/flow/list/?kind=decide&outcome=in_time").status_code == 200


def test_it_costs_the_same_however_much_it_counts() -> None:
    browser = browser_of(manager())

    def asked() -> dict[str, list[Any]]:
        some_work()
        return {by: statements(partial(browser.get, f"figures/flow/cut/?kind=decide&by={by}")) for by in CUTS}

    before = asked()
    for by, found in asked().items():
        assert len(found) == len(before[by]) <= STATEMENTS, said(found)
