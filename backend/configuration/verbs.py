"""The words of the verbs about versions, as a refusal because somebody was faster says them."""

from backend.audit.verbs import register_verbs

_LABELS = {
    "configuration.begin": "Came with the product",
    "configuration.copy": "Began a draft",
    "configuration.put_entry": "Changed the draft",
    "configuration.remove_entry": "Removed something from the draft",
    "configuration.try_out": "Tried the draft out",
    "configuration.publish": "Published the version",
    "configuration.publish.ask_confirmation": "Asked a second person to publish it",
    "configuration.discard": "Discarded the draft",
    "configuration.supersede": "Replaced by a later version",
}


def register() -> None:
    """Register them."""
    register_verbs(_LABELS)
