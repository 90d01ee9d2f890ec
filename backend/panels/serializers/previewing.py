"""What an agency reads at a panel, in parts with a heading: its own page of the item, before it is shared with it."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.cases.serializers.previewing import pairs
from backend.deadlines.calendar import day_in_words, in_words
from backend.panels import queries
from backend.panels.models import PanelItem
from backend.panels.serializers.representing import panel_item_data
from backend.workflow.machine import Given
from backend.workflow.preview_views import Reader, Section

_AT_THE_TABLE = (Role.TRIAGE_OFFICER, Role.MANAGER)
_LEADING = (Role.MANAGER,)


def chair_reader(item: PanelItem) -> list[Reader]:
    """Return the agency that chairs the panel on whose agenda a case is put."""
    return [_reader(item, item.chair_agency_id, _what_is_heard)]


def invited_reader(item: PanelItem, given: Given) -> list[Reader]:
    """Return the agency that is invited."""
    return [_reader(item, given["agency"], _what_is_heard)]


def given_readers(item: PanelItem, given: Given) -> list[Reader]:
    """Return the agencies that may read what is given: the one that leads the case, and the one that chairs.

    Of their page whoever gives it is shown this and nothing else: what others gave and were told is not theirs to read.
    """
    # The preview itself leaves out whoever gives it.
    agencies = dict.fromkeys((item.lead_agency_id, item.chair_agency_id))
    return [_reader(item, agency, partial(_what_is_given, item.given_id)) for agency in agencies]


def _reader(item: PanelItem, agency_id: UUID, parts: Callable[[dict[str, Any]], list[Section]]) -> Reader:
    def shows(actor: Actor) -> list[Section] | None:
        found = queries.visible_to(actor).filter(pk=item.id).first()
        return None if found is None else parts(panel_item_data(actor, found))

    leads = agency_id == item.lead_agency_id and agency_id != item.chair_agency_id
    return Reader(agency_id, _LEADING if leads else _AT_THE_TABLE, shows)


def _what_is_heard(data: dict[str, Any]) -> list[Section]:
    """Return what stands on the page of an item but for what was given: that an agency has read already, or may not."""
    heard = (
        ("Panel", f"{data['panel']}, {in_words(data['starts_at'])}"),
        ("Question to the panel", data["question"]),
        ("Case", data["reference"]),
        ("Case of", data["lead_agency"]),
        ("They can read this until", day_in_words(data["open_until"])),
    )
    born = data["child_born_on"]
    child = (("Name", data["child_name"]), ("Date of birth", f"{born:%-d %B %Y}" if born else ""))
    told = [(one["agency"], one["told"]) for one in data["invitations"] if one["ended_at"] is None]
    return [
        {"title": "What the panel hears", "answers": pairs(heard)},
        {"title": "The child", "answers": pairs(child)},
        {"title": "What they are told", "answers": pairs(told)},
    ]


def _what_is_given(given_id: UUID | None, data: dict[str, Any]) -> list[Section]:
    read = [(one["agency"], one["text"] or "") for one in data["information"] if one["id"] == given_id]
    return [{"title": "What was given beforehand", "answers": pairs(read)}] if read else []
