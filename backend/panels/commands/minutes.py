"""The minutes of one child's item: drawn as a letter is, and kept among the documents of the child's case.

A page for each child: minutes of a whole meeting would tell each agency about the children of the others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.core import vocabulary
from backend.core.errors import Conflict, NotFound
from backend.deadlines.calendar import day_in_words, day_said, in_words
from backend.documents.commands import Record, add_document
from backend.letters.drawing import typeset
from backend.panels import queries, rules
from backend.panels.models import Attendance, Information, PanelDecision, PanelItem

_SOURCE = Path(__file__).parents[1] / "minutes.typ"


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands under it, each entry in lines; `none` where there is nothing."""

    title: str
    lines: Sequence[Sequence[str]]
    none: str


def keep_minutes(actor: Actor, item_id: UUID, *, document_id: UUID) -> PanelItem:
    """Draw what the panel decided about a case, and keep it as a document of the case. Raises a Refusal.

    What was given beforehand is named and not repeated: its words have a last day, and a document would outlive it.
    What bears a label is not even named, because the document bears none.
    """
    # Two who keep them at one moment wait for one another: the second finds them kept.
    item = queries.visible_to(actor).select_for_update(of=("self",), no_key=True).filter(pk=item_id).first()
    if item is None:
        raise NotFound
    relations = access.relations_to(actor, item.case_id)
    policy.require(actor, Permission.DOCUMENT_ADD, relations)
    reasons = list(rules.minutes_can_be_kept(item, is_kept=queries.minutes_of(actor, item).exists()))
    if reasons:
        raise Conflict(*reasons, code="not_ready")
    about = Record(item.case_id, item.child_id, item.case_reference, f"/cases/{item.case_id}/documents")
    content = drawn(item, _parts(actor, item, relations))
    file = {"kind": rules.MINUTES, "title": rules.title_of_minutes(item), "name": "minutes.pdf", "content": content}
    add_document(actor, about, file, document_id=document_id)
    return item


def drawn(item: PanelItem, parts: Iterable[Part]) -> bytes:
    """Return the minutes of an item as a PDF, tagged as letters are (ADR 34)."""
    panel = item.panel
    head = [
        f"Case {item.case_reference}, led by {item.lead_agency.name}",
        f"{in_words(panel.starts_at)}, chaired by {item.chair_agency.name}",
        *([f"Place: {panel.place}"] if panel.place else []),
        f"Signed by {panel.ended_by_name}, {day_in_words(panel.ended_at)}" if panel.ended_at else "",
    ]
    page: dict[str, Any] = {"title": rules.title_of_minutes(item), "chair": item.chair_agency.name, "head": head}
    page["parts"] = [{"title": one.title, "lines": one.lines, "none": one.none} for one in parts]
    return typeset(_SOURCE, minutes=page)


def _parts(actor: Actor, item: PanelItem, relations: frozenset[Any]) -> list[Part]:
    given = queries.information_of(actor, item, relations).filter(mark="")
    decided = queries.decisions_of(actor, item, relations)
    return [
        Part("The question", [item.question.splitlines()], ""),
        Part("Who came", [_came(one) for one in queries.attendance_of(item.panel)], "Nobody wrote down who came."),
        Part("Who gave information beforehand", [_gave(one) for one in given], "Nobody did."),
        Part("What was decided", [_decided(one) for one in decided], "Nothing was decided."),
    ]


def _came(one: Attendance) -> list[str]:
    return [f"{one.person}, {one.agency.name}: {vocabulary.get('panel_attendance').label(one.came).lower()}"]


def _gave(one: Information) -> list[str]:
    return [f"{one.agency.name}, by {one.by_name} on {day_in_words(one.at)}"]


def _decided(one: PanelDecision) -> list[str]:
    does = f"{one.owner_agency.name} does it" if one.owner_agency else ""
    due = f" by {day_said(one.due_on)}" if does and one.due_on else ""
    return [
        vocabulary.get("panel_decisions").label(one.kind),
        *one.text.splitlines(),
        *([f"{does}{due}."] if does else []),
    ]
