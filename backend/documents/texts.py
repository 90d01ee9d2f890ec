"""What is said of documents: to who handed one in, and in a chronology."""

from collections.abc import Mapping

from backend.audit.verbs import register_details, register_verbs
from backend.core import vocabulary
from backend.notifications.texts import register_text

_LABELS: Mapping[str, str] = {
    "document.add": "Handed a document in",
    "document.check": "A document was checked for viruses",
    "document.find_infected": "A document was not kept: a virus was found",
    "document.relabel": "Changed who may read a document",
    "document.relabel_version": "Changed who may read another version of it",
    "document.withdraw": "Took a document back",
}


def register() -> None:
    """Register the words of the verbs and of the messages."""
    register_verbs(_LABELS)
    register_details("document.add", lambda data: vocabulary.get("document_kinds").label(data.get("kind", "")))
    register_text(
        "document_infected",
        "A document for {reference} was not kept: it holds a virus",
        "The document that you handed in for {reference} holds a virus. Nobody could open it and it has been deleted. "
        "Ask whoever looks after your computer to look at it, and hand in a clean copy.",
    )
