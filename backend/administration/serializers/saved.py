"""A list kept under a name, as it is told and as it is asked for."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from backend.access.actors import Actor
from backend.administration.keeping import PLACES, kept_address
from backend.administration.models import SavedList
from backend.core.api.serializers import StrictSerializer
from backend.workflow import fields
from backend.workflow.fields import EdgeInput


class AddressField(serializers.CharField):
    """An address of the app; in Python its path, and its query in order."""

    def to_internal_value(self, data: Any) -> Any:
        """Return both; raise ValidationError for what is no list that may be kept."""
        return kept_address(super().to_internal_value(data))


class KeepListInput(StrictSerializer):
    """Which list is kept, and what it is called."""

    name = fields.text("What do you call this list?", hint="Without the name of a child", max_length=80)
    address = AddressField(max_length=600)
    is_shared = serializers.BooleanField(default=False)


class ChangeListInput(EdgeInput):
    """What it is called from now on, and whether other managers see it."""

    name = fields.text("What do you call this list?", hint="Without the name of a child", max_length=80)
    is_shared = serializers.BooleanField(default=False)


class RemoveListInput(EdgeInput):
    """Take it off every page."""


class RestoreListInput(EdgeInput):
    """Put back what was removed."""


LABELS: Mapping[str, str] = {
    "change": "Call a list otherwise, or show it to other managers",
    "remove": "Remove a list",
    "restore": "Put a removed list back",
}
SAVED_LIST_INPUTS: Mapping[str, type[EdgeInput]] = {
    "change": ChangeListInput,
    "remove": RemoveListInput,
    "restore": RestoreListInput,
}


class SavedListShape(serializers.Serializer[Any]):
    """One list; `url` opens it. Only its owner changes it."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    url = serializers.CharField()
    place = serializers.CharField()
    owner = serializers.CharField()
    is_own = serializers.BooleanField()
    is_shared = serializers.BooleanField()
    is_removed = serializers.BooleanField()


class SavedListsShape(serializers.Serializer[Any]):
    """What somebody keeps and is shown; `may_share` says whether there is anybody to show one to."""

    may_share = serializers.BooleanField()
    results = SavedListShape(many=True)


def saved_data(actor: Actor, kept: SavedList) -> dict[str, Any]:
    """Return one list."""
    return {
        "id": kept.id,
        "version": kept.version,
        "name": kept.name,
        "url": f"{kept.path}?{kept.query}" if kept.query else kept.path,
        "place": PLACES[kept.path].label,
        "owner": kept.owner_name,
        "is_own": kept.owner_id == actor.user_id,
        "is_shared": kept.is_shared,
        "is_removed": kept.removed_at is not None,
    }
