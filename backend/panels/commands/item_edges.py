"""The machine of an item of an agenda: agencies are invited, give what is needed beforehand, and it is decided."""

from typing import Any

from backend.access.policy import Permission
from backend.audit.commands import Also, record
from backend.core import clock, vocabulary
from backend.core.errors import Conflict
from backend.core.ids import uuid7
from backend.notifications.audience import AgencyRoles
from backend.panels import queries, rules
from backend.panels.commands.agenda import AT_THE_TABLE, what_is_shared
from backend.panels.models import Information, InformationText, Invitation, Panel, PanelDecision, PanelItem
from backend.panels.texts import item_fields, said_of
from backend.sharing.commands import disclosure
from backend.sharing.rules import basis_of
from backend.workflow.changing import Change
from backend.workflow.machine import Edge, Machine, Tell

_FOR_THE_PANEL = "What the panel needs to know before it decides"


def _wait_for_the_panel(item: PanelItem, *states: str) -> None:
    """Wait for whoever begins, signs or calls off the meeting at this moment, and refuse what comes too late for it."""
    panel = Panel.objects.select_for_update(no_key=True).get(pk=item.panel_id)
    if panel.state not in states:
        raise Conflict(f"You cannot do this now: the panel is {panel.LABELS[panel.state].lower()}.", code="wrong_state")


def _invite(change: Change[PanelItem], inputs: dict[str, Any]) -> None:
    """Write what one agency is told, and the line of the case's ledger beside it."""
    actor, item = change.actor, change.target
    _wait_for_the_panel(item, *Panel.OPEN)
    invitation = Invitation(
        id=uuid7(),
        root_id=item.id,
        partnership_id=item.partnership_id,
        child_id=item.child_id,
        agency_id=inputs["agency"],
        purpose=inputs["purpose"],
        told=inputs["told"],
        open_until=item.open_until,
        by_id=actor.user_id,
        by_name=actor.name,
    )
    shared = disclosure(
        actor,
        root_id=item.case_id,
        child_id=item.child_id,
        what=what_is_shared(item, "Who the child is, the question, what the invitation says"),
        from_agency_id=item.lead_agency_id,
        to_agency_id=invitation.agency_id,
        purpose=vocabulary.get("panel_purposes").label(invitation.purpose),
        basis=basis_of(inputs),
        opens_id=invitation.id,
    )
    item.invited_agency_id = invitation.agency_id
    item.invited_agency_name = change.facts.agencies[invitation.agency_id].name
    change.data = {"agency": str(invitation.agency_id), "invitation_id": str(invitation.id)}
    record(
        actor,
        "panel_item.make_invitation",
        invitation,
        root_id=item.id,
        child_id=item.child_id,
        data=change.data,
        beside=lambda _event: shared,
    )


def _end_invitation(change: Change[PanelItem], inputs: dict[str, Any]) -> None:
    """The agency reads nothing of the item from this instant on; that it was invited, and why no more, stays."""
    item = change.target
    _wait_for_the_panel(item, *Panel.OPEN)
    invitation = Invitation.objects.select_for_update(no_key=True).get(pk=inputs["invitation"])
    invitation.ended_at = clock.now()
    change.data = {"agency": str(invitation.agency_id), "invitation_id": str(invitation.id)}
    change.change_too(
        [Also("panel_item.close_invitation", invitation, item.id, child_id=item.child_id, data=change.data)]
    )


def _give(change: Change[PanelItem], inputs: dict[str, Any]) -> None:
    """Write what an agency says, apart from that it said so, and a line of the ledger for each agency that reads it."""
    actor, item = change.actor, change.target
    _wait_for_the_panel(item, *Panel.OPEN)
    said: dict[str, Any] = {"root_id": item.id, "agency_id": actor.agency_id, "mark": inputs["mark"]}
    said["expires_at"] = rules.end_of(inputs["read_until"])
    row = Information(id=uuid7(), **said, by_id=actor.user_id, by_name=actor.name)
    change.leaves += [row, InformationText(**said, information_id=row.id, text=inputs["text"])]
    for recipient in rules.readers_of(item, actor.agency_id):
        change.leaves += disclosure(
            actor,
            root_id=item.id,
            child_id=item.child_id,
            what=f"Information for {item.panel.name}, read until {inputs['read_until']:%-d %B %Y}"[:200],
            from_agency_id=actor.agency_id,
            to_agency_id=recipient,
            purpose=_FOR_THE_PANEL,
            basis=basis_of(inputs),
            opens_id=row.id,
        )
    item.given_id = row.id
    change.data = {"information_id": str(row.id)}


