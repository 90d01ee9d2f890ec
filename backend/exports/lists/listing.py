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
    def sheets(self) -> Sequence["Listing"]:
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
class Listing(Exportable):
    """A list: `find` is the very query behind the page, `cells` a row for each thing found, column by column.

    No column holds what somebody wrote in their own words of a child or family, and none what bears a label.
    """

    columns: Sequence[str]
    find: Callable[[Actor, Asked], QuerySet[Any]]
    cells: Callable[[Asked, Sequence[Any]], Sequence[Row]]
    root: Callable[[Any], UUID | None] = root_of

    @property
    def sheets(self) -> Sequence["Listing"]:
        """A list is one sheet."""
        return (self,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book(Exportable):
    """Several lists in one file; each has its own columns, and all of them the filters of the book."""

    parts: Sequence[Listing]

    @property
    def sheets(self) -> Sequence[Listing]:
        """Its lists."""
        return self.parts


def children_of(found: Sequence[Any]) -> Mapping[UUID, Child]:
    """Return the children of these records whom the actor may know, in one statement."""
    return Child.objects.in_bulk({one.child_id for one in found})


def who(child: Child | None) -> Row:
    """Return the cells of WHO."""
    return (child.name, child.date_of_birth, child.expected_date) if child else ("", None, None)
