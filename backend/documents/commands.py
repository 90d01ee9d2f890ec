"""Handing a document in, who may read it, taking it back; and what the worker does: looking through it, tidying up."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Max

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.binding import acting_as_system
from backend.access.marks import Mark, marks_given, marks_shown, may_change
from backend.access.permissions import Permission
from backend.audit.commands import Also, record
from backend.core import clock, vocabulary
from backend.core.errors import Conflict, Forbidden, Invalid
from backend.documents import rules, storing
from backend.documents.inspecting import inspect
from backend.documents.inspecting.refusing import Refused
from backend.documents.models import Document
from backend.documents.previewing import preview_of
from backend.documents.queries import documents_of, documents_visible_to, kept, versions_of, visible, waiting
from backend.documents.scanning import Verdict, scan
from backend.notifications.audience import Person
from backend.notifications.commands import tell
from backend.workflow.changing import Change
from backend.workflow.machine import Edge, Machine
from backend.workflow.undo import first_event_of

CHECK, TIDY = "documents.check", "documents.tidy"
_BATCH = 50
_UNFINISHED = timedelta(days=1)
_NOT_YOURS = "You cannot give a document this label here. Choose another one, or none."
_NOT_YOURS_TO_CHANGE = "You cannot give this document that label, or take off the one it has. Choose another one."
_OF_VERSION = "document.relabel_version"
_ITS_LABEL = "A newer version has the label of the document that it replaces. Leave this open."
_OF_ITS_AGENCY = "Only the agency that gave this document its label hands in a newer version. Hand yours in by itself."
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Record:
    """What a document hangs on."""

    root_id: UUID
    child_id: UUID
    reference: str
    path: str


def add_document(actor: Actor, about: Record, given: Mapping[str, Any], *, document_id: UUID) -> Document:
    """Take a file in for a record that the actor may write on; nobody reads it until it is checked.

    `given` has `name`, `title`, `kind`, `content` (bytes), `replaces` (a document of the same record, or None) and
    `mark`, the label by which it is read. Raises Invalid with the sentence at `content` for a file that is not taken,
    at `mark` for a label that is not the actor's to give, else as any change does.
    """
    relations = queries.relations_to(actor, about.root_id)
    policy.require(actor, Permission.DOCUMENT_ADD, relations)
    place = _place(actor, about, given, document_id, may_give=marks_given(actor, relations))
    try:
        inspected = inspect(given["name"], given["content"])
    except Refused as refused:
        raise Invalid(refused.sentence, fields={"content": [refused.sentence]}) from refused
    name = storing.keep(inspected.content)
    # A change that is rolled back leaves bytes that no row names: they are swept away the next day.
    document = Document(
        id=document_id,
        root_id=about.root_id,
        child_id=about.child_id,
        reference=about.reference,
        path=about.path,
        **place,
        title=given.get("title") or given["name"].rpartition(".")[0][:200] or given["name"][:200],
        kind=given["kind"],
        extension=inspected.extension,
        size=len(inspected.content),
        sha256=storing.digest(inspected.content),
        storage_name=name,
        added_by_id=actor.user_id,
        added_by_name=actor.name,
        agency_id=actor.agency_id,
    )
    data = {"kind": document.kind}
    record(actor, "document.add", document, root_id=about.root_id, child_id=about.child_id, data=data)
    return document


def _place(
    actor: Actor, about: Record, given: Mapping[str, Any], document_id: UUID, *, may_give: Collection[Mark]
) -> dict[str, Any]:
    """Return the series, the number in it and the label: those of the one it replaces, else the first of its own."""
    mark, replaces = given.get("mark", ""), given.get("replaces")
    if replaces is None:
        if mark and mark not in may_give:
            raise Invalid(_NOT_YOURS, fields={"mark": [_NOT_YOURS]})
        return {"series_id": document_id, "number": 1, "mark": mark}
    older = documents_of(actor, about.root_id).filter(pk=replaces).first()
    if older is None:
        sentence = "The document that this one replaces is not on this record."
        raise Invalid(sentence, fields={"replaces": [sentence]})
    if mark not in ("", older.mark):
        raise Invalid(_ITS_LABEL, fields={"mark": [_ITS_LABEL]})
    if older.mark and older.mark not in may_give:
        raise Invalid(_OF_ITS_AGENCY, fields={"replaces": [_OF_ITS_AGENCY]})
    last = Document.objects.filter(series_id=older.series_id).aggregate(last=Max("number"))["last"]
    return {"series_id": older.series_id, "number": last + 1, "mark": older.mark}


def withdraw_document(actor: Actor, document_id: UUID) -> None:
    """Take a document back, by who added it and within ten minutes; its content goes with it. Raises a Refusal."""
    seen = visible(actor, document_id)
    document = Document.objects.select_for_update(no_key=True).get(pk=seen.pk)
    if document.added_by_id != actor.user_id:
        raise Forbidden("Only the person who added a document can take it back.")
    if rules.withdrawable_until(actor, document) is None:
        raise Conflict("A document can be taken back for ten minutes. Add the right one as a newer version.")
    before = document.state
    document.withdraw(clock.now())
    _record(actor, "document.withdraw", document, before, corrects_id=first_event_of(document))
    transaction.on_commit(lambda: _forget(document))


def _facts(document: Document, actor: Actor) -> rules.DocumentFacts:
    return rules.DocumentFacts(actor, list(versions_of(document)))


def _relabel(change: Change[Document], given: dict[str, Any]) -> None:
    """Give every version another circle of readers, among those that are the actor's to choose."""
    document, readers = change.target, given["readers"]
    mark = readers if readers in vocabulary.get("document_labels") else Mark.NONE.value
    versions = list(versions_of(document).select_for_update(of=("self",), no_key=True))
    is_theirs = all(may_change(change.actor, one.mark, one.agency_id, to=mark) for one in versions)
    # Nobody closes something to themselves: they could not put it right again.
    if not is_theirs or mark not in marks_shown(change.actor, change.relations):
        raise Invalid(_NOT_YOURS_TO_CHANGE, fields={"readers": [_NOT_YOURS_TO_CHANGE]})
    told = {"at": clock.now().isoformat(), "by": change.actor.name, "why": given["reason"]}
    others = [one for one in versions if one.pk != document.pk]
    for one in (document, *others):
        one.mark, one.relabelled = mark, told
    change.data = {"kind": document.kind}
    also = [Also(_OF_VERSION, one, one.root_id, one.child_id, {"kind": one.kind}) for one in others]
    change.change_too(also)