def _decide(change: Change[PanelItem], inputs: dict[str, Any]) -> None:
    """Write what was decided; it may be one of several decisions about the same child."""
    actor = change.actor
    _wait_for_the_panel(change.target, Panel.HELD)
    row = PanelDecision(
        id=uuid7(),
        root_id=change.target.id,
        kind=inputs["kind"],
        text=inputs["text"],
        owner_agency_id=inputs["owner"],
        due_on=inputs["due_on"],
        by_id=actor.user_id,
        by_name=actor.name,
    )
    change.leaves.append(row)
    owner = str(row.owner_agency_id or "")
    panel = said_of(change.target.panel)
    change.data = {"decision_id": str(row.id), "kind": row.kind, "agency": owner, "panel": panel}


def _take_off(change: Change[PanelItem], inputs: dict[str, Any]) -> None:
    """Whoever was invited is told, while it is known who that was: the relation ends with the item."""
    item = change.target
    _wait_for_the_panel(item, *Panel.OPEN)
    change.data = {"panel": said_of(item.panel)}
    item.told_agency_ids = tuple(queries.invitations_that_stand(item).values_list("agency_id", flat=True))


def _invited(item: PanelItem) -> AgencyRoles | None:
    """Whoever the act has just invited."""
    return AgencyRoles(item.invited_agency_id, AT_THE_TABLE) if item.invited_agency_id else None


def _name_invited(item: PanelItem) -> str:
    return f"Triage officers and managers of {item.invited_agency_name or 'the organisation you choose'}"


def _at_the_table(item: PanelItem) -> list[AgencyRoles]:
    """Whoever chairs, and whoever was invited once that is known."""
    agencies = dict.fromkeys((item.chair_agency_id, *item.told_agency_ids))
    return [AgencyRoles(agency, AT_THE_TABLE) for agency in agencies]


def _name_at_the_table(item: PanelItem) -> str:
    return f"Triage officers and managers of {item.chair_agency.name}, and of whoever was invited"


def _panel_path(item: PanelItem) -> str:
    """The item is closed to whoever is told of it."""
    return f"/panels/{item.panel_id}"


def _is_ahead(item: PanelItem) -> bool:
    return item.panel.state in Panel.OPEN


def _is_held(item: PanelItem) -> bool:
    return bool(item.panel.state == Panel.HELD)


panel_item_machine: Machine[PanelItem] = Machine(
    noun="panel_item",
    model=PanelItem,
    edges={
        "invite": Edge(
            permission=Permission.PANEL_ITEM_INVITE,
            label="Invite an organisation",
            hint="They read who the child is, the question to the panel, and what you tell them here. Nothing else.",
            rules=(rules.can_be_invited, rules.invited_on_a_basis),
            tells=(Tell("panel_invited", _invited, _name_invited),),
            first=_invite,
            sources=PanelItem.HEARD,
            suits=_is_ahead,
        ),
        "end_invitation": Edge(
            permission=Permission.PANEL_ITEM_END_INVITATION,
            label="Take an invitation back",
            hint="From now on they can read nothing of it. They may remember what they have read.",
            rules=(rules.invitation_stands,),
            first=_end_invitation,
            sources=PanelItem.HEARD,
            suits=_is_ahead,
        ),
        "give_information": Edge(
            permission=Permission.PANEL_ITEM_GIVE_INFORMATION,
            label="Give information for the panel",
            hint="The agency that leads the case and the one that chairs the panel read it, until the day you choose.",
            rules=(rules.ends_in_time, rules.label_is_theirs, rules.given_on_a_basis),
            first=_give,
            sources=PanelItem.HEARD,
            suits=_is_ahead,
        ),
        "decide": Edge(
            permission=Permission.PANEL_ITEM_DECIDE,
            label="Record a decision",
            hint="One decision at a time: what, which organisation does it, and by when.",
            rules=(rules.owner_is_an_agency,),
            first=_decide,
            suits=_is_held,
            primary=True,
        ),
        "take_off": Edge(
            permission=Permission.PANEL_ITEM_TAKE_OFF,
            label="Take it off the agenda",
            hint="Those who were invited can no longer read anything of it.",
            tells=(Tell("panel_taken_off", _at_the_table, _name_at_the_table, path=_panel_path),),
            first=_take_off,
            suits=_is_ahead,
            seldom=True,
        ),
    },
    visible_to=queries.visible_to,
    facts=queries.facts,
    fields=item_fields,
    path=lambda target: f"/panel-items/{target.id}",
    owner_agency=lambda target: target.lead_agency_id,
    labels=PanelItem.LABELS,
)
