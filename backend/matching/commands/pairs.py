"""What writes about pairs of records: that they are two children, and the machine that joins and takes apart."""

from uuid import UUID

from backend.access import once, policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.queries import relations_to
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.audit.models import Event
from backend.children import queries as children
from backend.children.commands import same_child, separate_child
from backend.children.queries import LIKELY
from backend.core import clock
from backend.core.errors import Conflict, NotFound
from backend.core.ids import uuid7
from backend.matching import queries, rules
from backend.matching.commands.choosing import join_cases, take_cases_apart
from backend.matching.commands.holding import Held, held_by, person
from backend.matching.models import Merge, NotSame, Recognised
from backend.notifications.audience import AgencyRoles, Person
from backend.notifications.commands import Notice, outbox_rows
from backend.referrals.commands.machine import referral_machine
from backend.referrals.models import Referral
from backend.referrals.queries.seeing import visible_to
from backend.workflow.changing import Change
from backend.workflow.machine import Edge, Machine


def say_not_same(actor: Actor, referral_id: UUID, *, version: int, child: UUID, reason: str) -> list[NotSame]:
    """Say that a child who was offered is not the child of a referral; it is not offered again unless asked for.

    It is said of each record of that child, so that it holds when they are taken apart.
    Raises NotFound, Forbidden, or Conflict when the child was not offered or the referral has changed.
    """
    held = held_by(actor, referral_id, Permission.CHILD_NOT_SAME, version=version)
    referral, child_id = held.referral, held.child_id
    if child not in queries.offered(child_id):
        raise Conflict("This child is not among those who may be the same. Look at the list again.", code="not_ready")
    others = queries.records_of(child)
    pairs = queries.said_not_same([child_id], others).values_list("child_id", "other_id")
    said = {record_id for pair in pairs for record_id in pair}
    return [_not_same(actor, referral, child_id, other, reason) for other in others if other not in said]


def undo_not_same(actor: Actor, referral_id: UUID, *, version: int, child: UUID, reason: str) -> list[NotSame]:
    """Take back that two records are two children: the other is offered again. Raises NotFound or Forbidden."""
    held = held_by(actor, referral_id, Permission.CHILD_NOT_SAME, version=version)
    referral, child_id = held.referral, held.child_id
    said = queries.said_not_same(queries.records_of(child_id), queries.records_of(child))
    taken_back = list(said.select_for_update(of=("self",), no_key=True).order_by("id"))
    if not taken_back:
        raise NotFound
    for one in taken_back:
        one.undone_at = clock.now()
        once.forget(LIKELY)
        data = {"other_id": str(child)}
        record(actor, "child.not_same.undo", one, root_id=referral.id, child_id=child_id, reason=reason, data=data)
    return taken_back


def recognise(actor: Actor, referral_id: UUID, *, version: int, child: UUID, is_same: bool) -> Recognised:
    """Keep what the person writing a referral says of a child they know; it joins nothing.

    Raises NotFound for a child the actor does not see, Forbidden, or Conflict once the referral was sent.
    """
    referral = visible_to(actor).select_related(None).select_for_update(of=("self",), no_key=True)
    draft = referral.filter(pk=referral_id).first()
    if draft is None:
        raise NotFound
    policy.require(actor, Permission.REFERRAL_EDIT_DRAFT, relations_to(actor, draft.id))
    if version != draft.version or draft.state != Referral.DRAFT:
        raise Conflict("This is not a draft any more. Open the referral to go on.", code="stale")
    if not children.visible_to(actor).filter(pk=child).exists():
        raise NotFound
    said = Recognised.objects.select_for_update(no_key=True).filter(root_id=draft.id, child_id=child).first()
    said = said or Recognised(id=uuid7(), root_id=draft.id, child_id=child)
    said.is_same, said.said_at = is_same, clock.now()
    said.said_by_id, said.said_by_name = person(actor), actor.name
    record(actor, "child.recognise", said, root_id=draft.id, child_id=child, data={"is_same": is_same})
    return said


def ask_elsewhere(
    actor: Actor, referral_id: UUID, *, version: int, question: str, purpose: str, **basis: str
) -> Referral:
    """Ask the agencies that may know the child where the actor does not see; the referral waits for their answers.

    Which agencies they are stands in the questions then: they are named by a lawful question, not by looking.
    Raises NotFound, Forbidden, or Conflict when no other agency is involved or the referral cannot ask now.
    """
    held = held_by(actor, referral_id, Permission.REFERRAL_REQUEST_INFORMATION, version=version)
    referral, child_id = held.referral, held.child_id
    agencies = queries.agencies_to_ask(child_id)
    if not agencies:
        raise Conflict("No other agency is involved with a child who may be this one any more.", code="not_ready")
    questions = [{"agency": agency, "question": question, "purpose": purpose} for agency in agencies]
    given = {"questions": questions, **basis}
    return referral_machine.perform(actor, "request_information", referral.id, version=version, given=given)


