"""A case, the transfers of its lead, the tasks about it, and what is found out and written while it is worked."""

from backend.cases.models.assessment import Assessment
from backend.cases.models.case import Case, Transfer
from backend.cases.models.note import Note
from backend.cases.models.planning import Action, Goal, Meeting, Plan
from backend.cases.models.task import Task

__all__ = ["Action", "Assessment", "Case", "Goal", "Meeting", "Note", "Plan", "Task", "Transfer"]
