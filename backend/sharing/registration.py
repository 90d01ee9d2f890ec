"""How apps above say what their shares are of, and close what one has opened once its last day is over."""

from collections.abc import Callable
from uuid import UUID

from backend.access.actors import Actor
from backend.deadlines.registration import Subject
from backend.sharing.models import Disclosure

# Whom to remind before a share of this record ends; None where it is no record of that app, or nobody needs to know.
Describe = Callable[[Disclosure], Subject | None]
# Close what a share opened; False where it is no share of a record of that app.
Close = Callable[[Actor, Disclosure], bool]
_kept: dict[str, tuple[Describe, Close]] = {}


def renewal_path(record: str, share: Disclosure) -> str:
    """Return the page of the app, under a record's own, on which a share that ends soon is renewed."""
    return f"{record}/do/renew_sharing?at=shares&disclosure={share.id}"


def register_shared(noun: str, describe: Describe, close: Close) -> None:
    """Let shares of one kind of record be reminded of and ended; called in the app's ready()."""
    _kept[noun] = (describe, close)


def shared_nouns() -> list[str]:
    """Return the kinds of record whose shares end by themselves."""
    return sorted(_kept)


def subject(share_id: UUID) -> Subject | None:
    """Return what a reminder may say of a share that ends soon."""
    share = Disclosure.objects.filter(pk=share_id).first()
    found = (describe(share) for describe, _close in _kept.values()) if share else iter(())
    return next((one for one in found if one is not None), None)


def close_what_ended(share: Disclosure, actor: Actor) -> None:
    """Close what the share opened, at the record it is of."""
    for _describe, close in _kept.values():
        if close(actor, share):
            return
