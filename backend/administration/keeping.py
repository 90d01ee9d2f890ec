"""Which lists may be kept under a name, and by what each may be narrowed: an address that is kept says nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from rest_framework import serializers

from backend.access.permissions import Permission
from backend.administration.queries.exceptions import KINDS
from backend.core.api.serializers import StrictSerializer
from backend.deadlines.kinds import KINDS as CLOCKS
from backend.worklists.serializers.filters import CaseFilterInput

# As the figures know them, which stand above this app; tests/insights/test_saved_figures.py compares them.
PERIODS = ("month", "quarter", "year")
OUTCOMES = ("in_time", "late", "not_done")
_STRANGE = "Only a list of Alongside can be kept, and only what it can be narrowed by."


class _Nothing(StrictSerializer):
    """A list that is not narrowed."""


class _Attention(StrictSerializer):
    kind = serializers.ChoiceField(choices=list(KINDS), required=False)
    clock = serializers.ChoiceField(choices=list(CLOCKS), required=False)


class _Period(StrictSerializer):
    period = serializers.ChoiceField(choices=PERIODS, required=False)


class _Times(_Period):
    kind = serializers.ChoiceField(choices=list(CLOCKS), required=False)
    is_urgent = serializers.ChoiceField(choices=["true", "false"], required=False)
    outcome = serializers.ChoiceField(choices=OUTCOMES, required=False)


@dataclass(frozen=True, slots=True)
class Place:
    """A page with a list: what it is called, who may open it, and what its address may say."""

    label: str
    permission: Permission
    takes: type[StrictSerializer]


PLACES: Mapping[str, Place] = {
    "/cases": Place("Cases", Permission.CASE_SEE, CaseFilterInput),
    "/caseloads": Place("Caseloads", Permission.CASE_ALLOCATE, _Nothing),
    "/attention": Place("Needs attention", Permission.EXCEPTIONS_SEE, _Attention),
    "/figures": Place("Time taken", Permission.FIGURES_SEE_OWN, _Times),
    "/outcomes": Place("Outcomes", Permission.FIGURES_SEE_OUTCOMES, _Period),
}


def kept_address(address: str) -> tuple[str, str]:
    """Return the path of an address and its query in order; raise ValidationError for anything that is no such list."""
    given = urlsplit(address)
    place = PLACES.get(given.path)
    if place is None or given.scheme or given.netloc or given.fragment:
        raise serializers.ValidationError(_STRANGE)
    asked = parse_qsl(given.query, keep_blank_values=False)
    if len(dict(asked)) != len(asked) or not place.takes(data=dict(asked)).is_valid():
        raise serializers.ValidationError(_STRANGE)
    return given.path, urlencode(sorted(asked))
