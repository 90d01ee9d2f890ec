"""Who a case is about and what to know before anything else: on every page of the case, and no more than that."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation, by_break_glass
from backend.cases.models import Case
from backend.cases.queries.relationships import contacts_of
from backend.cases.serializers.alert_inputs import AddAlertInput, ReviewAlertInput
from backend.cases.serializers.working_inputs import SignificantEventInput
from backend.children.models import Child, SafetyAlert
from backend.children.queries import with_alerts
from backend.children.serializers import FamilyContactShape, SafetyShape, age_of, contact_data, expected_of, safety_data
from backend.core import vocabulary
from backend.workflow import options
from backend.workflow.serializers import OptionShape

# What somebody may add to a case without changing it: drawn by the page that it belongs to.
_ADDED: tuple[tuple[str, Permission, str, str, str, type[serializers.Serializer[Any]]], ...] = (
    (
        "record_significant_event",
        Permission.CASE_RECORD_SIGNIFICANT_EVENT,
        "Record a significant event",
        "Something that matters in the child’s life, now or long ago, and what it means for the child.",
        "significant-events",
        SignificantEventInput,
    ),
    (
        "add_alert",
        Permission.CASE_ADD_ALERT,
        "Warn visitors of something",
        "Everybody who may know who the child is reads it before a visit. It is looked at again within a year.",
        "alerts",
        AddAlertInput,
    ),
    (
        "review_alert",
        Permission.CASE_REVIEW_ALERT,
        "Look again at what visitors must know",
        "Say whether a warning still holds, and why.",
        "alert-reviews",
        ReviewAlertInput,
    ),
)


class CasePersonShape(serializers.Serializer[Any]):
    """The child by name and age; `expected_date` of one who is not born yet, or the day the pregnancy ended."""

    name = serializers.CharField()
    known_as = serializers.CharField(allow_blank=True)
    age = serializers.CharField(allow_null=True)
    date_of_birth = serializers.DateField(allow_null=True)
    expected_date = serializers.DateField(allow_null=True)
    pregnancy_ended_on = serializers.DateField(allow_null=True)
    died_on = serializers.DateField(allow_null=True)


class CaseIdentityShape(serializers.Serializer[Any]):
    """The identity bar: the child, where the case stands, who leads it, what visitors must know, how to call safely."""

    reference = serializers.CharField()
    state_label = serializers.CharField()
    priority = serializers.ChoiceField(["red", "amber", "green", "none"])
    priority_label = serializers.CharField(allow_blank=True)
    child = CasePersonShape(allow_null=True)
    lead_agency = serializers.CharField()
    lead_practitioner = serializers.CharField(allow_null=True)
    is_minded = serializers.BooleanField()
    alerts = SafetyShape(many=True)
    contacts = FamilyContactShape(many=True)
    # Whether whoever reads this is told who looked at the case.
    tells_who_looked = serializers.BooleanField()
    # Whether whoever reads this has nothing but an emergency to do with it.
    by_break_glass = serializers.BooleanField()
    options = OptionShape(many=True)


def identity_data(actor: Actor, case: Case) -> dict[str, Any]:
    """Return what the identity bar of a case says, and what can be added on its pages, in five statements."""
    child, alerts = with_alerts(case.child_id)
    relations = access.relations_to(actor, case.id)
    return {
        "reference": case.reference,
        "state_label": Case.LABELS[case.state],
        "priority": case.priority or "none",
        "priority_label": vocabulary.get("priorities").label(case.priority),
        "child": _person(child) if child else None,
        "lead_agency": case.lead_agency.name,
        "lead_practitioner": case.lead_practitioner.name if case.lead_practitioner else None,
        "is_minded": case.minded_for_id is not None,
        "alerts": [safety_data(one) for one in alerts],
        "contacts": [contact_data(one) for one in contacts_of(actor, case, child)],
        "tells_who_looked": policy.allows(actor, Permission.LOOKS_SEE, relations),
        "by_break_glass": by_break_glass(relations),
        "options": _additions(actor, case, alerts, relations),
    }


def _additions(
    actor: Actor, case: Case, alerts: Sequence[SafetyAlert], relations: frozenset[Relation]
) -> list[dict[str, Any]]:
    if case.state == Case.CLOSED:
        return []
    offered = [
        options.addition(name, label, hint, f"/api/v1/cases/{case.id}/{path}/", shape)
        for name, permission, label, hint, path, shape in _ADDED
        if policy.allows(actor, permission, relations) and (alerts or shape is not ReviewAlertInput)
    ]
    for field in (field for option in offered for field in option["input"] if field["name"] == "alert"):
        field["kind"], field["choices"] = "choice", [_alert_choice(one) for one in alerts]
    return offered


def _alert_choice(alert: SafetyAlert) -> dict[str, str]:
    said = safety_data(alert)
    return {"value": str(alert.id), "label": ", ".join(said["labels"]) or "A note", "hint": alert.note, "group": ""}


def _person(child: Child) -> dict[str, Any]:
    return {
        "name": child.name,
        "known_as": child.known_as,
        "age": age_of(child),
        "date_of_birth": child.date_of_birth,
        "expected_date": expected_of(child),
        "pregnancy_ended_on": child.pregnancy_ended_on,
        "died_on": child.died_on,
    }
