"""Until when a case whose lead has changed is allocated there, for the sentence that says who can do something then."""

from backend.cases.models import Case
from backend.cases.rules.between_leads import waits_for_allocation
from backend.deadlines.queries import running


def waits_for(case: Case) -> str:
    """Say who may do what is refused until the case is allocated, and by when; nothing where it does not wait."""
    if not case.is_between_leads:
        return ""
    due = running(case.id).filter(kind="allocate").values_list("due_at", flat=True).first()
    return waits_for_allocation(case, due)