document_machine: Machine[Document] = Machine(
    noun="document",
    model=Document,
    edges={
        "relabel": Edge(
            permission=Permission.DOCUMENT_RELABEL,
            label="Change who may read it",
            hint="Every version of it goes with it, and so does what it looked like before.",
            rules=(rules.is_ours_to_label, rules.reads_otherwise),
            first=_relabel,
            sources=Document.KEPT,
            stands=rules.readers_now,
        ),
    },
    visible_to=documents_visible_to,
    facts=_facts,
    fields=lambda _document: {},
    path=lambda document: document.path,
    owner_agency=lambda document: document.agency_id,
    labels=Document.LABELS,
    # Documents have no clocks; the record's go on.
    clock_root=lambda document: document.id,
)


def check_all() -> int:
    """Look through what waits, each document in a transaction of its own; return how many were looked through.

    While the scanner is away each of them waits, and none is read.
    """
    with acting_as_system(job=CHECK):
        ids = list(waiting().values_list("id", flat=True)[:_BATCH])
    return sum(_check(document_id) for document_id in ids)


def _check(document_id: UUID) -> bool:
    try:
        with acting_as_system(job=CHECK) as actor:
            document = waiting().select_for_update(skip_locked=True, no_key=True).filter(pk=document_id).first()
            return document is not None and check(actor, document)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        # One document must not keep the others waiting; it is tried again in a minute.
        log.error("document not checked", document=str(document_id), error=type(error).__name__)
        return False


def check(actor: Actor, document: Document) -> bool:
    """Look through one document, in the caller's transaction, with it locked; say whether the scanner spoke."""
    content = storing.read(document.storage_name)
    verdict = scan(content)
    if verdict is Verdict.UNKNOWN:
        return False
    if verdict is Verdict.CLEAN:
        drawn = preview_of(document.extension, content)
        document.check_clean(clock.now(), storing.keep(drawn) if drawn else "")
        _record(actor, "document.check", document, Document.WAITING)
        return True
    document.find_infected(clock.now())
    event_id = _record(actor, "document.find_infected", document, Document.WAITING)
    tell(
        event_id=event_id,
        root_id=document.root_id,
        audience=Person(document.added_by_id),
        message="document_infected",
        fields={"reference": document.reference},
        path=document.path,
        urgent=True,
    )
    transaction.on_commit(lambda: _forget(document))
    return True


def _record(actor: Actor, verb: str, document: Document, before: str, *, corrects_id: UUID | None = None) -> UUID:
    root_id, child_id = document.root_id, document.child_id
    made = record(actor, verb, document, root_id=root_id, child_id=child_id, from_state=before, corrects_id=corrects_id)
    return made.id


def _forget(document: Document) -> None:
    for name in filter(None, (document.storage_name, document.preview_name)):
        storing.forget(name)


def tidy() -> int:
    """Delete what lies in the store and belongs to no document whose content is kept; return how many files."""
    return storing.sweep(storing.DOCUMENTS, clock.now() - _UNFINISHED, _kept)


def _kept(names: Collection[str]) -> Collection[str]:
    with acting_as_system(job=TIDY):
        return kept(names)
