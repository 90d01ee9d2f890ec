"""The only writes to drafts: open, save field by field, discard."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from backend.access.actors import Actor
from backend.core import clock
from backend.core.errors import Forbidden, NotFound
from backend.drafts.merge import Answer, Change, check_limits, merge
from backend.drafts.models import Draft
from backend.drafts.queries import of_root, visible_to
from backend.drafts.registration import form_named

_WRITTEN = ["answers", "rev", "saved_at", "reminded_at", "escalated_at", "warned_at"]


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did: `applied` fields as they stand now, `conflicts` with what somebody else saved meanwhile."""

    draft: Draft
    rev: int
    saved_at: datetime
    applied: dict[str, Answer]
    conflicts: dict[str, Answer]


def open_draft(actor: Actor, root_id: UUID, form: str) -> Draft:
    """Return the draft of a form about a record, made if there is none; raise NotFound when it is somebody else's."""
    if actor.is_system:
        raise Forbidden("Only a person in an agency can begin a form.")
    is_own = form_named(form).is_own
    new = Draft(root_id=root_id, form=form, author_id=actor.user_id, agency_id=actor.agency_id, is_own=is_own)
    Draft.objects.bulk_create([new], ignore_conflicts=True)
    draft = of_root(actor, root_id, form=form)
    if draft is None:
        raise NotFound
    return draft


def save(
    actor: Actor, draft_or_root: UUID, changes: Mapping[str, Change], *, form: str | None = None, said_by: str = ""
) -> Saved:
    """Merge `changes`, {field: (value, base_rev)}, into the draft under its lock; call inside a transaction.

    The draft is named by its own id or its record's, with `form` when a record has drafts of several. Raise NotFound
    when the actor has no such draft, Invalid when a name or size is beyond the limits; any other value is kept.
    `said_by` names where answers come from that the actor has not typed.
    """
    wanted = visible_to(actor).filter(Q(pk=draft_or_root) | Q(root_id=draft_or_root))
    if form is not None:
        wanted = wanted.filter(form=form)
    drafts = list(wanted.select_for_update(no_key=True)[:2])
    if not drafts:
        raise NotFound
    if len(drafts) > 1:
        raise ValueError("the record has drafts of several forms: say which")
    draft = drafts[0]
    check_limits(draft.answers, changes)
    merged = merge(
        draft.answers,
        changes,
        rev=draft.rev,
        at=clock.now(),
        by=said_by or actor.name,
        is_taken_over=bool(said_by),
    )
    draft.answers, draft.rev, draft.saved_at = merged.answers, merged.rev, clock.now()
    draft.reminded_at = draft.escalated_at = draft.warned_at = None
    draft.save(update_fields=_WRITTEN)
    return Saved(draft, draft.rev, draft.saved_at, merged.applied, merged.conflicts)


def keep(actor: Actor, root_id: UUID, changes: Mapping[str, Change], *, form: str) -> Saved:
    """Keep what somebody types into a form of their own, begun with the first word. Raises as `save` does."""
    open_draft(actor, root_id, form)
    return save(actor, root_id, changes, form=form)


def discard_own(actor: Actor, root_id: UUID, form: str) -> None:
    """Delete what somebody typed into a form of their own, because they sent it or gave it up."""
    Draft.objects.filter(root_id=root_id, form=form, author_id=actor.user_id, is_own=True).delete()


def discard(root_id: UUID, form: str) -> bool:
    """Delete the draft of a form about a record, because it was sent or withdrawn; say whether there was one."""
    deleted, _ = Draft.objects.filter(root_id=root_id, form=form).delete()
    return bool(deleted)


def give_to(root_id: UUID, form: str, *, to_user_id: UUID) -> bool:
    """Give the draft of one record to another person of the same agency; say whether there was one to give."""
    return bool(Draft.objects.filter(root_id=root_id, form=form).update(author_id=to_user_id))


def pass_on(from_user_id: UUID, *, agency_id: UUID, to_user_id: UUID) -> int:
    """Give a leaver's drafts in an agency to another person there; return how many.

    Where that person is writing one of their own about the same record, the leaver's stays unread until it is deleted.
    """
    theirs = Draft.objects.filter(author_id=to_user_id, is_own=True, root_id=OuterRef("root_id"), form=OuterRef("form"))
    left = Draft.objects.filter(author_id=from_user_id, agency_id=agency_id)
    return left.exclude(Q(is_own=True) & Exists(theirs)).update(author_id=to_user_id)


def hand_over(root_id: UUID, *, to_agency_id: UUID, to_user_id: UUID) -> int:
    """Give what is being typed about a record to somebody of another agency, because its own ends; return how many."""
    return Draft.objects.filter(root_id=root_id).update(author_id=to_user_id, agency_id=to_agency_id)
