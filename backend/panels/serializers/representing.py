"""Turns panels and their agenda into plain data: one whole, or a page of rows in a fixed number of statements."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.cases.models import Action, Case
from backend.core import vocabulary
from backend.deadlines.calendar import day_in_words
from backend.panels import queries
from backend.panels.commands import panel_item_machine, panel_machine
from backend.panels.models import Attendance, Information, Invitation, Panel, PanelDecision, PanelItem
from backend.panels.queries.planning import in_the_plan, to_put_in_plan
from backend.panels.rules import ItemFacts, Named, give_by, labels_for
from backend.panels.serializers.inputs import KeepMinutesInput, PlanPanelInput, PutOnAgendaInput
from backend.panels.serializers.planning import putting_in_plan
from backend.panels.serializers.proposing import proposed
from backend.sharing.serializers import every_kind, narrowed
from backend.workflow import options
from backend.workflow.descriptors import fill

_NEXT = {
    Panel.PLANNED: "Organisations that were invited give what the panel needs to know",
    Panel.HELD: "The chair writes down what is decided, then signs the minutes",
    Panel.SIGNED: "Whoever was given something to do does it",
    Panel.CANCELLED: "It does not take place",
}
_KEEP_HINT = (
    "They become a document of the case: who came, what was decided about this child, and who does what by when."
)
_PUT_ON_HINT = "The organisation that chairs reads the question. You invite each other organisation by itself."
# A case is heard a few times; what is older is found from the panel.
MOST_OF_A_CASE = 50


# --- The meeting -----------------------------------------------------------------------------------------------------


def panel_data(actor: Actor, panel: Panel) -> dict[str, Any]:
    """Return one meeting exactly as GET gives it, with what of its agenda the actor sees."""
    relations = access.relations_to(actor, panel.id)
    facts = queries.panel_facts(panel, actor)
    base = f"/api/v1/panels/{panel.id}/"
    choices = {"agency": agency_choices(facts.agencies)}
    proposals, adding = proposed(actor, panel)
    own = options.shapes(panel_machine, actor, panel, relations, base=base, choices=choices, facts=facts)
    return {
        **_panel_head(panel),
        "planned_by": panel.planned_by_name,
        "ended_at": panel.ended_at,
        "ended_by": panel.ended_by_name,
        "reason": vocabulary.get("panel_cancel_reasons").label(panel.reason_code),
        "agenda": item_rows(queries.agenda_of(actor, panel)),
        "proposals": proposals,
        "attendance": [_attendance(one) for one in queries.attendance_of(panel)],
        "options": [*own, *adding],
    }


def panel_rows(actor: Actor, page: Sequence[Panel]) -> list[dict[str, Any]]:
    """Return a page of meetings, with one statement whatever its length."""
    relations = access.relations(actor, [panel.id for panel in page])
    return [
        {
            **_panel_head(panel),
            "options": [
                {"name": name, "label": label} for name, label in panel_machine.names(actor, panel, relations[panel.id])
            ],
        }
        for panel in page
    ]


def new_panel(actor: Actor) -> dict[str, Any]:
    """Return the form that plans a meeting, for whoever may."""
    hint = "Your organisation chairs it. Everybody in the partnership sees that it takes place."
    form = options.addition("plan", "Plan a panel", hint, "/api/v1/panels/", PlanPanelInput)
    return {"id": "new", "options": [form] if policy.allows(actor, Permission.PANEL_PLAN) else []}


def _panel_head(panel: Panel) -> dict[str, Any]:
    return {
        "id": panel.id,
        "version": panel.version,
        "name": panel.name,
        "kind_label": vocabulary.get("panel_kinds").label(panel.kind),
        "chair_agency": panel.chair_agency.name,
        "place": panel.place,
        "starts_at": panel.starts_at,
        "state": panel.state,
        "state_label": Panel.LABELS[panel.state],
        "next_step": _NEXT[panel.state],
    }


def _attendance(one: Attendance) -> dict[str, Any]:
    return {
        "id": one.id,
        "agency": one.agency.name,
        "person": one.person,
        "came_label": vocabulary.get("panel_attendance").label(one.came),
    }


def agency_choices(agencies: Mapping[UUID, Named]) -> list[dict[str, Any]]:
    """Return the agencies of the partnership as a form names them."""
    return [{"value": str(pk), "label": one.name, "hint": "", "group": ""} for pk, one in agencies.items()]


# --- A case, and where it is heard -----------------------------------------------------------------------------------


def case_panels_data(actor: Actor, case: Case) -> dict[str, Any]:
    """Return where a case is or was on an agenda, and the form that puts it on one, for whoever may."""
    return {
        "id": case.id,
        "reference": case.reference,
        "version": case.version,
        "items": item_rows(queries.of_case(actor, case.id)[:MOST_OF_A_CASE]),
        "options": [_putting_on(actor, case)] if queries.may_put_on(actor, case) else [],
    }


def _putting_on(actor: Actor, case: Case) -> dict[str, Any]:
    url = f"/api/v1/cases/{case.id}/panel-items/"
    form = options.addition(
        "put_on_agenda",
        "Put on a panel’s agenda",
        _PUT_ON_HINT,
        url,
        PutOnAgendaInput,
        preview_url=f"{url}preview/",
    )
    panels = list(queries.planned(actor)[:MOST_OF_A_CASE])
    named = [_panel_choice(panel) for panel in panels]
    recipients = {panel.chair_agency.kind for panel in panels} or set(every_kind())
    asked = narrowed(fill(form["input"], {"record": named}), sender=case.lead_agency.kind, recipients=recipients)
    obstacles = [] if named else ["No panel is planned. Ask a triage officer or a manager to plan one."]
    return {**form, "input": asked, "obstacles": obstacles}


def _panel_choice(panel: Panel) -> dict[str, Any]:
    hint = f"{day_in_words(panel.starts_at)}, chaired by {panel.chair_agency.name}"
    return {"value": str(panel.id), "label": panel.name, "hint": hint, "group": ""}


def item_rows(items: Iterable[PanelItem]) -> list[dict[str, Any]]:
    """Return items of agendas as lists show them."""
    return [_item_head(item) for item in items]


def _item_head(item: PanelItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "reference": item.case_reference,
        "panel_id": item.panel_id,
        "panel": item.panel.name,
        "starts_at": item.panel.starts_at,
        "lead_agency": item.lead_agency.name,
        "state": item.state,
        "state_label": PanelItem.LABELS[item.state],
    }


# --- An item ---------------------------------------------------------------------------------------------------------


def panel_item_data(actor: Actor, item: PanelItem) -> dict[str, Any]:
    """Return one item exactly as GET gives it: to each reader what is theirs to know of it."""
    standing = access.relations(actor, [item.id, item.case_id])
    relations = standing[item.id] | standing[item.case_id]
    facts = queries.facts(item, actor)
    given = list(queries.information_of(actor, item, relations))
    words = queries.words_of(given)
    decided = list(queries.decisions_of(actor, item, relations))
    there = in_the_plan(actor, item, [one.id for one in decided if one.owner_agency_id]) if decided else {}
    is_kept = _may_have_minutes(item, relations) and queries.minutes_of(actor, item).exists()
    return {
        **_item_head(item),
        "version": item.version,
        "case_id": item.case_id if queries.reads_case(actor, relations) else None,
        "chair_agency": item.chair_agency.name,
        "child_name": item.child_name,
        "child_born_on": item.child_born_on,
        "question": item.question,
        "put_on_by": item.put_on_by_name,
        "give_by": give_by(item.panel) if _is_to_come(item) else None,
        "open_until": item.open_until,
        "taken_off_why": item.taken_off_why if queries.reads_case(actor, relations) else "",
        "invitations": [_invitation(one) for one in queries.invitations_of(actor, item, relations)],
        "information": [_information(one, words.get(one.id)) for one in given],
        "decisions": [_decision(one, there.get(one.id)) for one in decided],
        "minutes_url": f"/cases/{item.case_id}/documents" if is_kept else "",
        "options": [
            *putting_in_plan(actor, item, standing[item.case_id], to_put_in_plan(decided, there)),
            *([] if is_kept else _keeping(actor, item, standing[item.case_id])),
            # As the machine will judge it: what somebody is to the case counts as far as the item hangs on it.
            *_own_options(actor, item, standing[item.id], facts),
        ],
    }


def _own_options(
    actor: Actor, item: PanelItem, relations: frozenset[Relation], facts: ItemFacts
) -> list[dict[str, Any]]:
    choices = {"agency": agency_choices(facts.agencies), "record": _invitation_choices(facts)}
    base = f"/api/v1/panel-items/{item.id}/"
    shown = options.shapes(panel_item_machine, actor, item, relations, base=base, choices=choices, facts=facts)
    return [_with_own_labels(actor, option) for option in shown]


def _may_have_minutes(item: PanelItem, relations: frozenset[Relation]) -> bool:
    return item.panel.state == Panel.SIGNED and item.state == PanelItem.DECIDED and bool(relations)


def _keeping(actor: Actor, item: PanelItem, at_case: frozenset[Relation]) -> list[dict[str, Any]]:
    """Return the act that keeps the minutes, for whoever may hand in documents of the case."""
    if not _may_have_minutes(item, at_case) or not policy.allows(actor, Permission.DOCUMENT_ADD, at_case):
        return []
    url = f"/api/v1/panel-items/{item.id}/minutes/"
    return [options.addition("keep_minutes", "Keep the minutes in the case", _KEEP_HINT, url, KeepMinutesInput)]


def _is_to_come(item: PanelItem) -> bool:
    return bool(item.state == PanelItem.ON_AGENDA and item.panel.state == Panel.PLANNED)


def _invitation_choices(facts: ItemFacts) -> list[dict[str, Any]]:
    named = {pk: facts.agencies.get(agency) for pk, agency in facts.invited.items()}
    return [{"value": str(pk), "label": one.name, "hint": "", "group": ""} for pk, one in named.items() if one]


def _with_own_labels(actor: Actor, option: dict[str, Any]) -> dict[str, Any]:
    """Offer only the labels that the actor's agency may put on what it says."""
    theirs = {mark.value for mark in labels_for(actor)}
    return {**option, "input": list(map(partial(_only, "mark", theirs), option["input"]))}


