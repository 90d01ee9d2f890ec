"""Everything that writes cases, transfers and tasks: opening or joining, proposing, giving, and their machines."""

from backend.cases.commands.action_edges import action_machine
from backend.cases.commands.asking import lead_request_machine
from backend.cases.commands.assessing import assessment_machine
from backend.cases.commands.case_edges import case_machine, resume
from backend.cases.commands.giving import About, give_task, owner_at, owner_of
from backend.cases.commands.meeting_edges import meeting_machine
from backend.cases.commands.note_edges import note_machine
from backend.cases.commands.opening import CaseInHand, open_or_join
from backend.cases.commands.plan_edges import goal_machine
from backend.cases.commands.proposing import Handover, propose_to_lead
from backend.cases.commands.relationships import relationship_machine
from backend.cases.commands.reopening import Shared
from backend.cases.commands.score_edges import score_machine
from backend.cases.commands.task_edges import task_machine
from backend.cases.commands.team import team_machine
from backend.cases.commands.transfer_edges import transfer_machine

__all__ = [
    "About",
    "CaseInHand",
    "Handover",
    "Shared",
    "action_machine",
    "assessment_machine",
    "case_machine",
    "give_task",
    "goal_machine",
    "lead_request_machine",
    "meeting_machine",
    "note_machine",
    "open_or_join",
    "owner_at",
    "owner_of",
    "propose_to_lead",
    "relationship_machine",
    "resume",
    "score_machine",
    "task_machine",
    "team_machine",
    "transfer_machine",
]
