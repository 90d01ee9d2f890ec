"""How each person wants to hear by email: which kinds at once, when their digest comes, and when it stays quiet.

A message in the app comes always, and an urgent one by email at once always: nobody can put it off.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from django.utils.timezone import localtime

from backend.core import vocabulary
from backend.notifications.models import NotificationSettings

KINDS = "message_kinds"
DIGEST, AT_ONCE, URGENT_ONLY = "digest", "at_once", "urgent_only"
DIGEST_HOUR = 7
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What one person has chosen, or the standard where they have chosen nothing; hours are those of the clock here."""

    by_kind: dict[str, str] = field(default_factory=dict)
    standard: str = DIGEST
    digest_hour: int = DIGEST_HOUR
    quiet_from: int | None = None
    quiet_to: int | None = None

    def way_of(self, message: str) -> str:
        """Return how a message that is not urgent reaches them: in the digest, at once, or in the app only."""
        return self.by_kind.get(kind_of(message), self.standard)

    def loud_from(self, moment: datetime) -> datetime:
        """Return when an email that is not urgent may go: at once, or when their quiet hours are over."""
        here = localtime(moment)
        if not self._is_quiet(here.hour):
            return moment
        start = here.replace(minute=0, second=0, microsecond=0)
        return next(hour for n in range(1, 25) if not self._is_quiet((hour := localtime(start + n * _HOUR)).hour))

    def _is_quiet(self, hour: int) -> bool:
        if self.quiet_from is None or self.quiet_to is None:
            return False
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= hour < self.quiet_to
        return hour >= self.quiet_from or hour < self.quiet_to


def wishes_of(people: Iterable[UUID]) -> dict[UUID, Wishes]:
    """Return what these people have chosen, in one query; who has chosen nothing is not among them."""
    return {row.user_id: wishes_in(row) for row in NotificationSettings.objects.filter(user_id__in=list(people))}


def wishes_in(row: NotificationSettings) -> Wishes:
    """Return a row of settings as wishes."""
    return Wishes(row.by_kind, DIGEST, row.digest_hour, row.quiet_from, row.quiet_to)


@cache
def _kinds_by_prefix() -> dict[str, str]:
    return {prefix: term.code for term in vocabulary.get(KINDS) for prefix in term.more["prefixes"].split()}


def kind_of(message: str) -> str:
    """Return the kind of a message, by the first word of its code; nothing for one that belongs to none."""
    return _kinds_by_prefix().get(message.partition("_")[0], "")
