"""The words of the verbs of critical moments and of tasks, as timelines say them."""

from backend.audit.verbs import register_verbs


def register() -> None:
    """Register them."""
    register_verbs(
        {
            "moment.record": "Reported a critical moment",
            "moment.pass_on": "Passed a critical moment on",
        }
    )
