"""The words of the verbs of disagreements, as timelines say them."""

from collections.abc import Mapping

from backend.audit.verbs import register_verbs

_LABELS: Mapping[str, str] = {
    "disagreement.raise": "Disagreed with a decision",
    "disagreement.answer": "Stood by the decision",
    "disagreement.uphold": "Upheld the disagreement",
    "disagreement.accept_answer": "Accepted the answer",
    "disagreement.let_stand": "The answer was not taken further in time",
    "disagreement.escalate": "Took it to the next stage",
    "disagreement.withdraw": "Withdrew the disagreement",
}


def register() -> None:
    """Register them."""
    register_verbs(_LABELS)
