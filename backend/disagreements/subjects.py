"""What reminders of a disagreement's clocks may say: the reference of what was decided, the page, whose turn it is."""

from uuid import UUID

from backend.deadlines.registration import Subject
from backend.disagreements.models import Disagreement
from backend.notifications.audience import Person

CLOCKS = ("disagreement_reply", "disagreement_stage_2", "disagreement_response")


def subject(disagreement_id: UUID) -> Subject | None:
    """Return what a reminder may say; the raiser has the next word on an answer, else the owner's managers."""
    target = Disagreement.objects.filter(pk=disagreement_id).first()
    if target is None:
        return None
    raiser = Person(target.raised_by_id) if target.state == Disagreement.ANSWERED else None
    return Subject(target.reference, f"/disagreements/{target.id}", raiser)
