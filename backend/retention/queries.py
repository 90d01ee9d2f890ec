"""Reads of what is due, of holds and orders, and of what stands in the way."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from backend.access import policy
from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.agencies.models import Partnership
from backend.agencies.roles import Role
from backend.configuration.models import Version
from backend.configuration.queries import in_force
from backend.core import clock
from backend.deadlines.calendar import local
from backend.retention.models import Certificate, Due, DueChild, Hold, Order, OrderChild
from backend.retention.rules import SCHEDULE, Asked
from backend.retention.states import WAITING
from backend.workflow.models import Confirmation

_KEPT_BY = "SELECT id, kept_by FROM app.why_each_kept(%s, %s)"
_TO_HOLD = "SELECT id, child_id, agency_id, partnership_id, path FROM app.record_to_hold(%s)"
_DEATHS = """SELECT d.root_id, d.child_id FROM children_death d
  WHERE d.taken_back_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM retention_hold h WHERE h.child_id = d.child_id AND h.reason_code = 'died' AND h.state = 'held')"""


def today() -> date:
    """Return the day it is in England."""
    return local(clock.now()).date()


def governs(actor: Actor) -> bool:
    """Say whether the actor answers for the information of the whole partnership, and not for one agency's."""
    return actor.role is Role.INFORMATION_GOVERNANCE


def due_children(actor: Actor) -> QuerySet[DueChild]:
    """Return the children of whom all has ended and is due, that the actor answers for; the longest due first."""
    found = DueChild.objects.filter(due_on__lte=today())
    mine = Q(partnership_id=actor.partnership_id) if governs(actor) else Q(agency_ids__contains=[actor.agency_id])
    return found.filter(mine).order_by("due_on", "id")


def records_of(actor: Actor) -> QuerySet[Due]:
    """Return the ended records that the actor's agency keeps, or the partnership; what is due next comes first."""
    mine = Q(partnership_id=actor.partnership_id) if governs(actor) else Q(agency_id=actor.agency_id)
    return Due.objects.filter(mine, due_on__isnull=False).order_by("due_on", "id")


def kept_by(children: Collection[UUID]) -> dict[UUID, list[str]]:
    """Return what keeps each of these children today, in one statement; without those that the actor may not see."""
    with connection.cursor() as cursor:
        cursor.execute(_KEPT_BY, [list(children), today()])
        return dict(cursor.fetchall())


def holds(actor: Actor) -> QuerySet[Hold]:
    """Return the holds that the actor answers for."""
    found = Hold.objects.select_related("agency")
    if actor.is_system:
        return found
    if not policy.holds(actor, Permission.RETENTION_SEE):
        return found.none()
    mine = Q(partnership_id=actor.partnership_id) if governs(actor) else Q(agency_id=actor.agency_id)
    return found.filter(mine)


def orders(actor: Actor) -> QuerySet[Order]:
    """Return the orders that the actor answers for."""
    found = Order.objects.select_related("agency")
    if actor.is_system:
        return found
    if not policy.holds(actor, Permission.RETENTION_SEE):
        return found.none()
    mine = Q(partnership_id=actor.partnership_id) if governs(actor) else Q(agency_id=actor.agency_id)
    return found.filter(mine)


def counted(found: QuerySet[Order]) -> QuerySet[Order]:
    """Say of each order how many children are on it, and how many were deleted."""
    deleted = Count("children", filter=Q(children__state=OrderChild.DELETED))
    return found.annotate(child_count=Count("children"), deleted_count=deleted)


def certificates(actor: Actor) -> QuerySet[Certificate]:
    """Return the certificates of the orders that the actor answers for, the latest first."""
    found = Certificate.objects.select_related("order", "order__agency")
    return found.filter(order__in=orders(actor)).order_by("-at", "-id")


def order_facts(order: Order, actor: Actor) -> Asked:
    """Return who acts, and whether a second person is being asked already."""
    waiting = Confirmation.objects.filter(target_id=order.id, state=Confirmation.ASKED).exists()
    return Asked(actor.user_id, actor.role, waiting)


def death_stands(hold: Hold) -> bool:
    """Say whether a death is recorded of the child of a hold."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app.death_stands(%s)", [hold.child_id])
        return bool(cursor.fetchone()[0])


def record_to_hold(reference: str) -> tuple[UUID, UUID, UUID, UUID, str] | None:
    """Return (id, child, agency, partnership, page) of the record called so, for who may place a hold at it."""
    with connection.cursor() as cursor:
        cursor.execute(_TO_HOLD, [reference])
        row: tuple[UUID, UUID, UUID, UUID, str] | None = cursor.fetchone()
    return row


def kept_at(root_id: UUID) -> list[tuple[str, datetime]] | None:
    """Return (reason, since) of what keeps a record, nothing for who does not read it, None for who does not see it.

    Whoever passed a referral on still has its page: the database tells them of no hold there.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT app.sees_root(%s)", [root_id])
        if not cursor.fetchone()[0]:
            return None
        cursor.execute("SELECT reason_code, placed_at FROM app.kept_at(%s)", [root_id])
        return list(cursor.fetchall())


def deaths_without_hold() -> list[tuple[UUID, UUID]]:
    """Return (record, child) of deaths that no hold was placed for yet; for the worker."""
    with connection.cursor() as cursor:
        cursor.execute(_DEATHS)
        return list(cursor.fetchall())


def schedule(partnership_id: UUID) -> Version | None:
    """Return the version of the schedule that is in force today."""
    return in_force(partnership_id, SCHEDULE, today()).first()


def to_carry_out() -> QuerySet[Order]:
    """Return agreed orders whose days are over, and those that were begun; for the worker."""
    now = clock.now()
    due = Q(state=Order.CONFIRMED, due_at__lte=now, agreed_at__lte=now - WAITING) | Q(state=Order.RUNNING)
    return Order.objects.filter(due).order_by("due_at", "id")


def partnership_name(partnership_id: UUID) -> str:
    """Return what a partnership is called."""
    return Partnership.objects.values_list("name", flat=True).get(pk=partnership_id)


def lines(order: Order) -> Iterable[OrderChild]:
    """Return the children of an order, what has been due longest first."""
    return OrderChild.objects.filter(order=order).order_by("due_on", "id")
