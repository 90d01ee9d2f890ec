"""The shape of a child as those who may know who it is get it."""

from datetime import date
from typing import Any

from rest_framework import serializers

from backend.children.ages import age_in_words
from backend.children.contacting import Channel, refusal, rule_in_words
from backend.children.identifiers import in_groups
from backend.children.models import Address, Child, ContactPoint, Identifier, SafetyAlert
from backend.core import clock, vocabulary
from backend.deadlines.calendar import local

_NOBODY_SAID = "Nobody has said whether the family knows: ask before you tell them"


class ChildShape(serializers.Serializer[Child]):
    """Who the child is: identity only, nothing of what was said."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    known_as = serializers.CharField(allow_blank=True)
    date_of_birth = serializers.DateField(allow_null=True)
    expected_date = serializers.DateField(allow_null=True)
    age = serializers.CharField(allow_null=True)
    sex_label = serializers.CharField(allow_blank=True)
    ethnicity_label = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True)
    school = serializers.CharField(allow_blank=True)
    ward_name = serializers.CharField(allow_blank=True)
    address = serializers.CharField(allow_blank=True)
    postcode = serializers.CharField(allow_blank=True)
    nhs_number = serializers.CharField(allow_blank=True)


class FamilyContactShape(serializers.Serializer[Any]):
    """A number with the rule that goes with it wherever it is shown; `refusals` say why it may not be called now."""

    id = serializers.UUIDField()
    whose = serializers.CharField()
    number = serializers.CharField()
    rule_label = serializers.CharField()
    refusals = serializers.ListField(child=serializers.CharField())


class SafetyShape(serializers.Serializer[Any]):
    """What visitors must know first, and when it is looked at again."""

    id = serializers.UUIDField()
    labels = serializers.ListField(child=serializers.CharField())
    note = serializers.CharField(allow_blank=True)
    disclosure_label = serializers.CharField()
    review_on = serializers.DateField()
    is_overdue = serializers.BooleanField()


class LastingShape(serializers.Serializer[Any]):
    """A further address or number of the child, with when it held and who says so."""

    id = serializers.UUIDField()
    kind_label = serializers.CharField()
    value = serializers.CharField()
    from_on = serializers.DateField(allow_null=True)
    until_on = serializers.DateField(allow_null=True)
    said_by_label = serializers.CharField(allow_blank=True)


def address_data(one: Address) -> dict[str, Any]:
    """Return a further address on one line."""
    parts = (one.address, vocabulary.get("wards").label(one.ward), one.postcode)
    return _lasting(one, "address_kinds", one.kind, ", ".join(part for part in parts if part))


def identifier_data(one: Identifier) -> dict[str, Any]:
    """Return another number, an NHS number as it is read aloud."""
    value = in_groups(one.value) if one.kind == "nhs_number" else one.value
    return _lasting(one, "identifier_kinds", one.kind, value)


def _lasting(one: Address | Identifier, kinds: str, kind: str, value: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind_label": vocabulary.get(kinds).label(kind),
        "value": value,
        "from_on": one.from_on,
        "until_on": one.until_on,
        "said_by_label": vocabulary.get("address_sources").label(one.said_by),
    }


def contact_data(contact: ContactPoint) -> dict[str, Any]:
    """Return a number with its rule in words, and why it may not be called now, if so."""
    refused = refusal(contact.rule, Channel.CALL, clock.now())
    return {
        "id": contact.id,
        "whose": contact.whose,
        "number": contact.number,
        "rule_label": rule_in_words(contact.rule) or "Nobody has said when it is safe",
        "refusals": [refused.sentence] if refused else [],
    }


def safety_data(alert: SafetyAlert) -> dict[str, Any]:
    """Return what visitors must know, codes in words."""
    labels = vocabulary.get("staff_safety")
    return {
        "id": alert.id,
        "labels": [labels.label(code) for code in alert.codes],
        "note": alert.note,
        "disclosure_label": vocabulary.get("alert_disclosures").label(alert.disclosure) or _NOBODY_SAID,
        "review_on": alert.review_on,
        "is_overdue": alert.review_on < local(clock.now()).date(),
    }


def age_of(child: Child) -> str | None:
    """Return the child's age today in words; nothing of one who is not expected any more."""
    if child.pregnancy_ended_on is not None:
        return None
    return age_in_words(born=child.date_of_birth, expected=child.expected_date, on=local(clock.now()).date())


def expected_of(child: Child) -> date | None:
    """Return the day on which a baby is expected; none where the pregnancy has ended."""
    return child.expected_date if child.pregnancy_ended_on is None else None


_READ = (
    ("Name", "name"),
    ("Also known as", "known_as"),
    ("Date of birth", "date_of_birth"),
    ("Expected", "expected_date"),
    ("Age", "age"),
    ("Sex", "sex_label"),
    ("Ethnicity", "ethnicity_label"),
    ("Language", "language"),
    ("School", "school"),
    ("Ward", "ward_name"),
    ("Address", "address"),
    ("Postcode", "postcode"),
    ("NHS number", "nhs_number"),
)


def child_answers(child: dict[str, Any]) -> list[dict[str, str]]:
    """Return a child's representation as labels with values, without what is empty."""
    return [{"label": label, "value": str(child[name])} for label, name in _READ if child[name]]


def child_data(child: Child) -> dict[str, Any]:
    """Return a child as plain data, codes in words."""
    return {
        "id": child.id,
        "name": child.name,
        "known_as": child.known_as,
        "date_of_birth": child.date_of_birth,
        "expected_date": expected_of(child),
        "age": age_of(child),
        "sex_label": vocabulary.get("sexes").label(child.sex),
        "ethnicity_label": vocabulary.get("ethnicities").label(child.ethnicity),
        "language": child.language,
        "school": child.school_on(local(clock.now()).date()),
        "ward_name": vocabulary.get("wards").label(child.ward),
        "address": child.address,
        "postcode": child.postcode,
        "nhs_number": in_groups(child.nhs_number),
    }
