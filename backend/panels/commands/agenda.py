"""Planning a meeting, and putting a case on its agenda: a share with whoever chairs it, in the case's own ledger."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.audit.models import Event
from backend.cases.models import Case
from backend.cases.queries import visible_to as cases_visible_to
from backend.children.models import Child
from backend.core import clock, vocabulary
from backend.core.errors import Conflict, Invalid, NotFound
from backend.notifications.audience import AgencyRoles
from backend.notifications.commands import Notice, outbox_rows
from backend.panels import queries, rules
from backend.panels.models import Panel, PanelItem
from backend.panels.queries.proposing import proposals_for
from backend.panels.texts import item_fields, said_of
from backend.sharing.commands import disclosure
from backend.sharing.rules import basis_of

Given = Mapping[str, Any]
# Who of an agency sits at the table.
AT_THE_TABLE = (Role.TRIAGE_OFFICER.value, Role.MANAGER.value)
_PAST = "Choose a time that is still to come."
_NOT_OPEN = "Choose one of the cases that are offered for this panel."
_NOT_PLANNED = "Choose a panel that has not begun yet."


def plan_panel(actor: Actor, given: Given, *, panel_id: UUID) -> Panel:
    """Write that a meeting takes place, which the actor's agency chairs. Raises a Refusal."""
    policy.require(actor, Permission.PANEL_PLAN)
    if given["starts_at"] <= clock.now():
        raise Invalid(_PAST, fields={"starts_at": [_PAST]})
    panel = Panel(
        id=panel_id,
        partnership_id=actor.partnership_id,
        chair_agency_id=actor.agency_id,
        kind=given["kind"],
        name=given["name"],
        place=given["place"],
        starts_at=given["starts_at"],
        planned_by_id=actor.user_id,
        planned_by_name=actor.name,
    )
    record(actor, "panel.plan", panel, root_id=panel.id, data={"kind": panel.kind})
    return panel


def put_on_agenda(actor: Actor, case_id: UUID, given: Given, *, item_id: UUID) -> PanelItem:
    """Put an open case on the agenda of a planned meeting; whoever chairs it reads the question from now on.

    Raises a Refusal: `already_open` with the item that is there when that meeting is to hear the case already.
    """
    case = cases_visible_to(actor).filter(pk=case_id).first()
    if case is None:
        raise NotFound
    policy.require(actor, Permission.PANEL_ITEM_PUT_ON, access.relations_to(actor, case.id))
    if case.state == Case.CLOSED:
        raise Conflict("This case is closed. Reopen it before a panel hears it.", code="wrong_state")
    panel = queries.planned(actor).filter(pk=given["panel"]).first()
    if panel is None:
        raise Invalid(_NOT_PLANNED, fields={"panel": [_NOT_PLANNED]})
    _refuse_second(case, panel)
    _check(case, panel, given)
    item = _written(actor, case, panel, given["question"], last_day=given["last_day"], item_id=item_id)
    return _recorded(actor, item, _shared_with_chair(actor, item, given))


def add_to_agenda(actor: Actor, panel_id: UUID, given: Given, *, item_id: UUID) -> PanelItem:
    """Put one of the open items of the chairing agency on the agenda of a meeting that it prepares.

    Nothing is shared by that: who chairs leads the case. Raises a Refusal.
    """
    panel = queries.panels_visible_to(actor).filter(pk=panel_id).first()
    if panel is None:
        raise NotFound
    policy.require(actor, Permission.PANEL_PLAN)
    found = next((one for one in proposals_for(actor, panel) if one.case.id == given["case"]), None)
    if found is None:
        raise Invalid(_NOT_OPEN, fields={"case": [_NOT_OPEN]})
    question = given["question"] or rules.asks_about(found.reasons)
    last_day = rules.day_of(panel) + rules.USUALLY_OPEN
    return _recorded(actor, _written(actor, found.case, panel, question, last_day=last_day, item_id=item_id), [])


def _recorded(actor: Actor, item: PanelItem, shared: list[Any]) -> PanelItem:
    told = _telling_the_chair(item)

    def beside(event: Event) -> list[Any]:
        return [*shared, *outbox_rows(told, event_id=event.id, root_id=item.id)]

    data = {"panel_id": str(item.panel_id), "case_id": str(item.case_id), "panel": said_of(item.panel)}
    record(actor, "panel_item.put_on", item, root_id=item.id, child_id=item.child_id, data=data, beside=beside)
    return item


def what_is_shared(item: PanelItem, told: str) -> str:
    """Return what the ledger says was shared for a panel, and until when they can read it."""
    until = f"until the minutes are signed, or {item.open_until:%-d %B %Y}"
    return f"{told} for {item.panel.name}, {until}"[:200]


def _refuse_second(case: Case, panel: Panel) -> None:
    there = PanelItem.objects.filter(case_id=case.id, panel_id=panel.id, state__in=PanelItem.HEARD).first()
    if there is not None:
        raise Conflict(
            "This panel is to hear this case already.",
            code="already_open",
            existing={"id": str(there.id), "reference": case.reference, "url": f"/panel-items/{there.id}"},
        )


def _check(case: Case, panel: Panel, given: Given) -> None:
    wrong: dict[str, list[str]] = {}
    late = rules.last_day_problem(panel, given["last_day"])
    if late:
        wrong["last_day"] = [late]
    agencies = queries.agencies_of(panel.partnership_id)
    unfit = list(rules.basis_open_to(agencies, case.lead_agency_id, panel.chair_agency_id, basis_of(given)))
    if unfit:
        wrong["article6"] = unfit
    if wrong:
        raise Invalid(*(sentence for sentences in wrong.values() for sentence in sentences), fields=wrong)


def _written(actor: Actor, case: Case, panel: Panel, question: str, *, last_day: date, item_id: UUID) -> PanelItem:
    child = Child.objects.get(pk=case.child_id)
    return PanelItem(
        id=item_id,
        partnership_id=panel.partnership_id,
        panel=panel,
        case=case,
        case_reference=case.reference,
        child_id=case.child_id,
        child_name=child.name,
        child_born_on=child.date_of_birth,
        chair_agency=panel.chair_agency,
        lead_agency=case.lead_agency,
        question=question,
        put_on_by_id=actor.user_id,
        put_on_by_name=actor.name,
        open_until=rules.end_of(last_day),
    )


def _shared_with_chair(actor: Actor, item: PanelItem, given: Given) -> list[Any]:
    """Return the line of the ledger, unless the agency that leads the case chairs the panel itself."""
    if item.lead_agency_id == item.chair_agency_id:
        return []
    return disclosure(
        actor,
        root_id=item.case_id,
        child_id=item.child_id,
        what=what_is_shared(item, "Who the child is, the question and what is given"),
        from_agency_id=item.lead_agency_id,
        to_agency_id=item.chair_agency_id,
        purpose=vocabulary.get("panel_purposes").label(given["purpose"]),
        basis=basis_of(given),
        opens_id=item.id,
    )


def _telling_the_chair(item: PanelItem) -> list[Notice]:
    audience = AgencyRoles(item.chair_agency_id, AT_THE_TABLE)
    return [Notice(audience, "panel_to_hear", item_fields(item), f"/panel-items/{item.id}")]
