"""What writes about pairs of records: that they are two children, and the machine that joins and takes apart."""

from uuid import UUID

from django.db.models import Q

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.queries import relations_to
from backend.audit.commands import record
from backend.children.commands import same_child, separate_child
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.core.ids import uuid7
from backend.matching import queries, rules
from backend.matching.models import Merge, NotSame
from backend.referrals.models import Referral
from backend.referrals.queries.seeing import visible_to
from backend.workflow.changing import Change
from backend.workflow.machine import Edge, Machine


def say_not_same(actor: Actor, referral_id: UUID, *, version: int, child: UUID, reason: str) -> NotSame:
    """Say that a child who was offered is not the child of a referral; it is not offered again unless asked for.

    Raises NotFound, Forbidden, or Conflict when the child was not offered or the referral has changed.
    """
    referral, child_id = _held(actor, referral_id, Permission.CHILD_NOT_SAME, version=version)
    if child not in {likely.id for likely in queries.likely_children(child_id)}:
        raise Conflict("This child is not among those who may be the same. Look at the list again.", code="not_ready")
    first, second = sorted((child_id, child))
    said = NotSame(
        id=uuid7(),
        root_id=referral.id,
        child_id=first,
        other_id=second,
        reason=reason,
        said_by_id=_person(actor),
        said_by_name=actor.name,
        agency_id=actor.agency_id,
    )
    data = {"other_id": str(child)}
    record(actor, "child.not_same", said, root_id=referral.id, child_id=child_id, reason=reason, data=data)
    return said


def undo_not_same(actor: Actor, referral_id: UUID, *, version: int, child: UUID, reason: str) -> NotSame:
    """Take back that two records are two children: the other is offered again. Raises NotFound or Forbidden."""
    referral, child_id = _held(actor, referral_id, Permission.CHILD_NOT_SAME, version=version)
    pair = Q(child_id=min(child_id, child), other_id=max(child_id, child))
    said = NotSame.objects.select_for_update(of=("self",), no_key=True).filter(pair, undone_at=None).first()
    if said is None:
        raise NotFound
    said.undone_at = clock.now()
    data = {"other_id": str(child)}
    record(actor, "child.not_same.undo", said, root_id=referral.id, child_id=child_id, reason=reason, data=data)
    return said


def propose_merge(actor: Actor, referral_id: UUID, *, version: int, child: UUID, reason: str) -> Merge:
    """Ask a second person to join the record of a referral's child to a child who was offered.

    Raises NotFound, Forbidden, or Conflict with what stands in the way.
    """
    referral, child_id = _held(actor, referral_id, Permission.CHILD_MERGE, version=version)
    if Merge.objects.filter(child_id=child_id, state__in=[Merge.PROPOSED, Merge.JOINED]).exists():
        raise Conflict("Joining this record is proposed or done already.", code="wrong_state")
    merge = Merge(
        id=uuid7(),
        root_id=referral.id,
        partnership_id=referral.partnership_id,
        reference=referral.reference,
        child_id=child_id,
        into_id=child,
        agency_id=actor.agency_id,
        proposed_by_id=_person(actor),
        proposed_by_name=actor.name,
    )
    data = {"into_id": str(child)}
    record(actor, "child.propose_merge", merge, root_id=referral.id, child_id=child_id, reason=reason, data=data)
    return merge_machine.perform(actor, "merge", merge.id, version=merge.version, given={"reason": reason})


def unmerge(actor: Actor, referral_id: UUID, *, version: int, reason: str) -> Merge:
    """Ask a second person to take the record of a referral's child apart again; raises as propose_merge does."""
    return _go_on(actor, referral_id, "unmerge", Permission.CHILD_UNMERGE, version=version, reason=reason)


def drop_merge(actor: Actor, referral_id: UUID, *, version: int, reason: str) -> Merge:
    """End a proposal that nobody agreed to; raises as propose_merge does."""
    return _go_on(actor, referral_id, "drop_merge", Permission.CHILD_DROP_MERGE, version=version, reason=reason)


def _go_on(actor: Actor, referral_id: UUID, edge: str, permission: Permission, *, version: int, reason: str) -> Merge:
    _referral, child_id = _held(actor, referral_id, permission, version=version)
    merge = queries.latest_merge(actor, child_id)
    if merge is None:
        raise Conflict("Nobody has proposed to join this record.", code="wrong_state")
    return merge_machine.perform(actor, edge, merge.id, version=merge.version, given={"reason": reason})


def _held(actor: Actor, referral_id: UUID, permission: Permission, *, version: int) -> tuple[Referral, UUID]:
    """Return the referral, locked, and the record of its child, if the actor may decide about that."""
    referral = visible_to(actor).select_for_update(of=("self",), no_key=True).filter(pk=referral_id).first()
    if referral is None:
        raise NotFound
    policy.require(actor, permission, relations_to(actor, referral.id))
    if version != referral.version:
        raise Conflict("Somebody has changed this since you opened it. Look again, then decide.", code="stale")
    if referral.child_id is None:
        raise NotFound
    return referral, referral.child_id


def _person(actor: Actor) -> UUID:
    if actor.is_system:
        raise Forbidden("Only a person can say this.")
    return actor.user_id


def _join(change: Change[Merge], inputs: dict[str, object]) -> None:
    merge = change.target
    same_child(change.actor, merge.child_id, merge.into_id)
    change.data = {"into_id": str(merge.into_id)}


def _take_apart(change: Change[Merge], inputs: dict[str, object]) -> None:
    merge = change.target
    separate_child(change.actor, merge.child_id, reason=str(inputs["reason"]))
    change.data = {"into_id": str(merge.into_id)}


merge_machine: Machine[Merge] = Machine(
    noun="child",
    model=Merge,
    edges={
        "merge": Edge(
            permission=Permission.CHILD_MERGE,
            label="Join the two records",
            hint="Both are this one child from then on. Nothing is copied or lost, and it can be undone.",
            rules=(rules.child_is_offered, rules.record_stands_for_itself, rules.one_case_at_most),
            first=_join,
            second_person=rules.always_a_second_person,
        ),
        "unmerge": Edge(
            permission=Permission.CHILD_UNMERGE,
            label="Take the two records apart",
            hint="They are two children after all. Each has again what was written about it.",
            first=_take_apart,
            second_person=rules.always_a_second_person,
        ),
        "drop_merge": Edge(permission=Permission.CHILD_DROP_MERGE, label="Do not join them", hint="The proposal ends."),
    },
    visible_to=queries.merges_visible_to,
    facts=queries.merge_facts,
    fields=lambda merge: {"reference": merge.reference},
    path=lambda merge: f"/referrals/{merge.root_id}",
    owner_agency=lambda merge: merge.agency_id,
    labels=Merge.LABELS,
)
