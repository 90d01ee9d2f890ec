"""What an agency that is asked to lead reads, in parts with a heading: its own page of the transfer."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.agencies.roles import AGENCY_ROLES, Role
from backend.cases import queries
from backend.cases.commands.moving import handover_of
from backend.cases.models import Action, Case, Transfer
from backend.cases.queries.planning import actions_visible_to
from backend.cases.serializers.planning import action_data
from backend.cases.serializers.representing import transfer_data
from backend.children.queries import with_alerts
from backend.children.serializers import child_answers, child_data, safety_data
from backend.deadlines.calendar import END_OF_DAY, at_local, day_in_words
from backend.workflow.machine import Given
from backend.workflow.preview_views import Outsider, Reader, Section


def proposed_reader(case: Case, given: Given) -> list[Reader]:
    """Return the agency that is asked to lead a case."""
    return [lead_reader(case.id, given["to_agency_id"])]


def outside_reader(case: Case, given: Given) -> list[Outsider]:
    """Return who in another area is sent the handover, with what they are told and by name to whom."""
    child, alerts = with_alerts(case.child_id)
    known = dict.fromkeys(word for one in alerts for word in safety_data(one)["labels"])
    sections: list[Section] = [
        {"title": "Handover", "answers": pairs(handover_of(given))},
        {"title": "The child", "answers": child_answers(child_data(child)) if child else []},
    ]
    if known:
        sections.append({"title": "Before somebody visits", "answers": pairs([("Know first", ", ".join(known))])})
    return [Outsider(f"{given['receiver']}, {given['area']}", given["contact"], sections)]


def lead_reader(case_id: UUID, agency_id: UUID) -> Reader:
    """Return an agency's managers, who read the handover while they are asked to lead a case."""

    def shows(actor: Actor) -> list[Section] | None:
        asked = queries.transfers_visible_to(actor).filter(case_id=case_id, state=Transfer.PROPOSED).first()
        return transfer_sections(transfer_data(actor, asked)) if asked else None

    return Reader(agency_id, (Role.MANAGER,), shows)


def action_reader(action: Action, given: Mapping[str, Any]) -> list[Reader]:
    """Return whoever is to do an action: one person of an agency, who reads it and not the case."""

    def shows(actor: Actor) -> list[Section] | None:
        given_to = actions_visible_to(actor).filter(pk=action.id).first()
        return action_sections(action_data(actor, given_to)) if given_to else None

    return [Reader(action.owner_agency_id, AGENCY_ROLES, shows, membership_id=given["owner"])]


def action_sections(action: dict[str, Any]) -> list[Section]:
    """Return what stands on the page of an action for who does it."""
    asked = [
        ("Child", action["child_name"]),
        ("What will be done", action["text"]),
        ("By", day_in_words(at_local(action["due_on"], END_OF_DAY))),
        ("Asked by", f"{action['made_by']}, {action['agency']}"),
        ("Case", action["reference"]),
    ]
    return [{"title": "The action", "answers": pairs(asked)}]


def transfer_sections(transfer: dict[str, Any]) -> list[Section]:
    """Return what stands on the page of a transfer for who is to answer it."""
    return [
        {"title": "Handover", "answers": transfer["handover"]},
        {"title": "The case", "answers": pairs([("Case", transfer["case_reference"])]) + transfer["about"]},
        {"title": "The child", "answers": child_answers(transfer["child"])},
    ]


def pairs(facts: Sequence[tuple[str, Any]]) -> list[dict[str, str]]:
    """Return labels with values, without what is empty."""
    return [{"label": label, "value": str(value)} for label, value in facts if value]
