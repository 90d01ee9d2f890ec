"""The words of the verbs about services, as a refusal because somebody was faster says them."""

from backend.audit.verbs import register_verbs

_LABELS = {
    "service.add": "Added the service",
    "service.revise": "Changed the entry",
    "service.say_capacity": "Said how much room there is",
    "service.confirm_capacity": "Said that the room and wait still hold",
    "service.pause": "Paused the service",
    "service.resume": "Opened the service again",
    "service.end": "Ended the service",
    "service.import": "Brought the entry up to date from its source",
}


def register() -> None:
    """Register them."""
    register_verbs(_LABELS)
