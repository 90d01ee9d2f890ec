"""The words of the verbs about what somebody said, as a refusal because somebody was faster says them."""

from backend.audit.verbs import register_verbs

_LABELS = {
    "saying.record": "Wrote down what somebody said",
    "saying.correct": "Corrected what was written down",
    "saying.release": "Released the words",
    "saying.keep_back": "Sent it back",
    "saying.take_back": "Took it back",
    "saying.bring_back": "Brought it back",
}


def register() -> None:
    """Register them."""
    register_verbs(_LABELS)
