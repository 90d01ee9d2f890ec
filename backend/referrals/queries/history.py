"""A child's past as whoever weighs a new referral may read it: which requests and which help, in no one's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from backend.core import clock
from backend.deadlines.calendar import END_OF_DAY, add_working_days, at_local, local
from backend.referrals.models import Referral
from backend.referrals.rules.facts import A_YEAR

# Working days after the decision, as the trigger counts them (referrals/sql/50_triaging.sql).
READABLE_FOR = 5


@dataclass(frozen=True, slots=True)
class EarlierReferral:
    """An earlier request about the child."""

    id: UUID
    child_id: UUID
    reference: str
    state: str
    referrer_agency_id: UUID
    holder_id: UUID
    source: str
    level: str
    is_urgent: bool
    submitted_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class EarlierCase:
    """Help that the child has or had."""

    id: UUID
    child_id: UUID
    reference: str
    state: str
    lead_agency_id: UUID
    theme: str
    opened_at: datetime
    closed_at: datetime | None
    closing_reason: str
    # How many goals of the family ended in which way, by the code of the outcome.
    goals: Mapping[str, int]
    # Whether the referral itself says that it follows this case.
    is_followed: bool


@dataclass(frozen=True, slots=True)
class Past:
    """What went before one referral, the latest first, as far as the actor's agency weighs it (TRIAGING)."""

    referral: Referral
    referrals: tuple[EarlierReferral, ...]
    cases: tuple[EarlierCase, ...]

    @property
    def is_closed(self) -> bool:
        """Say whether the decision is so long ago that the summary is no longer theirs to read."""
        ended_at = self.referral.ended_at
        if ended_at is None:
            return False
        last = at_local(add_working_days(local(ended_at).date(), READABLE_FOR), END_OF_DAY)
        return last <= clock.now()

    @property
    def contacts(self) -> int:
        """Return how many requests about the child there were in twelve months, this one included."""
        return 1 + len(self._lately)

    @property
    def agencies(self) -> int:
        """Return how many agencies they came from."""
        return len({self.referral.referrer_agency_id, *(one.referrer_agency_id for one in self._lately)})

    @property
    def is_re_referral(self) -> bool:
        """Say whether there was a referral in the twelve months before this one (domain.md 6.6)."""
        before = self.referral.submitted_at or self.referral.created_at
        return any(before - A_YEAR < one.submitted_at < before for one in self.referrals)

    @property
    def _lately(self) -> list[EarlierReferral]:
        since = clock.now() - A_YEAR
        return [one for one in self.referrals if one.submitted_at > since]


def past_of(referral: Referral) -> Past:
    """Return the summary of a child's past in one statement; the database decides which roots the actor may weigh."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app.history_summary(%s)", [referral.id])
        (found,) = cursor.fetchone()
    summary = orjson.loads(found) if isinstance(found, str) else found
    return Past(
        referral,
        tuple(_referral(row) for row in summary["referrals"]),
        tuple(_case(row) for row in summary["cases"]),
    )


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _referral(row: Mapping[str, Any]) -> EarlierReferral:
    return EarlierReferral(
        id=UUID(row["id"]),
        child_id=UUID(row["child_id"]),
        reference=row["reference"],
        state=row["state"],
        referrer_agency_id=UUID(row["referrer_agency_id"]),
        holder_id=UUID(row["holder_id"]),
        source=row["source"],
        level=row["level_decided"] or row["level_believed"],
        is_urgent=row["is_urgent"],
        submitted_at=datetime.fromisoformat(row["submitted_at"]),
        ended_at=_moment(row["ended_at"]),
    )


def _case(row: Mapping[str, Any]) -> EarlierCase:
    return EarlierCase(
        id=UUID(row["id"]),
        child_id=UUID(row["child_id"]),
        reference=row["reference"],
        state=row["state"],
        lead_agency_id=UUID(row["lead_agency_id"]),
        theme=row["theme"],
        opened_at=datetime.fromisoformat(row["opened_at"]),
        closed_at=_moment(row["closed_at"]),
        closing_reason=row["closing_reason"],
        goals=row["goals"],
        is_followed=bool(row["is_followed"]),
    )
