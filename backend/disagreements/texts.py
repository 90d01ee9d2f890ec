"""The words of messages about disagreements: which decision, which stage, by when; never what somebody wrote."""

from collections.abc import Mapping

from backend.core import vocabulary
from backend.deadlines.calendar import in_words
from backend.disagreements.models import Disagreement
from backend.notifications.texts import register_text

_TEXTS = (
    (
        "disagreement_raised",
        "{agency} disagrees with a decision about {reference}",
        (
            "{agency} disagrees with what {holder} decided about {reference}: {reason}. Read what they say, speak to "
            "{person}, and answer by {due}. The decision stands meanwhile, and help goes on."
        ),
    ),
    (
        "disagreement_unsafe",
        "{agency} says the child is not safe now: {reference}",
        (
            "{agency} disagrees with what {holder} decided about {reference} and says that the child is not safe now. "
            "Ring {person} at once, then step it up or write down why not."
        ),
    ),
    (
        "disagreement_answered",
        "{to_agency} has answered your disagreement about {reference}",
        (
            "{to_agency} stands by the decision about {reference}. Read why. Accept the answer, or take it to the "
            "next stage, by {due}."
        ),
    ),
    (
        "disagreement_upheld",
        "Your disagreement about {reference} was upheld",
        "{to_agency} agrees with you about {reference}. The decision is reopened or corrected within one working day.",
    ),
    (
        "disagreement_escalated",
        "A disagreement about {reference} is now yours to answer",
        (
            "{agency} disagrees with what {holder} decided about {reference}: {reason}. It has come to you ({level}). "
            "Read both sides, speak to them, and answer by {due}."
        ),
    ),
    (
        "disagreement_moved_on",
        "The disagreement about {reference} has been taken further",
        "The disagreement of {agency} about {reference} is now with {to_agency} ({level}), who will answer by {due}.",
    ),
    (
        "disagreement_ended",
        "The disagreement about {reference} has ended: {outcome}",
        "The disagreement of {agency} about {reference} has ended: {outcome}.",
    ),
)
_OUTCOMES = {
    Disagreement.UPHELD: "Upheld",
    Disagreement.NOT_UPHELD: "Not upheld: the decision stands",
}


def register() -> None:
    """Register every text."""
    for code, subject, body in _TEXTS:
        register_text(code, subject, body)


def outcome(target: Disagreement) -> str:
    """Return in words how it ended; while it goes on, its state."""
    return _OUTCOMES.get(target.outcome) or Disagreement.LABELS[target.state]


def stage_words(stage: int) -> str:
    """Return a stage as people say it."""
    return vocabulary.get("disagreement_stages").label(str(stage))


def fields(target: Disagreement) -> Mapping[str, str]:
    """Return what messages may say of a disagreement; reasons are the words of codes."""
    return {
        "reference": target.reference,
        "agency": target.raising_agency.name,
        "person": target.raised_by_name,
        "holder": target.deciding_agency.name,
        "to_agency": target.owner_agency.name,
        "reason": vocabulary.get("disagreement_grounds").label(target.ground).lower(),
        "level": stage_words(target.stage).lower(),
        "outcome": outcome(target).lower(),
        "due": in_words(target.next_due_at) if target.next_due_at else "a time to be agreed",
    }
