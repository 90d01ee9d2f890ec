"""The machine of a referral: every edge and act, in the order a screen offers them."""

from uuid import UUID

from backend.access.actors import Actor
from backend.access.binding import acting_as_system
from backend.core.errors import Refusal
from backend.deadlines.registration import Subject
from backend.notifications.audience import Person
from backend.referrals.commands import acts, edges_deciding, edges_dying, edges_to_triage
from backend.referrals.models import InformationRequest, Referral
from backend.referrals.queries.facts import facts
from backend.referrals.queries.lists import answered_in_full
from backend.referrals.queries.seeing import visible_to
from backend.referrals.texts import referral_fields
from backend.workflow.machine import Machine

RESUME_JOB = "referrals.resume_triage"
# The clocks that run on a referral, by which reminders find what to call it.
CLOCKS = (
    *("acknowledge", "decide", "total_age", "tell_school", "feedback", "written_follow_up", "take"),
    "disagreement_remedy",
    "reach_child",
)
_EDGES = {**edges_to_triage.EDGES, **edges_deciding.EDGES, **acts.ACTS, **edges_dying.EDGES}
# As a screen offers them: what moves it on first, then what ends it, then what puts it right.
_ORDER = (
    *("submit", "withdraw", "start_triage", "take", "return_to_sender"),
    *("accept", "link", "signpost", "decline", "request_information", "resume_triage", "redirect", "recall"),
    *("step_up", "confirm_handover", "handover_refused", "reopen"),
    *("record_told", "give_status_link", "take_back_status_link", "record_follow_up"),
    *("disagree", "amend", "correct", "rematch", "ask_to_withdraw"),
    *("mark_entered_in_error", "record_death", "take_back_death"),
)


def path(referral_id: UUID) -> str:
    """Return the page of a referral."""
    return f"/referrals/{referral_id}"


referral_machine: Machine[Referral] = Machine(
    noun="referral",
    model=Referral,
    edges={name: _EDGES[name] for name in _ORDER},
    visible_to=visible_to,
    facts=facts,
    fields=referral_fields,
    path=lambda referral: path(referral.id),
    owner_agency=lambda referral: referral.holder_id,
    labels=Referral.LABELS,
)


def recall_unanswered(referral_id: UUID, actor: Actor) -> None:
    """Take back an offer that nobody answered in time; a second call does nothing."""
    if Referral.objects.filter(pk=referral_id, state=Referral.REDIRECTED).exists():
        referral_machine.perform(actor, "recall", referral_id, version=None, given={})


def resume_answered() -> int:
    """Bring referrals back to triage whose last question has ended; return how many."""
    with acting_as_system(job=RESUME_JOB):
        waiting = list(answered_in_full())
    return sum(_resume(referral_id) for referral_id in waiting)


def _resume(referral_id: UUID) -> bool:
    try:
        with acting_as_system(job=RESUME_JOB, root_id=referral_id) as actor:
            referral_machine.perform(actor, "resume_triage", referral_id, version=None, given={})
    except Refusal:
        # An officer went on by hand, or asked again, a moment ago.
        return False
    return True


def subject(referral_id: UUID) -> Subject | None:
    """Return what a reminder may say of a referral, and who has it in hand."""
    referral = Referral.objects.filter(pk=referral_id).first()
    if referral is None:
        return None
    officer = Person(referral.triage_officer_id) if referral.triage_officer_id else None
    return Subject(referral.reference, f"/referrals/{referral_id}", officer)


def question_subject(question_id: UUID) -> Subject | None:
    """Return what a reminder may say of a question."""
    reference = InformationRequest.objects.filter(pk=question_id).values_list("reference", flat=True).first()
    return Subject(reference, f"/information-requests/{question_id}") if reference else None
