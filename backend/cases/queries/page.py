"""Reads of what stands around a case on its page: who belongs to the family, and how it may be reached."""

from collections.abc import Collection
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q, QuerySet

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.models import Link
from backend.access.policy import Permission
from backend.cases.models import Case
from backend.children.models import ContactPoint, Person
from backend.core.among import among

# More than any household; it bounds what many referrals about one child say.
_MOST = 200
# Keys grow with time: read by its root, downwards, it begins with the referral that was made last.
_LATEST_FIRST = ("-root_id", "position", "id")


def said_numbers(actor: Actor, case: Case) -> QuerySet[ContactPoint]:
    """Return the family's numbers, as the referrals say them that the case answers and the actor reads."""
    return ContactPoint.objects.filter(_said_in_readable(actor, case)).order_by(*_LATEST_FIRST)


def people_of(actor: Actor, case: Case, *, besides: Collection[UUID | None]) -> list[Person]:
    """Return the child's household and network, as the referrals say it that the actor reads; each person once.

    The latest referral that names somebody in the same relationship is the one that counts. Nobody who is among
    `besides`, whichever referral named them again.
    """
    found = Person.objects.filter(_said_in_readable(actor, case)).order_by(*_LATEST_FIRST)[:_MOST]
    left_out = {_key(person) for person in found if person.id in besides}
    named: dict[tuple[str, str], Person] = {}
    for person in found:
        named.setdefault(_key(person), person)
    return [person for key, person in named.items() if key not in left_out]


def _key(person: Person) -> tuple[str, str]:
    """Return what makes two mentions one person; nobody can say whether two without a name are one."""
    return person.name.casefold() or str(person.id), person.relationship


def _said_in_readable(actor: Actor, case: Case) -> Q:
    return among("root_id", ArraySubquery(readable_referrals(actor, case)))


def readable_referrals(actor: Actor, case: Case) -> "QuerySet[Link, UUID]":
    """Return a subquery of the referrals that the case answers and whose text the actor reads."""
    reads = policy.relations_that([Permission.REFERRAL_READ_TEXT], actor.role)
    readable = queries.reached_by_link(actor, reads, by="root_id")
    return Link.objects.filter(readable, parent_id=case.id).values_list("root_id", flat=True)
