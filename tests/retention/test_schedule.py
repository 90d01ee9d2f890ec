"""Which rule an ended record falls under, from which day it is due, and what is wrong with a schedule."""

from datetime import date

import pytest

from backend.agencies.reference import read
from backend.core import vocabulary
from backend.retention.rules import CASE, REFERRAL, SCHEDULE, Ended, computed, faults, later, record_of

ENTRIES = read(SCHEDULE)["entries"]
CLOSED, BORN = date(2024, 2, 29), date(2012, 2, 29)


def ended(kind: str = CASE, outcome: str = "outcomes_met", *, born: date | None = BORN) -> Ended:
    return Ended(kind, outcome, CLOSED, born, date(2024, 6, 1))


def rule(record: str, starts_from: str = "ended", years: int = 1, action: str = "dispose") -> dict[str, object]:
    return {"code": record, "record": record, "starts_from": starts_from, "years": years, "action": action}


@pytest.mark.parametrize(
    ("starts_from", "years", "due"),
    [
        ("ended", 0, date(2024, 2, 29)),
        ("ended", 1, date(2025, 3, 1)),
        ("ended", 4, date(2028, 2, 29)),
        ("birthday_18", 0, date(2030, 3, 1)),
        ("birthday_25", 2, date(2039, 3, 1)),
        ("last_entry", 1, date(2025, 6, 1)),
    ],
)
def test_the_day_is_counted_from_what_the_rule_says(starts_from: str, years: int, due: date) -> None:
    assert computed([rule("case", starts_from, years)], ended()).due_on == due


def test_no_record_is_due_before_it_has_ended_and_an_unknown_birthday_is_the_latest() -> None:
    grown = ended(born=date(1990, 1, 1))
    assert computed([rule("case", "birthday_18", 0)], grown).due_on == CLOSED
    assert computed([rule("case", "birthday_18", 0)], ended(born=None)).due_on == date(2042, 3, 1)


def test_the_rule_for_how_it_ended_comes_before_the_one_for_every_record() -> None:
    schedule = [rule("case", years=6), rule("case_died", action="keep"), rule("referral", years=3)]
    assert computed(schedule, ended(outcome="died")).due_on is None
    assert computed(schedule, ended(outcome="turned_18")).due_on == later(CLOSED, 6)
    assert computed(schedule, ended(REFERRAL, "declined")).due_on == later(CLOSED, 3)


def test_what_no_rule_covers_is_kept() -> None:
    assert computed([rule("referral")], ended()).due_on is None


def test_what_the_product_comes_with_has_no_faults_and_says_where_each_period_is_from() -> None:
    assert list(faults(ENTRIES)) == []
    assert all(entry["source"].startswith("Example") for entry in ENTRIES)
    assert "not the law" in read(SCHEDULE)["note"]


def test_a_schedule_that_nobody_could_apply_is_not_published() -> None:
    twice = list(faults([rule("case"), rule("case"), rule("referral")]))
    assert twice == ["Two rules are about the same records: nobody could tell which one counts."]
    assert len(list(faults([rule("case_died")]))) == 2


def test_every_way_in_which_a_record_ends_is_one_the_schedule_knows() -> None:
    known = set(vocabulary.get("retention_records").codes)
    found = {record_of(CASE, code) for code in vocabulary.get("closing_reasons").codes}
    found |= {record_of(REFERRAL, state) for state in ("accepted", "linked", "signposted", "declined", "withdrawn")}
    assert found | {"referral"} >= known - {"referral_error"}
    assert found <= known
