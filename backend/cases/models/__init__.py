"""A case, the transfers of its lead, its team and tasks, and what is found out and written while it is worked."""

from backend.cases.models.asking import LeadRequest
from backend.cases.models.assessment import Assessment
from backend.cases.models.case import Case, Transfer
from backend.cases.models.concern import Concern
from backend.cases.models.note import Note
from backend.cases.models.planning import Action, Goal, Meeting, Plan
from backend.cases.models.relationship import Relationship
from backend.cases.models.same_person import SamePerson
from backend.cases.models.task import Task
from backend.cases.models.team import TeamMember

__all__ = [
    "Action",
    "Assessment",
    "Case",
    "Concern",
    "Goal",
    "LeadRequest",
    "Meeting",
    "Note",
    "Plan",
    "Relationship",
    "SamePerson",
    "Task",
    "TeamMember",
    "Transfer",
]
