"""What a machine is made of: an edge with its rules, clocks and whom it tells, and how it is offered to somebody."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.access.policy import Permission
from backend.deadlines.winding import UNTOUCHED, Clocks
from backend.notifications.audience import Audience
from backend.workflow.changing import Change
from backend.workflow.merging import Since, Stands, in_history

Given = Mapping[str, Any]
# A rule yields the reasons why an edge cannot be taken; `given` is None while only asking what stands in the way.
Rule = Callable[[Any, Any, Given | None], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Tell:
    """One audience an edge tells, or several alike; `who` names them for the preview, `path` is their own page."""

    message: str
    audience: Callable[[Any], Audience | Sequence[Audience] | None]
    who: Callable[[Any], str]
    urgent: Callable[[Any], bool] = lambda _target: False
    path: Callable[[Any], str] | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A page where what is missing for an edge is done, shown at the edge while `leads` finds something missing."""

    label: str
    hint: str
    path: Callable[[Any], str]
    # Of the record and the facts of its machine.
    leads: Callable[[Any, Any], bool]


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge, or with `sources` one act that leaves the state alone."""

    permission: Permission
    label: str
    hint: str = ""
    rules: tuple[Rule, ...] = ()
    clocks: Clocks = UNTOUCHED
    tells: tuple[Tell, ...] = ()
    # Who else hears of it, by what `first` and `then` do: in words, from the record and the facts of its machine.
    also_told: Callable[[Any, Any], Iterator[str]] = lambda _target, _facts: iter(())
    first: Callable[[Change[Any], dict[str, Any]], None] | None = None
    then: Callable[[Change[Any], Given], None] | None = None
    second_person: Callable[[Any, Any, Given | None], str] | None = None
    sources: tuple[str, ...] | None = None
    by_system: bool = False
    # Whether it can be meant at all of this record, where its state does not say so: else nobody is offered it.
    suits: Callable[[Any], bool] = lambda _target: True
    # Hardly ever meant, and heavy to read: offered last, among what is recorded or put right.
    seldom: bool = False
    primary: bool = False  # the one way on, which a screen draws as its button; never an edge that decides
    way: Way | None = None
    # Until when it can be taken, of a record and the facts of its machine: for what somebody has just done themselves.
    # Offered to them until then, and to nobody else (workflow/undo.py).
    until: Callable[[Any, Any], datetime | None] | None = None
    # Where a second person reads what they agree to; the page of the record if not said.
    read_at: Callable[[Any], str] | None = None
    # What its form begins with, where that is a row of the record; `since` where it is more than that. Whoever changes
    # the same at once reads both (workflow/merging.py).
    stands: Stands | None = None
    since: Since | None = None

    @property
    def changed_since(self) -> Since | None:
        """Return how to find what others changed in the answers of the form, for one that begins with what stands."""
        return self.since or (in_history(self.stands) if self.stands else None)


@dataclass(frozen=True, slots=True)
class Option:
    """An edge this actor may take now, with what stands in the way and who would be told."""

    name: str
    label: str
    hint: str
    kind: str
    obstacles: list[str]
    tells: list[str]
    needs_second_person: str
    primary: bool
    # Where what is missing is done: label, hint and address.
    way: Mapping[str, str] | None = None
    # When it can no longer be done, where it can be for a short time only.
    until: datetime | None = None


def way_on(edge: Edge, target: Any, facts: Any) -> Mapping[str, str] | None:
    """Return the page where what an edge lacks is done, if it lacks anything."""
    way = edge.way
    if way is None or not way.leads(target, facts):
        return None
    return {"label": way.label, "hint": way.hint, "url": way.path(target)}


def audiences(tell: Tell, target: Any) -> Sequence[Audience]:
    """Return whom an edge tells about this record, if anybody."""
    found = tell.audience(target)
    if found is None:
        return ()
    return found if isinstance(found, Sequence) else (found,)
