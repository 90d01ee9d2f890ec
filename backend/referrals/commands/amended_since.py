"""What others amended in a referral since somebody opened its answers: what each said then, and what it says now."""

from typing import Any
from uuid import UUID

from backend.access.marks import Mark, marks_shown
from backend.audit.models import Event
from backend.referrals.form.marking import apart, together
from backend.referrals.intake.reading_back import answers_of
from backend.referrals.models import Referral
from backend.referrals.queries.detail import parts
from backend.workflow.changing import Change

Answers = dict[str, Any]


def answers_since(change: Change[Referral], version: int) -> tuple[Answers, Answers]:
    """Return the answers as they stood at a version and as they stand now, each as the reader may see it.

    What stood then follows from the amendments since, taken back from the last to the first: those that bear a label
    which the reader does not read are left out of both.
    """
    found = parts(change.target).within(marks_shown(change.actor, change.relations))
    now = answers_of(found.sent(change.target, change.target.about))
    since = _changes_since(change.target, version)
    marked = apart(now)
    for one in reversed(found.amendments):
        if one.change_id in since:
            marked[one.field, Mark(one.mark)] = one.before
    was = together({key: value for key, value in marked.items() if value is not None})
    return _named(was), _named(now)


def _changes_since(referral: Referral, version: int) -> set[UUID]:
    done = Event.objects.filter(root_id=referral.id, verb="referral.amend", version__gt=version)
    return {UUID(data["change_id"]) for data in done.values_list("data", flat=True)}


def _named(answers: Answers) -> Answers:
    """Each is an answer within the form's one field, as its refusals name it."""
    return {f"answers.{name}": value for name, value in answers.items()}
