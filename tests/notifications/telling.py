"""Telling made-up staff something, and letting the worker deliver it."""

from datetime import UTC, datetime

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.core.ids import uuid7
from backend.notifications import delivery, email
from backend.notifications.audience import Audience
from backend.notifications.commands import tell
from backend.notifications.models import Message
from tests.notifications.staff import rows
from tests.worker import worker_login

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def say(actor: Actor, audience: Audience, *, urgent: bool = False, reference: str = "R-1") -> None:
    with acting(actor):
        tell(
            event_id=uuid7(),
            root_id=uuid7(),
            audience=audience,
            message="made_up",
            fields={"reference": reference},
            path="/referrals/1",
            urgent=urgent,
        )


def deliver() -> None:
    with worker_login():
        while delivery.drain():
            pass


def send() -> None:
    with worker_login():
        email.send_emails()


def subjects(actor: Actor) -> list[str]:
    with acting(actor):
        return list(Message.objects.order_by("at", "id").values_list("subject", flat=True))


def told() -> set[object]:
    return {user_id for (user_id,) in rows("SELECT user_id FROM notifications_message")}
