"""Which agencies a referral can go to, and which of them takes it at once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from backend.agencies.models import Agency, Membership
from backend.agencies.roles import Role
from backend.core import clock
from backend.core.errors import Conflict
from backend.referrals.form.parts import Choice

AT_ONCE = "Receives this straight away"
AS_PREFERENCE = "The front door receives this and sees your choice"


@dataclass(frozen=True, slots=True)
class Receiver:
    """An agency that can be chosen. `takes_at_once`: it receives by duty and has somebody to triage and to manage."""

    id: UUID
    name: str
    kind: str
    phone: str
    out_of_hours_name: str
    out_of_hours_phone: str
    takes_at_once: bool
    is_staffed: bool = False


@dataclass(frozen=True)
class Receivers:
    """The agencies of a partnership that are there now, and its front door."""

    all: Mapping[UUID, Receiver]
    front_door: Receiver | None

    def chosen(self, value: object) -> Receiver | None:
        """Return the agency an answer means; None for no answer and for anything that is no agency here."""
        return self._by_text.get(value) if isinstance(value, str) else None

    def holder(self, value: object) -> Receiver:
        """Return who holds the referral when it is sent: the chosen agency if it takes at once, else the front door.

        Raises Conflict when the partnership has no front door.
        """
        holder = self._holder(value)
        if holder is None:
            raise Conflict("Your partnership has no front door yet. Ask your system administrator.", code="not_ready")
        return holder

    def kind_of_holder(self, value: object) -> str:
        """Return the kind of agency that would hold it, empty when there is none."""
        holder = self._holder(value)
        return holder.kind if holder else ""

    def opened_by(self, agency_id: UUID) -> "Receivers":
        """Return the same where a service's agency takes what is sent to it, as it said, if it has the people to."""
        one = self.all.get(agency_id)
        if one is None or not one.is_staffed:
            return self
        return Receivers({**self.all, agency_id: replace(one, takes_at_once=True)}, self.front_door)

    def choices(self, own_agency_id: UUID | None) -> tuple[Choice, ...]:
        """Return what a person may choose: those that take it at once first, the front door before all."""
        rows = [one for one in self.all.values() if one.takes_at_once or one.id != own_agency_id]
        rows.sort(key=lambda one: (one != self.front_door, not one.takes_at_once, one.name))
        return tuple(
            Choice(str(one.id), one.name, group=AT_ONCE if self._takes(one) else AS_PREFERENCE) for one in rows
        )

    def names(self) -> dict[str, str]:
        """Return the name of each agency by its id as an answer holds it."""
        return {text: one.name for text, one in self._by_text.items()}

    def _holder(self, value: object) -> Receiver | None:
        chosen = self.chosen(value)
        return chosen if chosen is not None and chosen.takes_at_once else self.front_door

    def _takes(self, one: Receiver) -> bool:
        return one.takes_at_once or one == self.front_door

    @cached_property
    def _by_text(self) -> dict[str, Receiver]:
        return {str(agency_id): one for agency_id, one in self.all.items()}


def receivers(partnership_id: UUID) -> Receivers:
    """Return the agencies of a partnership that have not ended, in one statement."""
    rows = (
        Agency.objects.filter(partnership_id=partnership_id, ended_at=None)
        .annotate(
            is_front_door=Q(pk=F("partnership__front_door_id")),
            has_officer=Exists(_active(Role.TRIAGE_OFFICER)),
            has_manager=Exists(_active(Role.MANAGER)),
        )
        .order_by("name", "id")
    )
    everyone: dict[UUID, Receiver] = {}
    front_door: Receiver | None = None
    for row in rows:
        everyone[row.id] = one = _receiver(row, is_staffed=row.has_officer and row.has_manager)
        front_door = one if row.is_front_door else front_door
    return Receivers(everyone, front_door)


def _receiver(row: Agency, *, is_staffed: bool) -> Receiver:
    return Receiver(
        id=row.id,
        name=row.name,
        kind=row.kind,
        phone=row.phone,
        out_of_hours_name=row.out_of_hours_name,
        out_of_hours_phone=row.out_of_hours_phone,
        takes_at_once=row.receives_by_duty and is_staffed,
        is_staffed=is_staffed,
    )


def _active(role: Role) -> QuerySet[Membership]:
    return Membership.objects.filter(
        agency_id=OuterRef("pk"), role=role, ended_at=None, started_at__lte=clock.now(), user__is_active=True
    )
