"""What the permission table opens to one member, row by row, for comparing it with what row security shows them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.marks import READS, Mark, marks_read
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.cases.models import Note
from backend.children.models import Child
from backend.core import clock
from backend.disagreements import queries as disagreements
from backend.disagreements.models import Disagreement
from backend.documents.models import Document
from backend.panels import queries as panels


@dataclass(frozen=True)
class Standing:
    """One member, and what the permission table opens to them of every root there is; row security is not asked."""

    who: Actor
    roots: Mapping[UUID, tuple[str, UUID | None]]

    @cached_property
    def _relations(self) -> Mapping[UUID, frozenset[Relation]]:
        return queries.relations(self.who, self.roots)

    @cached_property
    def _barred(self) -> set[UUID]:
        found = Child.objects.using("owner").filter(queries.barred(self.who, child="id"))
        return set(found.values_list("id", flat=True))

    def opened(self, permissions: tuple[Permission, ...]) -> set[UUID]:
        """The roots at which any of the permissions is theirs."""
        return {root for root, (kind, child) in self.roots.items() if self._open(root, kind, child, permissions)}

    def opened_by(self, mark: Mark) -> set[UUID]:
        """The roots at which what bears this label is theirs to read."""
        return {
            root
            for root, (_kind, child) in self.roots.items()
            if child not in self._barred and mark in marks_read(self.who, self._relations[root])
        }

    def _open(self, root: UUID, kind: str, child: UUID | None, permissions: tuple[Permission, ...]) -> bool:
        relations = self._relations[root]
        if kind == "case":
            # Who led a case before, or was asked to, sees how the transfer ended and no more.
            relations -= {Relation.FORMER}
        return child not in self._barred and any(policy.allows(self.who, one, relations) for one in permissions)


Expected = Callable[[Standing], "QuerySet[Any] | dict[str, set[UUID]]"]


@dataclass(frozen=True)
class Same:
    """The rows of a bare SELECT are exactly these."""

    rows: Expected


@dataclass(frozen=True)
class Because:
    """Row security shows other rows than any list, and why that is right; `shown` is said in words, not compared."""

    why: str


def listed(queryset: Callable[[Actor], QuerySet[Any]]) -> Same:
    """By the owner's connection: row security must take nothing from the list that it is compared with."""
    return Same(lambda standing: queryset(standing.who).using("owner"))


def of_roots(permissions: tuple[Permission, ...]) -> Same:
    """The parts of every root that these permissions open: the record's page shows them, no list does."""
    return Same(lambda standing: {"root_id": standing.opened(permissions)})


def shown_disagreements(standing: Standing) -> QuerySet[Any]:
    """Those that a list shows to either side and to the holder, and those shown on the page of a record one reads."""
    listed = disagreements.visible_to(standing.who).using("owner").values_list("id", flat=True)
    beside = Q(about_id__in=standing.opened(policy.READS_TEXT))
    return Disagreement.objects.using("owner").filter(Q(id__in=list(listed)) | beside)


def marked(model: type[Model]) -> Same:
    """What bears no label is read with the text; what bears one, by whom access.marks names for it at that root."""

    return Same(lambda standing: model._default_manager.using("owner").filter(_by_mark(standing)))


def _by_mark(standing: Standing) -> Q:
    expected = Q(root_id__in=standing.opened(policy.READS_TEXT), mark="")
    for mark in READS:
        expected |= Q(root_id__in=standing.opened_by(mark), mark=mark)
    return expected


def shown_documents(standing: Standing) -> QuerySet[Any]:
    """Those of every record one reads, each by its label, and one's own while one works with children."""
    who, read = standing.who, _by_mark(standing)
    if who.works_with_children:
        read |= Q(added_by_id=who.user_id, agency_id=who.agency_id)
    return Document.objects.using("owner").filter(read).exclude(queries.barred(who))


def shown_notes(standing: Standing) -> QuerySet[Any]:
    """Those of every record one reads, and what is shared with a team one is on."""
    shared = Q(root_id__in=standing.opened(policy.READS_PLAN), is_shared=True)
    return Note.objects.using("owner").filter(Q(root_id__in=standing.opened(policy.READS_TEXT)) | shared)


def part_of_items(model: type[Model], *, agency: str = "agency_id", lasts: bool = True) -> Expected:
    """Of the items one sees, all to who reads the case or chairs, and to an invited agency what is its own."""

    def rows(standing: Standing) -> QuerySet[Any]:
        who = standing.who
        items = panels.visible_to(who).using("owner")
        read = items.filter(Q(case_id__in=standing.opened(policy.READS_TEXT)) | Q(chair_agency_id=who.agency_id))
        own = Q(root_id__in=list(items.values_list("id", flat=True)), **{agency: who.agency_id})
        every = Q(root_id__in=list(read.values_list("id", flat=True)))
        still = Q() if lasts else Q(expires_at__gt=clock.now())
        return model._default_manager.using("owner").filter(own | every, still)

    return rows
