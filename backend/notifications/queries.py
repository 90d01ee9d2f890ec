"""Reads of messages and of what could not be delivered."""

from django.db.models import QuerySet

from backend.access.actors import Actor
from backend.notifications.models import Delivery, Email, Message, NotificationSettings, Outbox


def messages_of(actor: Actor) -> QuerySet[Message]:
    """Return what the actor was told, in whichever role; nothing for the system."""
    return Message.objects.filter(user_id=actor.user_id)


def settings_of(actor: Actor) -> QuerySet[NotificationSettings]:
    """Return the actor's own settings: one row, or none where they have chosen nothing."""
    return NotificationSettings.objects.filter(user_id=actor.user_id)


def dead_letters(*, using: str = "default") -> list[Outbox | Email]:
    """Return what we gave up delivering, outbox rows first, the oldest first; the web role may not look."""
    return [
        *Outbox.objects.using(using).filter(state=Delivery.DEAD).order_by("id"),
        *Email.objects.using(using).filter(state=Delivery.DEAD).order_by("id"),
    ]
