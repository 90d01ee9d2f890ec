"""The closed case after which a child is referred again, as far as whoever refers or decides may know of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from backend.cases.models import Case
from backend.referrals.models import Referral
from backend.referrals.rules.facts import A_YEAR

_FIND = "SELECT reference, lead_agency, opened_at, closed_at, closing_reason FROM app.earlier_case(%s)"


@dataclass(frozen=True, slots=True)
class HelpedBefore:
    """Help that has ended, in no one's words."""

    reference: str
    lead_agency: str
    opened_at: datetime
    # Empty when it was opened again meanwhile.
    closed_at: datetime | None
    closing_reason: str
    # For whoever opens the case itself.
    case_id: UUID | None = None


def helped_before(referral: Referral) -> HelpedBefore | None:
    """Return the case that the referral names, to its writer and its holder; no statement when there is none."""
    if referral.earlier_case_id is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [referral.id])
        row = cursor.fetchone()
    return HelpedBefore(*row) if row else None


def followed(referral: Referral, *, opens: bool) -> HelpedBefore | None:
    """Return the same on the referral's own page, and also to whoever `opens` the case itself; in one statement."""
    if opens and referral.earlier_case_id is not None:
        case = Case.objects.select_related("lead_agency").filter(pk=referral.earlier_case_id).first()
        if case is not None:
            agency, closed_at, reason = case.lead_agency.name, case.closed_at, case.closing_reason
            return HelpedBefore(case.reference, agency, case.opened_at, closed_at, reason, case_id=case.id)
    return helped_before(referral)


def is_within_a_year(ended_at: datetime | None, referral: Referral) -> bool:
    """Say whether something ended, or came, at most twelve months before a referral was sent or begun."""
    return ended_at is not None and ended_at > (referral.submitted_at or referral.created_at) - A_YEAR
