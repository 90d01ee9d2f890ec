"""Why a case is: what its referrals say, as their own pages show it to the same reader."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from backend.access import policy
from backend.access.actors import Actor
from backend.access.marks import Mark, marks_shown
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.referrals.models import Referral, Statement
from backend.referrals.queries.detail import current

# In the order in which they are read: the worries, what goes well, what is hoped for, and who was heard.
KINDS = ("worried_about", "working_well", "needs_to_happen", "child_voice", "parent_view")
# The first is why the case was opened, the last one is what is newest.
_MOST = 2


@dataclass(frozen=True, slots=True)
class Why:
    """What one referral says that led to the case."""

    referral: Referral
    said: Sequence[Statement]


def why_of(actor: Actor, referrals: Sequence[Referral], related: Mapping[UUID, frozenset[Relation]]) -> list[Why]:
    """Return what was said in the first and the last of these, to which the actor is `related`, in one statement.

    Of each only to whom its text is, and what bears a label as on its own page: what is hidden, or asked for by
    itself, does not stand here for anybody else.
    """
    chosen = [one for one in referrals if one.state != Referral.ENTERED_IN_ERROR]
    chosen = chosen if len(chosen) <= _MOST else [chosen[0], *chosen[1 - _MOST :]]
    read = {one.id: marks_shown(actor, related[one.id]) for one in chosen if _reads(actor, related[one.id])}
    if not read:
        return []
    said = dict(_said(read))
    return [Why(one, said[one.id]) for one in chosen if said.get(one.id)]


def _reads(actor: Actor, relations: frozenset[Relation]) -> bool:
    return policy.allows(actor, Permission.REFERRAL_READ_TEXT, relations)


def _said(read: Mapping[UUID, frozenset[Mark]]) -> Iterator[tuple[UUID, list[Statement]]]:
    rows = list(Statement.objects.filter(root_id__in=read).order_by("position", "id"))
    for root_id, marks in read.items():
        stands = current([one for one in rows if one.root_id == root_id and one.mark in marks])
        shown = [one for one in stands if one.kind in KINDS]
        yield root_id, sorted(shown, key=lambda one: KINDS.index(one.kind))
