"""What writes: telling (an outbox row in the transaction of the change it tells of), reading, and another try."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from backend.access.actors import Actor
from backend.core import clock
from backend.core.errors import NotFound
from backend.notifications import texts
from backend.notifications.audience import Audience, as_data
from backend.notifications.models import Delivery, Email, Message, Outbox
from backend.notifications.queries import messages_of


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell one audience, in the words of a registered text."""

    audience: Audience
    message: str
    fields: Mapping[str, str]
    path: str
    urgent: bool = False


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
    tell_all([Notice(audience, message, fields, path, urgent)], event_id=event_id, root_id=root_id)


def tell_all(notices: Iterable[Notice], *, event_id: UUID | None, root_id: UUID | None) -> None:
    """Write the outbox rows of one change in one statement; see `tell`."""
    Outbox.objects.bulk_create(outbox_rows(notices, event_id=event_id, root_id=root_id))


def outbox_rows(notices: Iterable[Notice], *, event_id: UUID | None, root_id: UUID | None) -> list[Outbox]:
    """Return the rows that `tell_all` writes, for a caller that writes them with its event; raises as `tell` does."""
    return [_outbox_row(notice, event_id=event_id, root_id=root_id) for notice in notices]


def _outbox_row(notice: Notice, *, event_id: UUID | None, root_id: UUID | None) -> Outbox:
    words = texts.text(notice.message)
    unsafe = set(notice.fields) - texts.SAFE_FIELDS
    missing = words.fields - set(notice.fields)
    if unsafe or missing:
        raise ValueError(f"{notice.message}: fields not allowed {sorted(unsafe)}, fields missing {sorted(missing)}")
    if not notice.path.startswith("/") or notice.path.startswith("//"):
        raise ValueError("a message leads to a path of this site")
    return Outbox(
        event_id=event_id,
        root_id=root_id,
        audience=as_data(notice.audience),
        message=notice.message,
        fields={name: str(notice.fields[name]) for name in words.fields},
        path=notice.path,
        urgent=notice.urgent,
        # What can still be undone is told when it no longer can be (delivery.py): what is urgent is told at once.
        next_try_at=clock.now() + (timedelta(0) if notice.urgent else words.wait),
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
