"""The only code that writes panels: planning one, putting a case on its agenda, and the machines of both."""

from backend.panels.commands.agenda import add_to_agenda, plan_panel, put_on_agenda
from backend.panels.commands.item_edges import panel_item_machine
from backend.panels.commands.panel_edges import panel_machine

__all__ = ["add_to_agenda", "panel_item_machine", "panel_machine", "plan_panel", "put_on_agenda"]
