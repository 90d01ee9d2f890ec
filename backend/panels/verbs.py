"""The words of the verbs of panels and of items of their agenda, as timelines say them."""

from collections.abc import Mapping

from backend.audit.verbs import register_verbs

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


def register() -> None:
    """Register them."""
    register_verbs(_LABELS)
