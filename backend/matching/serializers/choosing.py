"""Which of two open cases goes on, as plain data: two references, who leads each and what they said; never a child."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from backend.access import queries as access
from backend.access.actors import Actor
from backend.deadlines.queries import of_root
from backend.matching.commands import case_choice_machine
from backend.matching.models import CaseChoice
from backend.workflow import options
from backend.workflow.serializers import OptionShape


class ChoiceSideShape(serializers.Serializer[Any]):
    """One of the two cases: its lead, and which case that lead says goes on."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    lead_agency = serializers.CharField()
    # Empty for an agency that does not lead it: they know of the other case only that it is there.
    url = serializers.CharField()
    says = serializers.CharField()
    said_by = serializers.CharField()


class ChoiceHeadShape(serializers.Serializer[Any]):
    """Which of two open cases goes on, as far as those who lead them have said."""

    id = serializers.UUIDField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    asked_by = serializers.CharField()
    asked_agency = serializers.CharField()
    asked_at = serializers.DateTimeField()
    goes_on = serializers.CharField()
    cases = ChoiceSideShape(many=True)


class CaseChoiceShape(ChoiceHeadShape):
    """The same, with by when it is answered and what the reader may do."""

    version = serializers.IntegerField()
    due_at = serializers.DateTimeField(allow_null=True)
    rag = serializers.CharField()
    options = OptionShape(many=True)


def choice_data(actor: Actor, choice: CaseChoice) -> dict[str, Any]:
    """Return one question exactly as GET gives it."""
    relations = access.relations_to(actor, choice.id)
    running = next((deadline for deadline in of_root(choice.id) if deadline.is_running), None)
    return {
        **choice_head(choice, reader_agency=actor.agency_id),
        "version": choice.version,
        "due_at": running.due_at if running else None,
        "rag": running.rag if running else "none",
        "options": options.shapes(
            case_choice_machine,
            actor,
            choice,
            relations,
            base=f"/api/v1/case-choices/{choice.id}/",
            choices={"record": _which(choice)},
        ),
    }


def choice_head(choice: CaseChoice, *, reader_agency: UUID | None = None) -> dict[str, Any]:
    """Return what was asked and said; the address of a case only for the agency that leads it."""
    named = _named(choice)
    sides = [
        (choice.first_case_id, choice.first_lead, choice.first_says_id, choice.first_by_name),
        (choice.second_case_id, choice.second_lead, choice.second_says_id, choice.second_by_name),
    ]
    return {
        "id": choice.id,
        "state": choice.state,
        "state_label": CaseChoice.LABELS[choice.state],
        "asked_by": choice.asked_by_name,
        "asked_agency": choice.agency.name,
        "asked_at": choice.asked_at,
        "goes_on": named.get(choice.goes_on, "") if choice.goes_on else "",
        "cases": [
            {
                "id": case_id,
                "reference": named[case_id],
                "lead_agency": lead.name,
                "url": f"/cases/{case_id}" if lead.id == reader_agency else "",
                "says": named.get(says, "") if says else "",
                "said_by": by,
            }
            for case_id, lead, says, by in sides
        ],
    }


def _named(choice: CaseChoice) -> dict[UUID, str]:
    return {choice.first_case_id: choice.first_reference, choice.second_case_id: choice.second_reference}


def _which(choice: CaseChoice) -> list[dict[str, Any]]:
    return [
        {"value": str(case_id), "label": reference, "hint": "", "group": ""}
        for case_id, reference in _named(choice).items()
    ]
