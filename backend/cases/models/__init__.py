"""A case, the transfers of its lead, the tasks about it, and what is written while it is worked."""

from backend.cases.models.case import Case, Transfer
from backend.cases.models.note import Note
from backend.cases.models.task import Task

__all__ = ["Case", "Note", "Task", "Transfer"]
