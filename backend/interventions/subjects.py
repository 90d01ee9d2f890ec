"""What reminders of an intervention's clocks may say: the case's reference, the page and whose turn it is."""

from uuid import UUID

from backend.deadlines.registration import Subject
from backend.interventions.models import Intervention
from backend.interventions.queries import goes_on_in, lead_of
from backend.notifications.audience import Person

ANSWER, STILL_NEEDED = "provider_answer", "still_needed"


def subject(intervention_id: UUID) -> Subject | None:
    """Return what a reminder may say; an offer's is for the provider's managers, the others for the lead."""
    target = Intervention.objects.filter(pk=intervention_id).first()
    if target is None:
        return None
    asked = target.state == Intervention.OFFERED and target.provider_agency_id is not None
    lead = None if asked else lead_of(goes_on_in(target))
    audience = Person(lead) if lead else None
    return Subject(target.case_reference, f"/interventions/{target.id}", audience)
