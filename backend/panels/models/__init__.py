"""The tables of panels: the meeting, an item of its agenda, and what is said and decided about the item."""

from backend.panels.models.item import Information, InformationText, Invitation, PanelDecision, PanelItem
from backend.panels.models.panel import Attendance, Panel

__all__ = [
    "Attendance",
    "Information",
    "InformationText",
    "Invitation",
    "Panel",
    "PanelDecision",
    "PanelItem",
]
