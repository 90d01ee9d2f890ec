"""Services as everybody reads them: a row of the list, one entry, and how it has changed."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from backend.access.actors import Actor
from backend.access.queries import relations_to
from backend.core import vocabulary
from backend.core.api.serializers import AnyValue
from backend.directory.commands import service_machine
from backend.directory.inputs import ENTRY_FIELDS
from backend.directory.models import Service
from backend.directory.rules import Wanted, ages_in_words, capacity_is_old, why_it_matches
from backend.workflow import options
from backend.workflow.serializers import DescriptorShape, OptionNameShape, OptionShape


class CapacityShape(serializers.Serializer[Any]):
    """How much room there was when somebody last said so."""

    code = serializers.CharField()
    label = serializers.CharField()
    spaces = serializers.IntegerField(allow_null=True)
    wait_weeks = serializers.IntegerField(allow_null=True)
    wait_text = serializers.CharField(allow_blank=True)
    said_at = serializers.DateTimeField(allow_null=True)
    said_by = serializers.CharField(allow_blank=True)
    is_old = serializers.BooleanField()


class ServiceRowShape(serializers.Serializer[Any]):
    """One service in a list."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    organisation = serializers.CharField()
    kind_label = serializers.CharField()
    summary = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    ages_text = serializers.CharField()
    area_text = serializers.CharField()
    cost_label = serializers.CharField()
    evidence_label = serializers.CharField()
    # What that word means.
    evidence_hint = serializers.CharField()
    needs = serializers.ListField(child=serializers.CharField())
    receives_directly = serializers.BooleanField()
    capacity = CapacityShape()


class PickedServiceShape(serializers.Serializer[Any]):
    """A service in its words when it was picked."""

    id = serializers.UUIDField()
    words = serializers.CharField()


class MatchShape(ServiceRowShape):
    """A service that may help the child of a referral, and why."""

    why = serializers.ListField(child=serializers.CharField())


class MatchesShape(serializers.Serializer[Any]):
    """Services that may help the child of a referral, those that meet most needs first; at most thirty."""

    looked_for = serializers.ListField(child=serializers.CharField())
    results = MatchShape(many=True)


class EvidenceShape(serializers.Serializer[Any]):
    """What was published about the approach, by whom, and when it was read."""

    code = serializers.CharField()
    label = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    source = serializers.CharField(allow_blank=True)
    read_on = serializers.DateField(allow_null=True)


class SourceShape(serializers.Serializer[Any]):
    """The feed an entry came from."""

    name = serializers.CharField()
    licence = serializers.CharField(allow_blank=True)
    seen_at = serializers.DateTimeField(allow_null=True)


class ServiceShape(ServiceRowShape):
    """One service, whole."""

    version = serializers.IntegerField()
    agency_id = serializers.UUIDField(allow_null=True)
    kept_by = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    languages = serializers.ListField(child=serializers.CharField())
    wards = serializers.ListField(child=serializers.CharField())
    cost_note = serializers.CharField(allow_blank=True)
    eligibility = serializers.CharField(allow_blank=True)
    how_to_refer = serializers.CharField(allow_blank=True)
    phone = serializers.CharField(allow_blank=True)
    email = serializers.CharField(allow_blank=True)
    website = serializers.CharField(allow_blank=True)
    address = serializers.CharField(allow_blank=True)
    hours_text = serializers.CharField(allow_blank=True)
    state_reason = serializers.CharField(allow_blank=True)
    opens_again_on = serializers.DateField(allow_null=True)
    evidence = EvidenceShape()
    source = SourceShape(allow_null=True)
    # The entry as its form takes it, for those who may change it.
    entry = serializers.DictField(child=AnyValue(), allow_null=True)
    options = OptionShape(many=True)


class ServiceFiltersShape(serializers.Serializer[Any]):
    """What the list can be narrowed by, and what the actor may do with the directory as a whole."""

    fields = DescriptorShape(many=True)
    acts = OptionNameShape(many=True)


class ServiceChangeShape(serializers.Serializer[Any]):
    """One change of an entry: when, by whom, and what it was before."""

    at = serializers.DateTimeField()
    by = serializers.CharField(allow_blank=True)
    label = serializers.CharField()
    fields_changed = serializers.ListField(child=serializers.CharField())


