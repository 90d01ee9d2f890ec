"""What a provider reads once it is asked, in parts with a heading: its own page of the intervention."""

from typing import Any

from backend.access.actors import Actor
from backend.agencies.roles import AGENCY_ROLES
from backend.cases.serializers.previewing import pairs
from backend.interventions import queries, rules
from backend.interventions.models import Intervention
from backend.interventions.serializers.representing import intervention_data
from backend.workflow.machine import Given
from backend.workflow.preview_views import Reader, Section

_CHILD = (
    ("Name", "name"),
    ("Also known as", "known_as"),
    ("Date of birth", "date_of_birth"),
    ("Age", "age"),
    ("Language", "language"),
    ("School", "school"),
    ("Address", "address"),
    ("Postcode", "postcode"),
)


def offered_reader(target: Intervention, given: Given) -> list[Reader]:
    """Return the agency that is asked whether it can help, if it has an account here."""
    if target.provider_agency_id is None:
        return []

    def shows(actor: Actor) -> list[Section] | None:
        found = queries.visible_to(actor).filter(pk=target.id).first()
        return None if found is None else offered_sections(intervention_data(actor, found))

    return [Reader(target.provider_agency_id, AGENCY_ROLES, shows)]


def tied_reader(target: Intervention, given: Given) -> list[Reader]:
    """Return the agency that reads it already, to whom the words of more goals are new."""
    return offered_reader(target, given) if rules.is_read_elsewhere(target) else []


def offered_sections(data: dict[str, Any]) -> list[Section]:
    """Return what stands on the provider's page."""
    service = (
        ("Service", data["service_name"]),
        ("What it should help with", data["goal"]),
        ("Goals of the family’s plan", "; ".join(goal["words"] for goal in data["plan_goals"])),
        ("What you must know", data["what_they_need"]),
        ("What the family knows", "; ".join(data["family_knows"])),
        ("Case", data["case_reference"]),
        ("Lead practitioner", data["lead_practitioner"]),
        ("Lead agency", data["lead_agency"]),
    )
    child = data["child"] or {}
    safety = [("Before visiting", "; ".join([*alert["labels"], alert["note"]])) for alert in data["safety"]]
    contacts = [(one["whose"], f"{one['number']}: {one['rule_label']}") for one in data["contacts"]]
    return [
        {"title": "The service", "answers": pairs(service)},
        {"title": "The child", "answers": pairs([(label, child.get(name)) for label, name in _CHILD])},
        {"title": "Safety and safe contact", "answers": pairs([*safety, *contacts])},
    ]
