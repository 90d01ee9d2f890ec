"""What every list that may leave as a file says of itself, in one place: who may, which rows, which columns."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.children.models import Child
from backend.core.api.serializers import StrictSerializer
from backend.core.spreadsheets.cells import ISO, Cell

Asked = Mapping[str, Any]
Row = tuple[Cell, ...]
WHO = ("Child", "Date of birth", "Expected date of birth")


class NothingAsked(StrictSerializer):
    """A list that is not narrowed."""


def root_of(one: Any) -> UUID | None:
    """Return the record that a row is about, if it is about one."""
    root: UUID | None = getattr(one, "root_id", None)
    return root


@dataclass(frozen=True, slots=True, kw_only=True)
class Exportable(ABC):
    """What can be asked for as a file, by its code; `title` is what the filters make of its name."""

    code: str
    label: str
    permission: Permission
    asked: type[StrictSerializer]
    title: Callable[[Asked], str] = lambda _asked: ""
    # How plain text writes a day.
    days: str = ISO

    @property
    @abstractmethod
    def sheets(self) -> Sequence["Rows"]:
        """Return the lists that the file is made of."""

    def filters(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the filters in Python's types; raise ValidationError for what the list does not take."""
        serializer = self.asked(data=given)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def named(self, asked: Asked) -> str:
        """Return what the list is called with these filters."""
        more = self.title(asked)
        return f"{self.label}: {more}" if more else self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows(Exportable):
    """One sheet: `cells` makes a row for each thing found, column by column.

    No column holds what somebody wrote in their own words of a child or family, and none what bears a label.
    """

    columns: Sequence[str]
    cells: Callable[[Asked, Sequence[Any]], Sequence[Row]]
    root: Callable[[Any], UUID | None] = root_of

    @property
    def sheets(self) -> Sequence["Rows"]:
        """It is one sheet."""
        return (self,)

    @abstractmethod
    def keys(self, actor: Actor, asked: Asked, most: int) -> list[UUID]:
        """Return which things are in it, at most so many, in its order."""

    @abstractmethod
    def some(self, actor: Actor, asked: Asked, keys: Sequence[UUID]) -> list[Any]:
        """Return those of these things that the actor may still see, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Rows):
    """A list: `find` is the very query behind the page."""

    find: Callable[[Actor, Asked], QuerySet[Any]]

    def keys(self, actor: Actor, asked: Asked, most: int) -> list[UUID]:
        """Return their primary keys."""
        return list(self.find(actor, asked).values_list("pk", flat=True)[:most])

    def some(self, actor: Actor, asked: Asked, keys: Sequence[UUID]) -> list[Any]:
        """Ask the same query for these alone."""
        found = {one.pk: one for one in self.find(actor, asked).filter(pk__in=keys)}
        return [found[key] for key in keys if key in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Rows):
    """A list that a function of the database tells, to who reads none of its tables; `tell` asks it."""

    tell: Callable[[Actor, Asked, int, Sequence[UUID] | None], Sequence[Any]]

    def keys(self, actor: Actor, asked: Asked, most: int) -> list[UUID]:
        """Return the keys of what it tells."""
        return [one.id for one in self.tell(actor, asked, most, None)]

    def some(self, actor: Actor, asked: Asked, keys: Sequence[UUID]) -> list[Any]:
        """Ask for these alone."""
        return list(self.tell(actor, asked, len(keys), keys))


@dataclass(frozen=True, slots=True, kw_only=True)
class Book(Exportable):
    """Several lists in one file; each has its own columns, and all of them the filters of the book."""

    parts: Sequence[Listing]

    @property
    def sheets(self) -> Sequence[Rows]:
        """Its lists."""
        return self.parts


def children_of(found: Sequence[Any]) -> Mapping[UUID, Child]:
    """Return the children of these records whom the actor may know, in one statement."""
    return Child.objects.in_bulk({one.child_id for one in found})


def who(child: Child | None) -> Row:
    """Return the cells of WHO."""
    return (child.name, child.date_of_birth, child.expected_date) if child else ("", None, None)
