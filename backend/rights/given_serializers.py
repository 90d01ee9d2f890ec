"""Copies that were given to whoever asked for them, as the API says them beside the shares of a record."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from backend.core import vocabulary
from backend.rights import queries


class GivenCopyShape(serializers.Serializer[Any]):
    """A copy of the record that was given to whoever asked for it."""

    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    from_agency = serializers.CharField()
    to_whom = serializers.CharField()
    by = serializers.CharField()


class GivenCopiesShape(serializers.Serializer[Any]):
    """The copies of the record of a child, the latest first."""

    copies = GivenCopyShape(many=True)


def given_data(given: Sequence[queries.Given]) -> dict[str, Any]:
    """Return them, with what whoever asked is to the child."""
    askers = vocabulary.get("rights_askers")
    rows = [
        {"id": one.id, "at": one.at, "from_agency": one.from_agency, "to_whom": askers.label(one.asker), "by": one.by}
        for one in given
    ]
    return {"copies": rows}
