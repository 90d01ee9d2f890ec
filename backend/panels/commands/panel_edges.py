"""The machine of a meeting: it begins, somebody writes down who came, its minutes are signed; or it is called off."""

from typing import Any

from backend.access.policy import Permission
from backend.notifications.audience import AgencyRoles, Person
from backend.panels import queries, rules
from backend.panels.commands.agenda import AT_THE_TABLE
from backend.panels.models import Attendance, Panel, PanelItem
from backend.panels.texts import panel_fields
from backend.workflow.changing import Change
from backend.workflow.machine import Edge, Machine, Tell


def _attend(change: Change[Panel], inputs: dict[str, Any]) -> None:
    actor = change.actor
    row = Attendance(
        root_id=change.target.id,
        agency_id=inputs["agency"],
        person=inputs["person"],
        came=inputs["came"],
        by_id=actor.user_id,
        by_name=actor.name,
    )
    change.leaves.append(row)
    change.data = {"agency": str(row.agency_id), "came": row.came}


def _call_off(change: Change[Panel], inputs: dict[str, Any]) -> None:
    """Whoever wanted to come or to hear what comes of it is told, while it is known who that is."""
    panel = change.target
    heard = list(queries.agenda_of(change.actor, panel).filter(state__in=PanelItem.HEARD))
    agencies = dict.fromkeys(queries.invited_to(heard))
    workers = dict.fromkeys(item.put_on_by_id for item in heard)
    panel.told = [*(AgencyRoles(one, AT_THE_TABLE) for one in agencies), *map(Person, workers)]
    change.data = {"reason_code": inputs["reason_code"]}


def _name_told(panel: Panel) -> str:
    return "Whoever was invited, and whoever put a case on its agenda"


panel_machine: Machine[Panel] = Machine(
    noun="panel",
    model=Panel,
    edges={
        "hold": Edge(
            permission=Permission.PANEL_HOLD,
            label="Begin the panel",
            hint="From now on you write down what is decided about each child.",
            rules=(rules.its_day_has_come,),
            primary=True,
        ),
        "record_attendance": Edge(
            permission=Permission.PANEL_RECORD_ATTENDANCE,
            label="Record who came",
            hint="One person at a time. What you say last about somebody counts.",
            rules=(rules.attends_as_agency,),
            first=_attend,
            sources=Panel.OPEN,
        ),
        "sign": Edge(
            permission=Permission.PANEL_SIGN,
            label="Sign the minutes",
            hint="Nothing about this panel changes after that, and those who were invited read nothing of it any more.",
            rules=(rules.everything_is_decided,),
        ),
        "cancel": Edge(
            permission=Permission.PANEL_CANCEL,
            label="Call the panel off",
            hint="Those who were invited or put a case on its agenda are told, and what was shared for it is closed.",
            tells=(Tell("panel_called_off", lambda panel: panel.told, _name_told),),
            first=_call_off,
        ),
    },
    visible_to=queries.panels_visible_to,
    facts=queries.panel_facts,
    fields=panel_fields,
    path=lambda target: f"/panels/{target.id}",
    owner_agency=lambda target: target.chair_agency_id,
    labels=Panel.LABELS,
)
