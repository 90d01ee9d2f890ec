"""Which records' shares are listed together with a case's own."""

from uuid import UUID

from backend.access.models import Link
from backend.cases.models import Case


def shared_roots(case: Case) -> list[UUID]:
    """Return the case and the referrals it answers: what was shared of them belongs together."""
    answered = Link.objects.filter(parent_id=case.id).values_list("root_id", flat=True)
    return [case.id, *answered]
