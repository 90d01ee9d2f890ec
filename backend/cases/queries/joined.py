"""Cases that were joined to another, and what of them still waits for the worker."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from backend.cases.models import Case, Task, Transfer

# The kind of the task by which the case that goes on takes over, and why a transfer was overtaken.
KIND = "case_joined"
_CASES = "/cases/"


def path_of(case_id: UUID) -> str:
    """Return where the page of a joined case is, by which its task is known."""
    return f"{_CASES}{case_id}"


def _path(key: str | OuterRef) -> Concat:
    return Concat(Value(_CASES), Cast(key, TextField()), output_field=TextField())


def not_handed_over() -> "QuerySet[Case, Any]":
    """Return the keys of joined cases of which nobody at the case that goes on was given a task yet."""
    path = _path(OuterRef("pk"))
    given = Task.objects.filter(root_id=OuterRef("joined_into_id"), kind=KIND, path=path)
    waiting = Case.objects.filter(joined_into__isnull=False).exclude(
        Exists(given.filter(made_at__gte=OuterRef("closed_at")))
    )
    return waiting.order_by("closed_at").values_list("id", flat=True)


def transfers_overtaken() -> "QuerySet[Transfer, Any]":
    """Return the keys of questions to lead a case that was joined to another."""
    open_ones = Transfer.objects.filter(state=Transfer.PROPOSED, case__joined_into__isnull=False)
    return open_ones.order_by("id").values_list("id", flat=True)


def handed_over_in_vain() -> "QuerySet[Task, Any]":
    """Return the keys of open tasks about a case that is not joined to theirs any more."""
    here = _path("pk")
    still = Case.objects.annotate(path=here).filter(joined_into_id=OuterRef("root_id"), path=OuterRef("path"))
    waiting = Task.objects.filter(kind=KIND, state=Task.OPEN).exclude(Exists(still))
    return waiting.order_by("id").values_list("id", flat=True)
