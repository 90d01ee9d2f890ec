"""What was sent is kept for a while, to answer who was told what, and then deleted in batches."""

from datetime import timedelta

from backend.access.binding import acting_as_system
from backend.core import clock
from backend.notifications.models import Attempted, Delivery, Email, Outbox

# Long enough to look into a complaint about a message; what people were told stays with them as messages.
KEPT = timedelta(days=90)
BATCH = 1_000


def forget_sent() -> int:
    """Delete outbox rows and emails sent longer ago than `KEPT`; what waits or was given up stays. Return how many."""
    return _forget(Outbox) + _forget(Email)


def _forget(model: type[Attempted]) -> int:
    deleted = 0
    while batch := _delete_batch(model):
        deleted += batch
    return deleted


def _delete_batch(model: type[Attempted]) -> int:
    """Delete one batch in a transaction of its own, so that a large backlog never holds locks for long."""
    with acting_as_system(job="notifications.forget_sent"):
        old = model._default_manager.filter(state=Delivery.SENT, sent_at__lt=clock.now() - KEPT)
        batch = list(old.order_by("sent_at").values_list("pk", flat=True)[:BATCH])
        model._default_manager.filter(pk__in=batch, state=Delivery.SENT).delete()
    return len(batch)
