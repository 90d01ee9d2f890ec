"""What a reminder may say of a question to a second person."""

from uuid import UUID

from backend.deadlines.registration import Subject
from backend.workflow.confirmations import machines
from backend.workflow.models import Confirmation


def subject(root_id: UUID) -> Subject | None:
    """Return what the question about a record is called and where it is answered; None when none waits."""
    waiting = Confirmation.objects.filter(root_id=root_id, state=Confirmation.ASKED).order_by("id").first()
    if waiting is None:
        return None
    machine = machines[waiting.noun]
    target = machine.model.objects.filter(pk=waiting.target_id).first()
    if target is None:
        return None
    return Subject(machine.fields(target)["reference"], f"/confirmations/{waiting.id}")
