"""What a form is made of: fields on pages, pages in sections; words and conditions, no behaviour."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from backend.access.marks import Mark
from backend.core.vocabulary import NOT_KNOWN
from backend.deadlines.calendar import local

Answers = Mapping[str, Any]
NAME_LENGTH = 200
WORDS_LENGTH = 5_000
NOTE_LENGTH = 1_000
# The label that one thing said may be given (access.marks); which ones, who sends it decides.
MARK, PROTECTED, LABELS = "mark", "is_protected", "labels"
# Where only what applies is asked: a section of this group counts as complete while nobody has opened it.
OPTIONAL_GROUP = "Only what applies"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose, where no vocabulary has it."""

    value: str
    label: str
    hint: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class ShowIf:
    """The field is asked only while another field of the same form, or the same list item, has one of these values."""

    field: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `missing` is the sentence when a required answer is not there; `reads` its label once answered.

    A `shared` answer is the family's: it is copied when a brother or sister is referred beside this child.
    """

    name: str
    kind: str
    label: str
    hint: str = ""
    missing: str = ""
    reads: str = ""
    required: bool = True
    not_known: bool = False
    vocabulary: str = ""
    without: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    max_length: int | None = None
    fields: tuple["Field", ...] = ()
    show_if: ShowIf | None = None
    shared: bool = False
    mark: Mark = Mark.NONE
    # The mark holds only while this answer is yes.
    mark_if: str = ""

    @property
    def heading(self) -> str:
        """Return the label above the answer when somebody else reads it."""
        return self.reads or self.label


def lasted(begins: str, ends: str) -> tuple[Field, Field]:
    """Return the questions from when to when something held; neither is ever needed."""
    return (
        Field(name="from_on", kind="date", label=begins, reads=begins, required=False),
        Field(name="until_on", kind="date", label=ends, reads=ends, required=False),
    )


@dataclass(frozen=True, slots=True)
class Page:
    """One thing to ask on one page; its title is the question."""

    name: str
    title: str
    fields: tuple[Field, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A task of the list. `needs` are the sections that must be complete before it can be started."""

    name: str
    title: str
    group: str
    pages: tuple[Page, ...]
    hint: str = ""
    needs: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return the fields of all its pages in order."""
        return tuple(field for page in self.pages for field in page.fields)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """All that the rules need besides the answers: who sends to what kind of agency, when, and who could be chosen."""

    sender_kind: str
    recipient_kind: str
    moment: datetime
    agencies: tuple[Choice, ...]
    # The service that is chosen, if it can be; the directory is too long to hand out whole.
    services: tuple[Choice, ...] = ()
    # The partnership's own text beside each level of need, where the form is shown.
    level_texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """Return the day in England."""
        return local(self.moment).date()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is missing or wrong, where it is asked, in a sentence for the person who types."""

    field: str
    section: str
    page: str
    sentence: str


def is_empty(value: Any) -> bool:
    """Say whether there is no answer at all; False and "not known" are answers."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, list):
        return all(is_empty(item) for item in value)
    if isinstance(value, dict):
        return all(is_empty(part) for part in value.values())
    return value is None


def is_known(value: Any) -> bool:
    """Say whether there is an answer, and it is not "not known"."""
    return not is_empty(value) and value != NOT_KNOWN