def service_rows(services: Sequence[Service]) -> list[dict[str, Any]]:
    """Return a page of services."""
    return [_row(service) for service in services]


def matches(services: Sequence[Service], wanted: Wanted) -> dict[str, Any]:
    """Return services that may help, each with why, and in words what was looked for."""
    return {
        "looked_for": list(_looked_for(wanted)),
        "results": [{**_row(service), "why": why_it_matches(service, wanted)} for service in services],
    }


def _looked_for(wanted: Wanted) -> list[str]:
    needs = vocabulary.get("service_needs")
    said = [f"Takes age {wanted.age}"] if wanted.age is not None else []
    said += [f"Works in {vocabulary.get('wards').label(wanted.ward)}"] if wanted.ward else []
    return said + [needs.label(need) for need in wanted.needs]


def service_data(actor: Actor, service: Service) -> dict[str, Any]:
    """Return one service exactly as GET gives it to this actor."""
    relations = relations_to(actor, service.id)
    base = f"/api/v1/services/{service.id}/"
    found = options.shapes(service_machine, actor, service, relations, base=base, choices={})
    entry = {name: getattr(service, name) for name in ENTRY_FIELDS} if found else None
    if entry and service.agency_id is not None:
        entry["organisation"] = ""
    return {
        **_row(service),
        **_texts(service),
        "version": service.version,
        "agency_id": service.agency_id,
        "kept_by": service.kept_by.name,
        "languages": _words("languages", service.languages),
        "wards": _words("wards", service.wards),
        "evidence": {
            "code": service.evidence,
            "label": vocabulary.get("evidence_levels").label(service.evidence),
            "note": service.evidence_note,
            "source": service.evidence_source,
            "read_on": service.evidence_on,
        },
        "source": _source(service),
        "entry": entry,
        "options": found,
    }


_TEXTS = (
    "description",
    "cost_note",
    "eligibility",
    "how_to_refer",
    "phone",
    "email",
    "website",
    "address",
    "hours_text",
    "state_reason",
    "opens_again_on",
)


def _texts(service: Service) -> dict[str, Any]:
    return {name: getattr(service, name) for name in _TEXTS}


def _source(service: Service) -> dict[str, Any] | None:
    if not service.source_name:
        return None
    return {"name": service.source_name, "licence": service.source_licence, "seen_at": service.source_seen_at}


def _words(name: str, codes: Sequence[str]) -> list[str]:
    return [vocabulary.get(name).label(code) for code in codes]


def _row(service: Service) -> dict[str, Any]:
    return {
        "id": service.id,
        "name": service.name,
        "organisation": service.organisation,
        "kind_label": vocabulary.get("service_kinds").label(service.kind),
        "summary": service.summary,
        "state": service.state,
        "state_label": Service.LABELS[service.state],
        "ages_text": ages_in_words(service.min_age, service.max_age),
        "area_text": _area(service),
        "cost_label": vocabulary.get("service_costs").label(service.cost),
        "evidence_label": vocabulary.get("evidence_levels").label(service.evidence),
        "evidence_hint": vocabulary.get("evidence_levels").terms[service.evidence].hint,
        "needs": _words("service_needs", service.needs),
        "receives_directly": service.receives_directly,
        "capacity": _capacity(service),
    }


def _area(service: Service) -> str:
    if service.is_citywide:
        return "The whole city"
    names = _words("wards", service.wards)
    return ", ".join(names) if len(names) <= 3 else f"{', '.join(names[:2])} and {len(names) - 2} more wards"


def _capacity(service: Service) -> dict[str, Any]:
    return {
        "code": service.capacity,
        "label": vocabulary.get("capacity_states").label(service.capacity),
        "spaces": service.spaces,
        "wait_weeks": service.wait_weeks,
        "wait_text": wait_in_words(service.wait_weeks),
        "said_at": service.capacity_said_at,
        "said_by": service.capacity_said_by_name,
        "is_old": capacity_is_old(service.capacity_said_at),
    }


def wait_in_words(weeks: int | None) -> str:
    """Return an expected wait as people say it; nothing when nobody said."""
    if weeks is None:
        return ""
    if weeks == 0:
        return "Help begins within a week"
    return f"About {weeks} {'week' if weeks == 1 else 'weeks'} to wait"
