"""The map of the wards as it is drawn."""

from typing import Any

from rest_framework import serializers

from backend.insights.boundaries import ward_map


class WardPathShape(serializers.Serializer[Any]):
    """A ward as a path of SVG in whole units, and where its number stands."""

    id = serializers.CharField()
    path = serializers.CharField()
    x = serializers.IntegerField()
    y = serializers.IntegerField()


class WardMapShape(serializers.Serializer[Any]):
    """All wards in one drawing; none where tiles are drawn instead."""

    width = serializers.IntegerField()
    height = serializers.IntegerField()
    wards = WardPathShape(many=True)


def ward_map_data() -> dict[str, Any]:
    """Return the drawing, or one without wards."""
    found = ward_map()
    if found is None:
        return {"width": 0, "height": 0, "wards": []}
    wards = [{"id": one.code, "path": one.path, "x": one.x, "y": one.y} for one in found.outlines]
    return {"width": found.width, "height": found.height, "wards": wards}
