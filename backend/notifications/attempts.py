"""How often and how late we try again, and what is written down when we stop."""

from collections import Counter
from datetime import timedelta
from threading import Lock

import structlog
from django.core.mail import EmailMessage

from backend.core import clock
from backend.notifications.models import Attempted, Delivery

MAX_ATTEMPTS = 8
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=6)
_GROWTH = 4
log = structlog.get_logger(__name__)
# How tries went in this process, by what it was and how, since somebody last took the numbers.
_outcomes: Counter[tuple[str, str]] = Counter()
_counting = Lock()


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after the `attempts`th failure: 30 s, 2 min, 8 min … 6 h; some 15 hours in all."""
    growth: int = _GROWTH ** (attempts - 1)
    return min(_FIRST_WAIT * growth, _LONGEST_WAIT)


def note_success(attempted: Attempted) -> None:
    """Mark as sent, in memory."""
    _count(attempted, "sent")
    attempted.state = Delivery.SENT
    attempted.sent_at = clock.now()
    attempted.last_error = ""


def note_failure(attempted: Attempted, error: str) -> None:
    """Count a failure, in memory: try again later, or give up with a log line that names nobody."""
    attempted.attempts += 1
    attempted.last_error = error[:100]
    _count(attempted, "failed" if attempted.attempts < MAX_ATTEMPTS else "given_up")
    if attempted.attempts < MAX_ATTEMPTS:
        attempted.next_try_at = clock.now() + wait_after(attempted.attempts)
        return
    give_up(attempted)
    log.error("given up", what=type(attempted).__name__, id=str(attempted.pk), error=attempted.last_error)


def send(attempted: Attempted, letter: EmailMessage) -> None:
    """Send an email and note how it went, in memory."""
    try:
        letter.send()
    except Exception as error:
        # Whatever a mail server does, this one is tried again and the others go out.
        note_failure(attempted, type(error).__name__)
    else:
        note_success(attempted)


def give_up(attempted: Attempted) -> None:
    """Stop trying, in memory: it has failed too often, or must not go out any more."""
    attempted.state = Delivery.DEAD


def take_outcomes() -> Counter[tuple[str, str]]:
    """Return how tries went since the last call, as ("email", "sent"): a try that was rolled back counts as well."""
    with _counting:
        taken = _outcomes.copy()
        _outcomes.clear()
    return taken


def _count(attempted: Attempted, outcome: str) -> None:
    with _counting:
        _outcomes[type(attempted).__name__.lower(), outcome] += 1
