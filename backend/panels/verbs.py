"""The words of the verbs of panels and of items of their agenda, as timelines say them."""

from collections.abc import Mapping
from typing import Any

from backend.audit.verbs import register_details, register_verbs
from backend.core import vocabulary

_LABELS: Mapping[str, str] = {
    "panel.plan": "Planned a panel meeting",
    "panel.record_attendance": "Recorded who came to the panel",
    "panel.hold": "The panel began",
    "panel.sign": "Signed the minutes of the panel",
    "panel.cancel": "Called the panel off",
    "panel_item.put_on": "Put on the agenda of a panel",
    "panel_item.invite": "Invited an organisation to the panel",
    "panel_item.make_invitation": "Wrote what an organisation is told for the panel",
    "panel_item.close_invitation": "Closed the item to an organisation",
    "panel_item.end_invitation": "Took an invitation to the panel back",
    "panel_item.remind": "Reminded an organisation to give information for the panel",
    "panel_item.give_information": "Gave information for the panel",
    "panel_item.decide": "Recorded what the panel decided",
    "panel_item.take_off": "Took it off the agenda of a panel",
}


# What the chronology of a case tells of its items: not who was invited nor who gave what, which may bear a label.
TOLD = ("panel_item.put_on", "panel_item.decide", "panel_item.take_off")


def register() -> None:
    """Register them, and what a chronology says of each beside it."""
    register_verbs(_LABELS)
    for verb in TOLD:
        register_details(verb, _at_which_panel)


def _at_which_panel(data: Mapping[str, Any]) -> str:
    """Return which meeting it was, and the kind of what was decided; of what was told before this was kept, less."""
    decided = vocabulary.get("panel_decisions").label(data.get("kind", ""))
    return ": ".join(part for part in (data.get("panel", ""), decided) if part)
