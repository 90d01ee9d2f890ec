"""What reminders of the clock of a choice may say: the two references, and the page where they are answered."""

from uuid import UUID

from backend.deadlines.registration import Subject, register_subject
from backend.matching.models import CaseChoice


def register() -> None:
    """Name the record behind the clock of this app."""
    register_subject(("case_choice",), _choice)


def _choice(choice_id: UUID) -> Subject | None:
    choice = CaseChoice.objects.filter(pk=choice_id).first()
    if choice is None:
        return None
    return Subject(f"{choice.first_reference} or {choice.second_reference}", f"/case-choices/{choice.id}")
