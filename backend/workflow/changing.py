"""`changing()`: lock a record that the actor may see and change, and record what was done to it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.audit.commands import Also, Beside, Kept, record, save_ahead
from backend.audit.models import Event
from backend.audit.verbs import label_of
from backend.core.errors import Conflict, NotFound
from backend.core.models import Versioned
from backend.workflow.merging import Since, differences
from backend.workflow.models import Confirmation

M = TypeVar("M", bound=Versioned)


@dataclass(slots=True)
class Change(Generic[M]):
    """One change in hand: the locked record, who changes it, and what its event will say."""

    actor: Actor
    target: M
    relations: frozenset[Relation]
    verb: str
    reason: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    from_state: str = ""
    corrects_id: UUID | None = None
    # The first person's question, when this change is a second person's agreement.
    confirmation: Confirmation | None = None
    # What the rules judged by, for what the edge does next: read under the lock, so it need not be asked again.
    facts: Any = None
    # Rows of untracked tables that the edge leaves with its event, such as a disclosure.
    leaves: list[Model] = field(default_factory=list)
    # Rows that are written with the event, such as what is told of it.
    beside: Beside | None = None
    # Other records that the same act has changed, such as a question to a second person that it overtakes.
    also: list[Kept] = field(default_factory=list)
    event: Event | None = None

    def record(self) -> None:
        """Write the record as it is now, with the event that says who changed it and why."""
        self.event = record(
            self.actor,
            self.verb,
            self.target,
            root_id=self.root_id,
            child_id=self.child_id,
            reason=self.reason,
            data=self.data,
            from_state=self.from_state,
            corrects_id=self.corrects_id,
            beside=self.beside,
            also=self.also,
        )

    @property
    def root_id(self) -> UUID:
        """Return the root the change belongs to."""
        return root_of(self.target)

    def change_too(self, also: Sequence[Also]) -> None:
        """Change other records first, by the same act: what is kept of them is written with it."""
        self.also += save_ahead(self.actor, also)

    @property
    def child_id(self) -> UUID | None:
        """Return the child the root is about, if it is known yet."""
        return getattr(self.target, "child_id", None)


def root_of(target: Any) -> UUID:
    """Return the root a tracked record belongs to: its `root_id`, a column of parts and a property of roots."""
    root_id: UUID = target.root_id
    return root_id


@contextmanager
def changing(
    actor: Actor,
    visible: QuerySet[M],
    pk: UUID,
    *,
    permission: Permission,
    verb: str,
    version: int | None,
    relations: frozenset[Relation] | None = None,
    since: Since | None = None,
) -> Iterator[Change[M]]:
    """Lock `pk` among `visible`, check permission and version, and record the change when the block ends well.

    `version` is None only for the system and for a confirmation. `relations` are the actor's to the record's root, for
    a caller who has read them in this transaction and changed nothing since. `since` finds what others changed in the
    answers that the actor began with. Raises NotFound, Forbidden, Conflict `stale`.
    """
    change = _locked(actor, visible, pk, verb, version, relations)
    policy.require(actor, permission, change.relations)
    _require_version(change, version, since)
    yield change
    change.record()


def _locked(
    actor: Actor,
    visible: QuerySet[M],
    pk: UUID,
    verb: str,
    version: int | None,
    relations: frozenset[Relation] | None,
) -> Change[M]:
    # Asked twice: whoever waited for the lock judged the row by what was true before the other one was done, and
    # found none at all if its joined neighbour, such as its holder, has changed.
    target = _lock(visible, pk) or _lock(visible, pk)
    if target is not None and target.version != version:
        # Only the version somebody looked at proves that nobody came in between; else the row is judged once more.
        target = visible.filter(pk=pk).first()
    if target is None:
        raise NotFound
    if relations is None:
        relations = queries.relations_to(actor, root_of(target))
    return Change(actor, target, relations, verb, from_state=getattr(target, "state", "") or "")


def _lock(visible: QuerySet[M], pk: UUID) -> M | None:
    return visible.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()


def _require_version(change: Change[Any], version: int | None, since: Since | None) -> None:
    if version is None or version == change.target.version:
        return
    found = since(change, version) if since else None
    done = _done_since(change, version).order_by("-at", "-id")[:10]
    raise stale(done, version=change.target.version, differs=differences(*found) if found else [])


def _done_since(change: Change[Any], version: int) -> QuerySet[Event]:
    """Return what was done to the record itself: a part has versions of its own, and events among those of its root."""
    target = change.target
    if target.pk == change.root_id:
        return Event.objects.filter(root_id=change.root_id, version__gt=version, mark="")
    kept = target.history.filter(id=target.pk, version__gt=version)
    return Event.objects.filter(pk__in=list(kept.values_list("event_id", flat=True)), mark="")


def stale(since: Iterable[Event], *, version: int, differs: Sequence[Mapping[str, Any]] = ()) -> Conflict:
    """Return what refuses a change made from an old page: what was done `since`, and the version as it is now.

    `differs` says of a form that changes what stands which of its answers others have changed, from what to what.
    """
    return Conflict(
        "Somebody has changed this since you opened it. Look at what changed, then decide again.",
        code="stale",
        version=version,
        differs=list(differs),
        changed=[
            {
                "verb": event.verb,
                "label": label_of(event.verb),
                "at": event.at.isoformat(),
                "by": event.actor_name,
                "agency": event.agency_name,
            }
            for event in since
        ],
    )
