"""The words of the verb of letters, as a chronology says them."""

from backend.audit.verbs import register_verbs


def register() -> None:
    """Register them."""
    register_verbs({"case.write_letter": "Wrote a letter"})
