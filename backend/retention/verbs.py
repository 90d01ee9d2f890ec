"""The words of the verbs about holds and orders, as a refusal because somebody was faster says them."""

from backend.audit.verbs import register_verbs

_LABELS = {
    "hold.place": "Kept the records",
    "hold.release": "Released the hold",
    "disposal.propose": "Proposed to delete records",
    "disposal.approve": "Agreed to delete them",
    "disposal.refuse": "Did not agree",
    "disposal.withdraw": "Withdrew the list",
    "disposal.begin": "Began to delete",
    "disposal.complete": "Deleted them",
}


def register() -> None:
    """Register them."""
    register_verbs(_LABELS)
