"""What an agency that is asked to lead reads, in parts with a heading: its own page of the transfer."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.cases import queries
from backend.cases.models import Case, Transfer
from backend.cases.serializers.representing import transfer_data
from backend.children.serializers import child_answers
from backend.workflow.machine import Given
from backend.workflow.preview_views import Reader, Section


def proposed_reader(case: Case, given: Given) -> list[Reader]:
    """Return the agency that is asked to lead a case."""
    return [lead_reader(case.id, given["to_agency_id"])]


def lead_reader(case_id: UUID, agency_id: UUID) -> Reader:
    """Return an agency's managers, who read the handover while they are asked to lead a case."""

    def shows(actor: Actor) -> list[Section] | None:
        asked = queries.transfers_visible_to(actor).filter(case_id=case_id, state=Transfer.PROPOSED).first()
        return transfer_sections(transfer_data(actor, asked)) if asked else None

    return Reader(agency_id, (Role.MANAGER,), shows)


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
