"""What writes: telling (an outbox row in the transaction of the change it tells of), reading, and another try."""

from collections.abc import Mapping
from uuid import UUID

from backend.access.actors import Actor
from backend.core import clock
from backend.core.errors import NotFound
from backend.notifications import texts
from backend.notifications.audience import Audience, as_data
from backend.notifications.models import Delivery, Email, Message, Outbox
from backend.notifications.queries import messages_of


def tell(
    *,
    event_id: UUID | None,
    root_id: UUID | None,
    audience: Audience,
    message: str,
    fields: Mapping[str, str],
    path: str,
    urgent: bool = False,
) -> None:
    """Write one outbox row; the worker turns it into a message for everybody the audience stands for.

    Raise ValueError, before anything is written, for an unknown text, a missing field or one that may not travel.
    """
    words = texts.text(message)
    unsafe = set(fields) - texts.SAFE_FIELDS
    missing = words.fields - set(fields)
    if unsafe or missing:
        raise ValueError(f"{message}: fields not allowed {sorted(unsafe)}, fields missing {sorted(missing)}")
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError("a message leads to a path of this site")
    Outbox.objects.create(
        event_id=event_id,
        root_id=root_id,
        audience=as_data(audience),
        message=message,
        fields={name: str(fields[name]) for name in words.fields},
        path=path,
        urgent=urgent,
    )


def read(actor: Actor, message_id: UUID) -> Message:
    """Note that the actor has read a message of theirs and return it; once read, reading again changes nothing."""
    own = messages_of(actor)
    own.filter(pk=message_id, read_at__isnull=True).update(read_at=clock.now())
    message = own.filter(pk=message_id).first()
    if message is None:
        raise NotFound
    return message


def try_again(attempted: Outbox | Email) -> None:
    """Give something we had given up all its attempts again, from now."""
    attempted.state = Delivery.PENDING
    attempted.attempts = 0
    attempted.next_try_at = clock.now()
    attempted.save(update_fields=["state", "attempts", "next_try_at"])
