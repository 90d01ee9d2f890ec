"""By when a request is answered, and how long its file lies here: this partnership's own choice, kept as data."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from backend.deadlines.calendar import at_local, due

_FILE = Path(__file__).resolve().parents[2] / "fixtures" / "reference" / "subject_access.json"
_MIDDAY = time(12)


@dataclass(frozen=True, slots=True)
class _Target:
    amount: int
    unit: str


@cache
def _given() -> dict[str, Any]:
    given: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return given


def answered_by(received_on: date) -> datetime:
    """Return by when a request that came on a day is to be answered."""
    return _later("answer", received_on)


def extended_to(received_on: date) -> datetime:
    """Return by when it is, where it takes longer for a reason that whoever asked was told."""
    answer, more = _given()["answer"], _given()["extension"]
    return due(_Target(answer["amount"] + more["amount"], answer["unit"]), at_local(received_on, _MIDDAY))


def kept_for() -> timedelta:
    """Return how long the file can be downloaded."""
    return timedelta(days=_given()["kept_days"])


def _later(name: str, received_on: date) -> datetime:
    return due(_Target(**_given()[name]), at_local(received_on, _MIDDAY))
