"""What a case and a referral have in common when a child has died: whom it concerns, and which day it can have been."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from backend.access.queries import involved_with
from backend.access.relations import Relation
from backend.agencies.roles import Role
from backend.children.models import Child
from backend.notifications.audience import AgencyRoles, Audience, Person
from backend.notifications.commands import Notice, tell_all

ALWAYS_TWO = "A second person has to agree before anything follows from it."
# Messages say nothing of a death and lead to no record, which most who get them may not open from then on.
NO_PAGE = "/messages"
# Who may have something planned with the family, and hears at once that they do nothing more before they have rung.
_PLANS = (
    *(Relation.WORKER, Relation.TEAM, Relation.OWNER, Relation.PROVIDER, Relation.CREATOR),
    *(Relation.OFFERED, Relation.OFFERED_LEAD, Relation.ASKED, Relation.HOLDER, Relation.LEAD),
)
_SIBLINGS = "SELECT root_id, reference, path, agency_id, person_id FROM app.siblings_at_work(%s)"


@dataclass(frozen=True, slots=True)
class Teller:
    """The agency that recorded it, which everybody is asked to ring."""

    agency: str
    phone: str


def concerned_by(child_id: UUID, *, besides: Collection[Audience]) -> tuple[Audience, ...]:
    """Return who has something to do with a child, by any of its records, but those who are told in other words."""
    found: dict[Audience, None] = {}
    for row in involved_with(child_id, _PLANS):
        if row.user_id is not None:
            found[Person(row.user_id)] = None
        elif row.agency_id is not None:
            found[AgencyRoles(row.agency_id, (Role.TRIAGE_OFFICER.value,))] = None
    return tuple(audience for audience in found if audience not in besides)


def tell_siblings(root_id: UUID, teller: Teller, *, event_id: UUID) -> None:
    """Ask whoever works with a brother or sister to ring before they go to the family again."""
    with connection.cursor() as cursor:
        cursor.execute(_SIBLINGS, [root_id])
        rows = cursor.fetchall()
    for sibling_id, reference, path, agency_id, person_id in rows:
        who: Audience = Person(person_id) if person_id else AgencyRoles(agency_id, (Role.MANAGER.value,))
        fields = {"reference": reference, "agency": teller.agency, "phone": teller.phone}
        notice = Notice(who, "case_family_needs_care", fields, path, urgent=True)
        tell_all([notice], event_id=event_id, root_id=sibling_id)


def day_problems(child: Child, died_on: date, *, today: date) -> Iterator[str]:
    """Yield why a child cannot have died on this day."""
    if died_on > today:
        yield "The day cannot be in the future."
    elif child.date_of_birth is not None and died_on < child.date_of_birth:
        yield "The day cannot be before the child was born."
