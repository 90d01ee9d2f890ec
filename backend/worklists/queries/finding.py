"""Finding a child or a record again among those the actor may see: by a name nearly right, or by the reference."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import connection

from backend.access.actors import Actor
from backend.cases import queries as cases
from backend.cases.models import Case
from backend.children import queries as children
from backend.children.models import Child
from backend.children.names import words
from backend.core.ids import is_reference
from backend.referrals.models import Referral
from backend.referrals.queries import seeing as referrals

# Nobody reads further; who does not find a child among these says more of the name, or the date of birth.
MOST = 50
_FIND = "SELECT id FROM app.find_children(%s, %s)"


@dataclass(slots=True)
class Found:
    """Records the actor may see: those of one reference, or all about the children found, the likeliest child first."""

    cases: Sequence[Case] = ()
    referrals: Sequence[Referral] = ()
    children: dict[UUID, Child] = field(default_factory=dict)
    is_cut: bool = False


def find(actor: Actor, text: str, *, born: date | None = None) -> Found:
    """Return what the actor may see of a name (in any order, nearly right, its beginning) or of a reference."""
    if is_reference(text.strip()):
        return _by_reference(actor, text.strip().upper())
    return _by_name(actor, " ".join(words(text)), born)


def children_named(name: str, *, born: date | None = None) -> Sequence[UUID]:
    """Return the children the actor may see whose name is nearly `name`, the likeliest first, at most fifty."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [name, born])
        return [row[0] for row in cursor.fetchall()]


def _by_reference(actor: Actor, reference: str) -> Found:
    found_cases = list(cases.visible_to(actor).filter(reference=reference))
    found_referrals = list(referrals.visible_to(actor).filter(reference=reference))
    ids = {one.child_id for one in found_cases} | {one.child_id for one in found_referrals if one.child_id}
    return Found(found_cases, found_referrals, children.visible_to(actor).in_bulk(ids))


def _by_name(actor: Actor, name: str, born: date | None) -> Found:
    if not name:
        return Found()
    order = {pk: place for place, pk in enumerate(children_named(name, born=born))}
    if not order:
        return Found()

    def likeliest(record: Case | Referral) -> tuple[int, str]:
        return order.get(record.child_id, MOST) if record.child_id else MOST, record.reference

    about = cases.visible_to(actor).filter(child_id__in=order).order_by("id")[: MOST + 1]
    made = referrals.visible_to(actor).filter(child_id__in=order, submitted_at__isnull=False).order_by("-id")
    found_cases, found_referrals = list(about), list(made[: MOST + 1])
    known = children.visible_to(actor).in_bulk(order)
    is_cut = max(len(found_cases), len(found_referrals)) > MOST or len(order) == MOST
    return Found(
        sorted(found_cases[:MOST], key=likeliest),
        # A referral of which only the status may be seen was not found by its child's name.
        sorted((one for one in found_referrals[:MOST] if one.child_id in known), key=likeliest),
        known,
        is_cut,
    )