def propose_merge(actor: Actor, referral_id: UUID, *, version: int, child: UUID, reason: str) -> Merge:
    """Ask a second person to join the record of a referral's child to a child who was offered.

    Raises NotFound, Forbidden, or Conflict with what stands in the way.
    """
    held = held_by(actor, referral_id, Permission.CHILD_MERGE, version=version)
    referral, child_id = held.referral, held.child_id
    if held.is_proposed:
        raise Conflict("Joining this record is proposed or done already.", code="wrong_state")
    merge = Merge(
        id=uuid7(),
        root_id=referral.id,
        partnership_id=referral.partnership_id,
        reference=referral.reference,
        child_id=child_id,
        into_id=child,
        agency_id=actor.agency_id,
        proposed_by_id=person(actor),
        proposed_by_name=actor.name,
    )
    data = {"into_id": str(child)}
    record(actor, "child.propose_merge", merge, root_id=referral.id, child_id=child_id, reason=reason, data=data)
    return _perform(actor, "merge", merge, reason, held)


def unmerge(actor: Actor, referral_id: UUID, *, version: int, reason: str) -> Merge:
    """Ask a second person to take the record of a referral's child apart again; raises as propose_merge does."""
    return _go_on(actor, referral_id, "unmerge", Permission.CHILD_UNMERGE, version=version, reason=reason)


def drop_merge(actor: Actor, referral_id: UUID, *, version: int, reason: str) -> Merge:
    """End a proposal that nobody agreed to; raises as propose_merge does."""
    return _go_on(actor, referral_id, "drop_merge", Permission.CHILD_DROP_MERGE, version=version, reason=reason)


def _not_same(actor: Actor, referral: Referral, child_id: UUID, other: UUID, reason: str) -> NotSame:
    first, second = sorted((child_id, other))
    said = NotSame(
        id=uuid7(),
        root_id=referral.id,
        child_id=first,
        other_id=second,
        reason=reason,
        said_by_id=person(actor),
        said_by_name=actor.name,
        agency_id=actor.agency_id,
    )
    data = {"other_id": str(other)}
    once.forget(LIKELY)
    record(actor, "child.not_same", said, root_id=referral.id, child_id=child_id, reason=reason, data=data)
    return said


def _go_on(actor: Actor, referral_id: UUID, edge: str, permission: Permission, *, version: int, reason: str) -> Merge:
    held = held_by(actor, referral_id, permission, version=version)
    merge = queries.latest_merge(actor, held.child_id)
    if edge == "unmerge" and (merge is None or merge.state != Merge.JOINED):
        merge = _joined_by_a_decision(actor, held) or merge
    if merge is None:
        raise Conflict("Nobody has proposed to join this record.", code="wrong_state")
    return _perform(actor, edge, merge, reason, held)


def _joined_by_a_decision(actor: Actor, held: Held) -> Merge | None:
    """Write down the join that a decision about the referral made, so that it can be taken apart like any other."""
    child, referral = held.referral.about, held.referral
    if child.canonical_id is None:
        return None
    joined = Event.objects.filter(root_id=child.id, verb="child.same_as").order_by("-at", "-id").first()
    merge = Merge(
        id=uuid7(),
        root_id=referral.id,
        partnership_id=referral.partnership_id,
        reference=referral.reference,
        child_id=child.id,
        into_id=child.canonical_id,
        agency_id=actor.agency_id,
        proposed_by_id=joined.actor_user_id if joined and joined.actor_user_id else person(actor),
        proposed_by_name=joined.actor_name if joined else actor.name,
        proposed_at=joined.at if joined else clock.now(),
    )
    merge.merge(actor, {})
    data = {"into_id": str(merge.into_id)}
    record(actor, "child.joined_by_decision", merge, root_id=referral.id, child_id=child.id, data=data)
    return merge


def _perform(actor: Actor, edge: str, merge: Merge, reason: str, held: Held) -> Merge:
    given = {"reason": reason}
    return merge_machine.perform(actor, edge, merge.id, version=merge.version, given=given, relations=held.relations)


def _join(change: Change[Merge], inputs: dict[str, object]) -> None:
    merge = change.target
    _tell_who_works_with_either(change, "records_joined")
    join_cases(change)
    same_child(change.actor, merge.child_id, merge.into_id)
    change.data = {"into_id": str(merge.into_id)}


def _take_apart(change: Change[Merge], inputs: dict[str, object]) -> None:
    merge = change.target
    _tell_who_works_with_either(change, "records_taken_apart")
    separate_child(change.actor, merge.child_id, reason=str(inputs["reason"]))
    take_cases_apart(change, reason=str(inputs["reason"]))
    change.data = {"into_id": str(merge.into_id)}


def _tell_who_works_with_either(change: Change[Merge], message: str) -> None:
    """Tell whoever holds or leads other open work about either record, each by its own reference."""
    merge, actor = change.target, change.actor
    told = [one for one in queries.work_with(merge.child_id, merge.into_id) if one.root_id != merge.root_id]
    change.leaves += [
        row for one in told for row in outbox_rows([_notice(one, message, actor)], event_id=None, root_id=one.root_id)
    ]


def _notice(one: queries.Work, message: str, actor: Actor) -> Notice:
    is_case = one.noun == "case"
    roles = (Role.MANAGER.value,) if is_case else (Role.TRIAGE_OFFICER.value,)
    audience = Person(one.person_id) if one.person_id else AgencyRoles(one.agency_id, roles)
    path = f"/cases/{one.root_id}" if is_case else f"/referrals/{one.root_id}"
    return Notice(audience, message, {"reference": one.reference, "agency": actor.agency_name}, path)


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
    # Where the second person compares the two records before agreeing.
    path=lambda merge: f"/referrals/{merge.root_id}/child",
    owner_agency=lambda merge: merge.agency_id,
    labels=Merge.LABELS,
)
