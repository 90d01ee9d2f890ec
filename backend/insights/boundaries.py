"""Real shapes of the wards, from a GeoJSON file that the operator puts in place: every word of it is checked first."""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings

from backend.core import vocabulary

_MOST_BYTES = 8 * 1024 * 1024
_MOST_POINTS = 200_000
# How wide the drawing is: about 25 metres a unit for a city of 25 kilometres.
_WIDTH = 1000
# A ring ends where it begins, so a triangle has four points.
_RING = 4
_CODE = re.compile(r"^(WD\d\dCD|code)$")
Point = tuple[float, float]
Ring = Sequence[Point]
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Outline:
    """A ward as a path of whole numbers, and the middle of its largest part."""

    code: str
    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class WardMap:
    """All wards in one drawing."""

    width: int
    height: int
    outlines: Sequence[Outline]


class _Refused(Exception):
    """The file is not what it has to be; its words are for the operator."""


def ward_map() -> WardMap | None:
    """Return the drawing made of the file in place, or None where there is none, or none that can be used."""
    name = settings.WARDS_GEOJSON
    if not name:
        return None
    try:
        found = Path(name).stat()
    except OSError:
        return _drawn(name, 0, 0)
    return _drawn(name, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=1)
def _drawn(name: str, _changed: int, size: int) -> WardMap | None:
    """Draw once for each state of the file, and say once why it is refused."""
    try:
        return _draw(_rings_by_ward(_read(name, size)))
    except _Refused as error:
        log.warning("the file of ward boundaries is not used; tiles are drawn", file=name, why=str(error))
        return None


def _read(name: str, size: int) -> Any:
    if size > _MOST_BYTES:
        raise _Refused(f"It is larger than {_MOST_BYTES // 1024 // 1024} MB.")
    try:
        with Path(name).open("rb") as file:
            return json.loads(file.read(_MOST_BYTES + 1))
    except OSError:
        raise _Refused("It cannot be read.") from None
    except (ValueError, RecursionError):
        raise _Refused("It is not JSON.") from None


def _rings_by_ward(data: Any) -> Mapping[str, list[Ring]]:
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection" or not _is_list(data.get("features")):
        raise _Refused("It is not a FeatureCollection of GeoJSON.")
    wards, found = vocabulary.get("wards"), dict[str, list[Ring]]()
    left = _MOST_POINTS
    for feature in data["features"]:
        code = _code(feature)
        if code not in wards:
            raise _Refused(f"It has a ward that is not one of ours: {code[:20]!r}.")
        if code in found:
            raise _Refused(f"It has the ward {code} twice.")
        found[code] = [_ring(ring) for ring in _rings(feature.get("geometry"), code)]
        left -= sum(len(ring) for ring in found[code])
        if left < 0:
            raise _Refused(f"It has more than {_MOST_POINTS} points: take generalised boundaries.")
    missing = [code for code in wards.codes if code not in found]
    if missing:
        raise _Refused(f"It lacks {len(missing)} wards, the first of them {missing[0]}.")
    return found


def _code(feature: Any) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        raise _Refused("It has something that is no feature with properties.")
    return next((str(value) for name, value in properties.items() if _CODE.match(name)), "")


def _rings(geometry: Any, code: str) -> Iterator[Any]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise _Refused(f"The ward {code} is neither a Polygon nor a MultiPolygon.")
    parts = geometry.get("coordinates")
    for polygon in [parts] if kind == "Polygon" else _list(parts):
        yield from _list(polygon)


def _ring(points: Any) -> Ring:
    ring = [_point(point) for point in _list(points)]
    if len(ring) < _RING or ring[0] != ring[-1]:
        raise _Refused("It has a ring that does not close.")
    return ring


def _point(point: Any) -> Point:
    across, up = [*_list(point), None, None][:2]
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in (across, up)):
        raise _Refused("It has a point that is not two numbers.")
    # Not true of “not a number” either.
    if not (abs(across) <= 180 and abs(up) < 90):
        raise _Refused("Its coordinates are not longitude and latitude (EPSG:4326).")
    return float(across), float(up)


def _list(value: Any) -> list[Any]:
    if not _is_list(value):
        raise _Refused("It has coordinates that are no list.")
    return list(value)


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _draw(rings: Mapping[str, Sequence[Ring]]) -> WardMap:
    """Project to a plane in which a city keeps its shape, and to whole units."""
    points = [point for of_ward in rings.values() for ring in of_ward for point in ring]
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    if east == west or north == south:
        raise _Refused("Its wards have no extent.")
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = _WIDTH / ((east - west) * squeeze)
    height = math.ceil((north - south) * scale)
    if height > 4 * _WIDTH:
        raise _Refused("Its wards do not lie in one city.")
    outlines = []
    for code, of_ward in rings.items():
        flat = [
            [(round((x - west) * squeeze * scale), round((north - y) * scale)) for x, y in ring] for ring in of_ward
        ]
        outlines.append(_outline(code, flat))
    return WardMap(_WIDTH, height, outlines)


def _outline(code: str, rings: list[list[tuple[int, int]]]) -> Outline:
    kept = [[ring[0], *(b for a, b in pairwise(ring) if a != b)] for ring in rings]
    kept = [ring for ring in kept if len(ring) >= _RING]
    if not kept:
        raise _Refused(f"The ward {code} is too small to be drawn.")
    path = "".join("M" + "L".join(f"{x},{y}" for x, y in ring[:-1]) + "Z" for ring in kept)
    largest = max(kept, key=_width_and_height)
    return Outline(code, path, *_middle(largest))


def _width_and_height(ring: Sequence[tuple[int, int]]) -> int:
    across, down = [x for x, _y in ring], [y for _x, y in ring]
    return (max(across) - min(across)) * (max(down) - min(down))


def _middle(ring: Sequence[tuple[int, int]]) -> tuple[int, int]:
    across, down = [x for x, _y in ring], [y for _x, y in ring]
    return (min(across) + max(across)) // 2, (min(down) + max(down)) // 2
