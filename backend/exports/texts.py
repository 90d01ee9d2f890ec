"""What is said of exports: that one is ready, and that one could not be made."""

from backend.notifications.texts import register_text


def register() -> None:
    """Register the words of the messages."""
    register_text(
        "export_ready",
        "Your export is ready: {label}",
        "The list that you asked for is ready. You can download it until {due}; then the file is deleted.",
    )
    register_text(
        "export_failed",
        "An export could not be made: {label}",
        "The list that you asked for could not be made. The page of your exports says why, and what you can do.",
    )
