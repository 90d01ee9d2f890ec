"""Everything that writes cases and transfers: opening or joining, proposing a transfer, and the two machines."""

from backend.cases.commands.case_edges import case_machine
from backend.cases.commands.opening import CaseInHand, open_or_join
from backend.cases.commands.proposing import Handover, propose_to_lead
from backend.cases.commands.reopening import Shared
from backend.cases.commands.transfer_edges import transfer_machine

__all__ = ["CaseInHand", "Handover", "Shared", "case_machine", "open_or_join", "propose_to_lead", "transfer_machine"]
