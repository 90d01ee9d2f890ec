"""The children a referrer knows who may be the one they are writing about, as plain data."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from backend.access.actors import Actor
from backend.children.models import Child
from backend.children.names import name_key
from backend.children.serializers import age_of
from backend.core.api.serializers import AnyValue
from backend.core.vocabulary import NOT_KNOWN
from backend.drafts.queries import of_root
from backend.matching.known_to_us import KnownChild, known_children
from backend.referrals.form.asking import that_count
from backend.referrals.form.child import BORN_ON, EXPECTED
from backend.referrals.form.sections import FIELDS, FORM
from backend.referrals.intake.columns import CHILD_COLUMNS, child_values
from backend.referrals.intake.promoting import sent_before
from backend.referrals.models import Referral

# What the person says of a child who looks like the one they write about.
SAID = {None: "", True: "same", False: "different"}


class EarlierShape(serializers.Serializer[Any]):
    """A referral about the child that the actor may open."""

    reference = serializers.CharField()
    url = serializers.CharField()
    state_label = serializers.CharField()
    sent_at = serializers.DateTimeField()


class FilledShape(serializers.Serializer[Any]):
    """An answer of the form as the known record would give it."""

    name = serializers.CharField()
    label = serializers.CharField()
    value = AnyValue()


class KnownChildShape(serializers.Serializer[Any]):
    """A child the actor knows; nobody is preselected."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    date_of_birth = serializers.DateField(allow_null=True)
    age = serializers.CharField(allow_null=True)
    strength = serializers.CharField()
    why = serializers.ListField(child=serializers.CharField())
    said = serializers.ChoiceField(list(SAID.values()), allow_blank=True)
    earlier = EarlierShape(allow_null=True)
    answers = FilledShape(many=True)


class SentBeforeShape(serializers.Serializer[Any]):
    """An open referral of the same agency about a child of this name and date."""

    reference = serializers.CharField()
    url = serializers.CharField()


class KnownChildrenShape(serializers.Serializer[Any]):
    """Children of one's own work who may be the one; of any other nothing is said, not even that there are none."""

    version = serializers.IntegerField()
    results = KnownChildShape(many=True)
    sent_before = SentBeforeShape(allow_null=True)


def known_data(actor: Actor, referral: Referral) -> dict[str, Any]:
    """Return whom the person writing this draft may recognise, by the answers saved so far."""
    draft = of_root(actor, referral.id, form=FORM)
    saved = draft.answers if draft else {}
    answers = that_count({name: one["value"] for name, one in saved.items() if name in FIELDS})
    typed = child_values(answers)
    return {
        "version": referral.version,
        "results": [_known(child) for child in known_children(actor, referral.id, typed)],
        "sent_before": _sent_before(typed),
    }


def _sent_before(typed: Mapping[str, Any]) -> dict[str, Any] | None:
    born, expected = typed["date_of_birth"], typed["expected_date"]
    if not (typed["given_name"] and typed["family_name"] and (born or expected)):
        return None
    found = sent_before(name_key(typed["given_name"], typed["family_name"]), born, expected)
    return {"reference": found.reference, "url": f"/referrals/{found.id}"} if found else None


def _known(child: KnownChild) -> dict[str, Any]:
    record, earlier = child.record, child.referral
    return {
        "id": record.id,
        "name": record.name,
        "date_of_birth": record.date_of_birth,
        "age": age_of(record),
        "strength": child.strength,
        "why": list(child.why),
        "said": SAID[child.said],
        "earlier": _earlier(earlier) if earlier else None,
        "answers": [
            {"name": name, "label": FIELDS[name].label, "value": value}
            for name, value in _answers(record).items()
            if name in FIELDS
        ],
    }


def _earlier(referral: Referral) -> dict[str, Any]:
    return {
        "reference": referral.reference,
        "url": f"/referrals/{referral.id}",
        "state_label": Referral.LABELS[referral.state],
        "sent_at": referral.submitted_at,
    }


def _answers(record: Child) -> dict[str, Any]:
    """Return what the form would hold if it were filled in from this record; nothing for what it does not know."""
    texts = {name: getattr(record, column) for name, column in CHILD_COLUMNS.items()}
    texts |= {"child_postcode": record.postcode, "child_sex": record.sex}
    found = {name: text for name, text in texts.items() if text and text != NOT_KNOWN}
    if record.date_of_birth:
        return {**found, "birth": BORN_ON, "child_date_of_birth": record.date_of_birth.isoformat()}
    if record.expected_date:
        return {**found, "birth": EXPECTED, "child_expected_date": record.expected_date.isoformat()}
    return found
