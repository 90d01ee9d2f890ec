"""The known children who may be the one a record is of: candidates by shared keys, weighed, the likeliest first."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.cases.queries import cases_known
from backend.children.match_keys import Described
from backend.children.queries import LikelyChild
from backend.matching.comparing import ready
from backend.matching.models import Merge
from backend.matching.reasons import in_words
from backend.matching.rules import MergeFacts
from backend.matching.weighing import Weighed, weigh, weights

_CANDIDATES = "SELECT * FROM app.match_candidates(%s)"
_FACTS = tuple(Described.__dataclass_fields__)
_SHOWN = 10


def likely_children(child_id: UUID, *, with_set_aside: bool = False) -> list[LikelyChild]:
    """Return at most ten known children who may be this one; none unless the actor holds a referral about it.

    The database decides who may ask, because the answer reaches past what the actor sees otherwise. Children who were
    said not to be the same are left out unless asked for.
    """
    rows = _rows(child_id)
    asked = next((row for row in rows if row["is_asked"]), None)
    if asked is None:
        return []
    mine, by = ready(_described(asked)), weights()
    best: dict[UUID, tuple[Weighed, Mapping[str, Any]]] = {}
    for row in rows:
        if row["is_asked"] or (row["is_set_aside"] and not with_set_aside):
            continue
        weighed = weigh(mine, ready(_described(row)), by)
        known = best.get(row["stands_for_id"])
        if weighed.is_likely(by) and (known is None or weighed.weight > known[0].weight):
            best[row["stands_for_id"]] = (weighed, row)
    likeliest = sorted(best.values(), key=lambda one: (-one[0].weight, str(one[1]["stands_for_id"])))
    return [_shown(weighed, row) for weighed, row in likeliest[:_SHOWN]]


def merges_visible_to(actor: Actor) -> QuerySet[Merge]:
    """Return the merges at referrals whose text the actor reads."""
    merges = Merge.objects.select_related("child")
    if actor.is_system:
        return merges
    reads = policy.relations_that([Permission.REFERRAL_READ_TEXT], actor.role)
    return merges.filter(root_id__in=queries.rare_roots(actor, reads)).exclude(queries.barred(actor))


def latest_merge(actor: Actor, child_id: UUID) -> Merge | None:
    """Return the last proposal to join a record, whatever became of it."""
    return merges_visible_to(actor).filter(child_id=child_id).order_by("-proposed_at", "-id").first()


def merge_facts(merge: Merge, actor: Actor) -> MergeFacts:
    """Return all that the rules of a merge may ask for."""
    cases = cases_known(merge.child_id, [merge.child_id, merge.into_id])
    return MergeFacts(
        offered=frozenset(child.id for child in likely_children(merge.child_id)),
        open_cases=tuple(dict.fromkeys(case.reference for case in cases if case.is_open)),
        is_joined=merge.child.canonical_id is not None,
    )


def _rows(child_id: UUID) -> list[Mapping[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, [child_id])
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _described(row: Mapping[str, Any]) -> Described:
    return Described(**{name: row[name] for name in _FACTS})


def _shown(weighed: Weighed, row: Mapping[str, Any]) -> LikelyChild:
    return LikelyChild(
        id=row["stands_for_id"],
        given_name=row["shown_given_name"],
        family_name=row["shown_family_name"],
        date_of_birth=row["shown_date_of_birth"],
        expected_date=row["shown_expected_date"],
        why=in_words(weighed.levels),
        is_set_aside=row["is_set_aside"],
    )
