"""What reminders of an intervention's clocks may say: the case's reference, the page and whose turn it is."""

from uuid import UUID

from backend.deadlines.registration import Subject
from backend.interventions.models import Intervention
from backend.interventions.queries import goes_on_in, lead_of
from backend.notifications.audience import Person

ANSWER, START, STILL_NEEDED = "provider_answer", "service_start", "still_needed"


def subject(intervention_id: UUID) -> Subject | None:
    """Return what a reminder may say; what a provider owes is for who gives it there, the rest for the lead."""
    target = Intervention.objects.filter(pk=intervention_id).first()
    if target is None:
        return None
    person = target.worker_id if target.is_owed else lead_of(goes_on_in(target))
    audience = Person(person) if person else None
    return Subject(target.case_reference, f"/interventions/{target.id}", audience)
