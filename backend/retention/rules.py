"""Which rule of the schedule an ended record falls under, and from which day it may be deleted by it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from backend.agencies.roles import Role
from backend.retention.models import Hold, Order

Entry = Mapping[str, Any]
Given = Mapping[str, Any]
SCHEDULE = "retention_schedule"
CASE, REFERRAL = "case", "referral"
DIED = "died"
DISPOSE, KEEP = "dispose", "keep"
_BIRTHDAYS = {"birthday_18": 18, "birthday_25": 25}
# How records ended, as the schedule tells them apart (vocabulary retention_records): closing reasons of cases, and
# states of referrals.
_CASES = {
    **dict.fromkeys(("family_withdrew", "could_not_contact", "not_needed", "referred_in_error"), "case_never_begun"),
    "stepped_up": "case_stepped_up",
    DIED: "case_died",
}
_REFERRALS = {
    **dict.fromkeys(("accepted", "linked"), "referral_accepted"),
    **dict.fromkeys(("declined", "signposted"), "referral_not_taken_up"),
    **dict.fromkeys(("entered_in_error", "withdrawn"), "referral_error"),
}


@dataclass(frozen=True, slots=True)
class Ended:
    """What the schedule asks of a record that has ended."""

    kind: str
    outcome: str
    on: date
    born: date | None
    last_entry: date


@dataclass(frozen=True, slots=True)
class Computed:
    """From when a record may be deleted, and why; `due_on` is None where it is kept for good, or nobody has said."""

    record: str
    rule: str
    starts_from: str
    starts_on: date
    due_on: date | None


def record_of(kind: str, outcome: str) -> str:
    """Return the code of retention_records for a record that ended so."""
    return (_CASES if kind == CASE else _REFERRALS).get(outcome, kind)


def computed(schedule: Sequence[Entry], ended: Ended) -> Computed:
    """Apply the schedule: the rule for records that ended so, else the one for every record of the kind."""
    record = record_of(ended.kind, ended.outcome)
    by_record = {entry["record"]: entry for entry in schedule}
    rule = by_record.get(record) or by_record.get(ended.kind)
    if rule is None:
        # Nobody has decided how long such a record is kept: it is kept.
        return Computed(record, "", "ended", ended.on, None)
    starts_on = _start(rule["starts_from"], ended)
    due_on = later(starts_on, rule["years"]) if rule["action"] == DISPOSE else None
    return Computed(record, rule["code"], rule["starts_from"], starts_on, due_on)


def _start(starts_from: str, ended: Ended) -> date:
    if starts_from == "last_entry":
        return max(ended.on, ended.last_entry)
    age = _BIRTHDAYS.get(starts_from)
    if age is None:
        return ended.on
    # No record is due before it has ended; of an unknown birthday the latest that can be.
    return max(ended.on, later(ended.born or ended.on, age))


def later(day: date, years: int) -> date:
    """Return the same day so many years later; of a 29 February the 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def faults(schedule: Sequence[Entry]) -> Iterator[str]:
    """Yield what is wrong with all rules together: two for the same records, or none for what no other rule covers."""
    records = [entry["record"] for entry in schedule]
    if len(set(records)) < len(records):
        yield "Two rules are about the same records: nobody could tell which one counts."
    for kind, words in ((CASE, "a case"), (REFERRAL, "a referral")):
        if kind not in records:
            yield f"No rule is about {words}, however it ended. Records that no rule names would be kept for good."


@dataclass(frozen=True, slots=True)
class Asked:
    """Who acts on an order, and whether a second person is being asked about it already."""

    user_id: UUID
    role: Role
    is_asked: bool


def governance_asks(order: Order, asked: Asked, _given: Given | None) -> Iterator[str]:
    """Three people: who proposed it has no part in agreeing, and information governance is the first who does."""
    if asked.user_id == order.proposed_by_id:
        yield "You proposed this. Information governance agrees first, and then another person who is not you."
    elif not asked.is_asked and asked.role is not Role.INFORMATION_GOVERNANCE:
        yield "Information governance has to agree first. Then you are asked as the second person."


def not_from_a_death(hold: Hold, stands: bool, _given: Given | None) -> Iterator[str]:
    """While a death stands, its hold stands too: whoever recorded it takes it back first."""
    if hold.reason_code == DIED and stands:
        yield "This hold stands because a death is recorded. It can be released when two managers have taken that back."
