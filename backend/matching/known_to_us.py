"""The children of one's own agency's referrals and cases who may be the one a person is writing about just now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from backend.access.actors import Actor
from backend.children import queries as children
from backend.children.match_keys import Described, keys_to_ask
from backend.children.models import Child
from backend.matching.comparing import ready
from backend.matching.models import Recognised
from backend.matching.reasons import in_words, strength
from backend.matching.side_by_side import described
from backend.matching.weighing import Weighed, weigh, weights
from backend.referrals.models import Referral
from backend.referrals.queries.seeing import visible_to

_CANDIDATES = "SELECT * FROM app.own_candidates(%s)"
_SHOWN = 5
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class KnownChild:
    """A child the actor has worked with, by the record that is most like what was typed."""

    record: Child
    strength: str
    why: tuple[str, ...]
    # The latest referral about it that the actor may open.
    referral: Referral | None
    # What the actor said of it while writing; None for nothing.
    said: bool | None


def known_children(actor: Actor, referral_id: UUID, typed: Mapping[str, Any]) -> list[KnownChild]:
    """Return at most five children whom the actor knows and who may be the one described, the likeliest first.

    `typed` are fields of a child as far as they were filled in. Children the actor may not see are not looked at.
    """
    wanted = _described(typed)
    likely = _likely(wanted)
    if not likely:
        return []
    records = children.visible_to(actor).in_bulk([record_id for record_id, _weighed in likely])
    said = dict(Recognised.objects.filter(root_id=referral_id).values_list("child_id", "is_same"))
    latest = _latest(actor, list(records))
    return [
        KnownChild(
            record=records[record_id],
            strength=strength(weighed.weight),
            why=in_words(weighed.levels),
            referral=latest.get(record_id),
            said=said.get(record_id),
        )
        for record_id, weighed in likely
        if record_id in records
    ]


def _likely(wanted: Described) -> list[tuple[UUID, Weighed]]:
    """Return the likely records, of each child the likeliest."""
    mine, by = ready(wanted), weights()
    best: dict[UUID, tuple[UUID, Weighed]] = {}
    for row in _rows(keys_to_ask(wanted)):
        weighed = weigh(mine, ready(described(row)), by)
        known = best.get(row["stands_for_id"])
        if weighed.is_likely(by) and (known is None or weighed.weight > known[1].weight):
            best[row["stands_for_id"]] = (row["id"], weighed)
    return sorted(best.values(), key=lambda one: (-one[1].weight, str(one[0])))[:_SHOWN]


def _rows(keys: list[str]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, [keys])
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _latest(actor: Actor, record_ids: list[UUID]) -> dict[UUID, Referral]:
    about = visible_to(actor).filter(child_id__in=record_ids, submitted_at__isnull=False).order_by("submitted_at")
    return {one.child_id: one for one in about if one.child_id}


def _described(typed: Mapping[str, Any]) -> Described:
    """Return what was typed, cut to what a record can hold: a draft keeps whatever is typed into it."""
    values: dict[str, Any] = {name: typed.get(name) for name in Described.__dataclass_fields__}
    cut: dict[str, Any] = {
        name: value[:_LONGEST] if isinstance(value, str) else value for name, value in values.items() if value
    }
    return Described(**cut)