def _only(name: str, codes: set[str], field: dict[str, Any]) -> dict[str, Any]:
    if field["name"] != name:
        return field
    return {**field, "choices": [choice for choice in field["choices"] or [] if choice["value"] in codes]}


def _invitation(one: Invitation) -> dict[str, Any]:
    return {
        "id": one.id,
        "agency": one.agency.name,
        "purpose_label": vocabulary.get("panel_purposes").label(one.purpose),
        "told": one.told,
        "by": one.by_name,
        "at": one.at,
        "ended_at": one.ended_at,
    }


def _information(one: Information, words: str | None) -> dict[str, Any]:
    return {
        "id": one.id,
        "agency": one.agency.name,
        "label": vocabulary.get("panel_information_labels").label(one.mark),
        "text": words,
        "by": one.by_name,
        "at": one.at,
        "expires_at": one.expires_at,
    }


def _decision(one: PanelDecision, action: Action | None) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind_label": vocabulary.get("panel_decisions").label(one.kind),
        "text": one.text,
        "owner_agency": one.owner_agency.name if one.owner_agency else "",
        "due_on": one.due_on,
        "by": one.by_name,
        "at": one.at,
        "action_url": f"/actions/{action.id}" if action else "",
        "action_state_label": Action.LABELS[action.state] if action else "",
    }
