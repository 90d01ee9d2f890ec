"""What a child's records say, passage by passage, as the worker copies it for whoever asked.

Not drafts, nor what was taken back, nor what bears the label POLICE: that it is there is hidden (access.md, Labels).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model

from backend.access.marks import HIDDEN
from backend.access.queries import about_child
from backend.cases.models import Action, Assessment, Case, Goal, Meeting, Note, Plan
from backend.children.models import Address, Child
from backend.core import vocabulary
from backend.deadlines.calendar import day_in_words, day_said
from backend.documents.models import Document
from backend.referrals.form.sections import FIELDS
from backend.referrals.models import Decision, InformationRequest, Referral, Statement, Told
from backend.sharing.models import Agreement, Disclosure

# What a label asks to look at: a code of rights_reasons.
PROPOSED: Mapping[str, str] = {
    "third_party": "about_another",
    "health": "serious_harm",
    "location": "location",
    "not_for_family": "serious_harm",
}


@dataclass(frozen=True, slots=True)
class Found:
    """One passage: of which record and row, what it is in our own words, and what it says."""

    record_id: UUID
    kind: str
    source_id: UUID
    part: str
    about: str
    at: datetime | None
    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Records:
    """The records about a child: its own rows, its referrals that were sent, and its cases, each by its reference."""

    children: Sequence[UUID]
    referrals: Mapping[UUID, str]
    cases: Mapping[UUID, str]

    @property
    def roots(self) -> list[UUID]:
        """Return the keys of referrals and cases."""
        return [*self.referrals, *self.cases]

    def called(self, record_id: UUID) -> str:
        """Return how a record is called."""
        return self.referrals.get(record_id) or self.cases.get(record_id, "")


def records_of(child_id: UUID) -> Records:
    """Return the records about a child, by any of its rows."""
    children = list(Child.objects.filter(about_child(child_id, column="id")).values_list("id", flat=True))
    referrals = Referral.objects.filter(child_id__in=children, submitted_at__isnull=False)
    cases = Case.objects.filter(child_id__in=children)
    return Records(children, dict(referrals.values_list("id", "reference")), dict(cases.values_list("id", "reference")))


def passages(records: Records) -> list[Found]:
    """Return all that is copied, by kind and then by when it was written; nothing whose existence is hidden."""
    found = [one for source in _SOURCES for one in source(records)]
    return [one for one in found if one.text.strip() and one.mark not in HIDDEN]


def heading(one: Found, records: Records) -> str:
    """Return what stands over a passage: our own words, codes and days."""
    when = f"{day_in_words(one.at)}" if one.at else ""
    parts = [vocabulary.get("rights_passages").label(one.kind), one.about, when, records.called(one.record_id)]
    return ", ".join(part for part in parts if part)[:300]


def _rows(model: type[Model], records: Records, order: str, **narrowed: Any) -> Iterator[Any]:
    yield from model._default_manager.filter(root_id__in=records.roots, **narrowed).order_by(order, "id")


def _parts(row: Any, kind: str, at: datetime | None, said: Mapping[str, str], *, mark: str = "") -> Iterator[Found]:
    """Yield a passage for each of several texts of one row, by what they are called."""
    for part, about in said.items():
        yield Found(row.root_id, kind, row.id, part, about, at, mark, getattr(row, part))


def _label(name: str, code: str) -> str:
    return vocabulary.get(name).label(code)


def _child(records: Records) -> Iterator[Found]:
    for child in Child.objects.filter(id__in=records.children).order_by("recorded_at", "id"):
        said = {
            "Name": child.name,
            "Known as": child.known_as,
            "Date of birth": day_said(child.date_of_birth) if child.date_of_birth else "",
            "Expected": day_said(child.expected_date) if child.expected_date else "",
            "School": child.school,
            "Language": child.language,
            "NHS number": child.nhs_number,
            "Pupil number": child.upn,
            "Address": " ".join(filter(None, [child.address, child.postcode])),
        }
        text = "\n".join(f"{name}: {value}" for name, value in said.items() if value)
        yield Found(child.id, "child", child.id, "", "", child.recorded_at, "", text)


def _addresses(records: Records) -> Iterator[Found]:
    for row in _rows(Address, records, "recorded_at"):
        text = " ".join(filter(None, [row.address, row.postcode]))
        about = _label("address_kinds", row.kind)
        yield Found(row.root_id, "address", row.id, "", about, row.recorded_at, row.mark, text)


def _statements(records: Records) -> Iterator[Found]:
    for row in _rows(Statement, records, "recorded_at"):
        about = FIELDS[row.kind].heading if row.kind in FIELDS else _label("statement_kinds", row.kind)
        yield Found(row.root_id, "statement", row.id, "", about, row.recorded_at, row.mark, row.text)


def _decisions(records: Records) -> Iterator[Found]:
    for row in _rows(Decision, records, "at"):
        kind = _label("decision_kinds", row.kind)
        said = {"rationale": f"{kind}: why", "outcome_text": f"{kind}: what the referrer was told"}
        yield from _parts(row, "decision", row.at, said)


def _told(records: Records) -> Iterator[Found]:
    for row in _rows(Told, records, "recorded_at"):
        who = row.person_name or _label("told_who", row.who)
        how = _label("told_methods", row.method)
        text = f"{who}: {how}" if row.told_at else f"{who} not told yet: {_label('told_why_not', row.why_not)}"
        yield Found(row.root_id, "told", row.id, "", "", row.told_at or row.recorded_at, "", text)


def _questions(records: Records) -> Iterator[Found]:
    for row in _rows(InformationRequest, records, "asked_at"):
        yield from _parts(row, "question", row.asked_at, {"question": "asked", "answer_text": "answered"})


def _notes(records: Records) -> Iterator[Found]:
    for row in _rows(Note, records, "happened_at", state=Note.WRITTEN):
        kind = _label("note_kinds", row.kind)
        said = {"text": kind, "analysis": f"{kind}: what it means"}
        yield from _parts(row, "note", row.happened_at, said, mark=row.mark)


def _assessments(records: Records) -> Iterator[Found]:
    said = {
        "needs": "needs",
        "strengths": "strengths",
        "child_words": "the child’s words",
        "family_words": "the family’s words",
        "analysis": "what it means",
    }
    for row in _rows(Assessment, records, "started_at", state=Assessment.COMPLETE):
        yield from _parts(row, "assessment", row.ended_at, said)


def _goals(records: Records) -> Iterator[Found]:
    for row in _rows(Goal, records, "made_at"):
        yield from _parts(row, "goal", row.made_at, {"words": "", "outcome_note": "how it ended"})


def _actions(records: Records) -> Iterator[Found]:
    for row in _rows(Action, records, "made_at"):
        mark = "not_for_family" if row.not_for_family else ""
        yield from _parts(row, "action", row.made_at, {"text": "", "outcome": "what came of it"}, mark=mark)


def _plans(records: Records) -> Iterator[Found]:
    for row in _rows(Plan, records, "made_at"):
        yield from _parts(row, "plan", row.made_at, {"family_view": "what the family says"})


def _meetings(records: Records) -> Iterator[Found]:
    said = {
        "who_was_there": "who was there",
        "child_view": "what the child says",
        "family_view": "what the family says",
        "what_changed": "what has changed",
        "decisions": "what was decided",
    }
    for row in _rows(Meeting, records, "made_at", state=Meeting.RECORDED):
        yield from _parts(row, "meeting", row.made_at, said)


def _agreements(records: Records) -> Iterator[Found]:
    for row in _rows(Agreement, records, "recorded_at"):
        text = "\n".join(filter(None, [_label("agreement_states", row.state), row.agreed_by, row.note]))
        yield Found(row.root_id, "agreement", row.id, "", "", row.recorded_at, "", text)


def _disclosures(records: Records) -> Iterator[Found]:
    rows = Disclosure.objects.filter(root_id__in=records.roots).select_related("from_agency", "to_agency")
    for row in rows.order_by("at", "id"):
        to = row.to_agency.name if row.to_agency else row.to_outside
        text = f"{row.what}\nFrom {row.from_agency.name} to {to}\nWhy: {row.purpose}"
        yield Found(row.root_id, "disclosure", row.id, "", "", row.at, "", text)


def _documents(records: Records) -> Iterator[Found]:
    for row in _rows(Document, records, "added_at", state=Document.CHECKED):
        kind = _label("document_kinds", row.kind)
        yield Found(row.root_id, "document", row.id, "", kind, row.added_at, row.mark, row.title)


_SOURCES: Sequence[Callable[[Records], Iterator[Found]]] = (
    _child,
    _addresses,
    _statements,
    _decisions,
    _told,
    _questions,
    _notes,
    _assessments,
    _goals,
    _actions,
    _plans,
    _meetings,
    _agreements,
    _disclosures,
    _documents,
)
