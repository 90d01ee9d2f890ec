"""One line of a person’s work: what it is, for whom, by when, and where it is done."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from backend.children.models import Child
from backend.deadlines.models import Rag

# Of each kind; nobody reads through more.
MOST = 50

Kind = Literal[
    "next_step",
    "clock",
    "task",
    "action",
    "lead_request",
    "alert",
    "concern",
    "turning_point",
    "transfer",
    "service",
    "confirmation",
    "question",
    "offer",
    "panel",
    "session",
    "draft",
    "score",
    "mention",
]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do or to know; `due` is a day for what was planned, and an instant for a clock; none for some."""

    id: str
    kind: Kind
    label: str
    reference: str
    path: str
    due: datetime | date
    rag: Rag = "none"
    child: Child | None = None
    case_id: UUID | None = None
    # Since when somebody else has had it to answer.
    since: datetime | None = None
    # Of which other record than a case of theirs this tells.
    root_id: UUID | None = None
