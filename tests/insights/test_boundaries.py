"""Real shapes of the wards from a file of the operator's: drawn where it is right, refused with a reason where not."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from backend.core import vocabulary
from backend.insights import boundaries
from tests.actors import browser_of
from tests.insights.made import analyst

pytestmark = pytest.mark.django_db

CODES = vocabulary.get("wards").codes
SIDE = 0.02


def square(place: int, side: float = SIDE) -> list[list[float]]:
    """A ward of nine a row, from the north-west."""
    row, column = divmod(place, 9)
    west, north = -2.0 + column * SIDE, 52.6 - row * SIDE
    return [[west, north], [west + side, north], [west + side, north - side], [west, north - side], [west, north]]


def feature(code: str, place: int, **geometry: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"WD24CD": code, "WD24NM": "<script>"},
        "geometry": {"type": "Polygon", "coordinates": [square(place)], **geometry},
    }


def city() -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": [feature(code, place) for place, code in enumerate(CODES)]}


@pytest.fixture
def put(tmp_path: Path, settings: Any) -> Iterator[Callable[[Any], None]]:
    """Put a file in place, as text or as JSON."""
    file = tmp_path / "wards.geojson"
    settings.WARDS_GEOJSON = str(file)

    def write(content: Any) -> None:
        file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        boundaries._drawn.cache_clear()

    yield write
    boundaries._drawn.cache_clear()


def asked() -> dict[str, Any]:
    answer = browser_of(analyst()).get("figures/needs/map/")
    assert answer.status_code == 200
    return dict(answer.json())


def test_without_a_file_tiles_are_drawn() -> None:
    assert asked() == {"width": 0, "height": 0, "wards": []}


def test_every_ward_is_a_path_of_whole_numbers_in_its_place(put: Callable[[Any], None]) -> None:
    put(city())
    found = asked()
    assert [one["id"] for one in found["wards"]] == CODES
    first, second = found["wards"][:2]
    assert first["path"] == "M0,0L111,0L111,183L0,183Z"
    assert second["path"].startswith("M111,0L222,0")
    assert (first["x"], first["y"]) == (55, 91)
    # A degree of latitude is longer than one of longitude so far north.
    assert (found["width"], found["height"]) == (1000, 1461)
    assert "script" not in json.dumps(found)


def test_islands_and_holes_are_drawn_and_points_that_fall_together_are_one(put: Callable[[Any], None]) -> None:
    whole = city()
    points = square(0)
    corner = [[points[0], [points[0][0] + 1e-7, points[0][1]], *points[1:]], [*square(0, SIDE / 2)]]
    whole["features"][0]["geometry"] = {"type": "MultiPolygon", "coordinates": [corner, [square(0, SIDE / 4)]]}
    put(whole)
    path = asked()["wards"][0]["path"]
    assert path.count("M") == path.count("Z") == 3
    assert path.startswith("M0,0L111,0L")


def test_a_file_that_is_put_in_place_later_is_read_without_a_new_start(put: Callable[[Any], None]) -> None:
    assert asked()["wards"] == []
    put(city())
    assert len(asked()["wards"]) == len(CODES)


def _with(place: int, **geometry: Any) -> dict[str, Any]:
    whole = city()
    whole["features"][place]["geometry"].update(geometry)
    return whole


REFUSED = {
    "is not JSON": "{",
    "is not JSON ": "[" * 100_000,
    "is not a FeatureCollection": [],
    "is not a FeatureCollection ": {"type": "Feature"},
    "no feature with properties": {"type": "FeatureCollection", "features": [7]},
    "one of ours: 'E05000001'": {"type": "FeatureCollection", "features": [feature("E05000001", 0)]},
    "one of ours: ''": {"type": "FeatureCollection", "features": [{"properties": {}}]},
    f"the ward {CODES[0]} twice": {"type": "FeatureCollection", "features": [feature(CODES[0], 0)] * 2},
    "lacks 68 wards": {"type": "FeatureCollection", "features": [feature(CODES[0], 0)]},
    "neither a Polygon nor": _with(0, type="Point"),
    "neither a Polygon nor ": {"type": "FeatureCollection", "features": [{"properties": {"code": CODES[0]}}]},
    "coordinates that are no list": _with(0, coordinates="M0,0"),
    "coordinates that are no list ": _with(0, coordinates=[[7]]),
    "does not close": _with(0, coordinates=[square(0)[:-1]]),
    "does not close ": _with(0, coordinates=[[]]),
    "point that is not two numbers": _with(0, coordinates=[[["0", "<script>"]]]),
    "point that is not two numbers ": _with(0, coordinates=[[[]]]),
    "longitude and latitude": _with(0, coordinates=[[[406_689, 286_822]] * 4]),
    "longitude and latitude ": _with(0, coordinates=[[[float("nan"), 1.0]] * 4]),
    "too small to be drawn": _with(0, coordinates=[[square(0)[0]] * 4]),
    "do not lie in one city": _with(0, coordinates=[[[-2, 52], [-2, -80], [-1.9, -80], [-2, 52]]]),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_file_that_is_wrong_or_hostile_is_refused_with_the_reason_in_the_log(
    put: Callable[[Any], None], why: str
) -> None:
    put(REFUSED[why])
    with capture_logs() as lines:
        assert asked()["wards"] == []
        assert asked()["wards"] == []
    told = [line for line in lines if "boundaries" in line["event"]]
    assert len(told) == 1, "once for each state of the file, not once a request"
    assert why.strip() in told[0]["why"]


def test_a_file_that_is_too_large_is_not_even_read(put: Callable[[Any], None], settings: Any) -> None:
    put(" " * (8 * 1024 * 1024 + 1))
    with capture_logs() as lines:
        assert asked()["wards"] == []
    assert any("larger than 8 MB" in line.get("why", "") for line in lines)
    settings.WARDS_GEOJSON = "/nowhere/wards.geojson"
    with capture_logs() as lines:
        assert asked()["wards"] == []
    assert any("cannot be read" in line.get("why", "") for line in lines)


def test_a_city_of_too_many_points_is_refused(put: Callable[[Any], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundaries, "_MOST_POINTS", 100)
    put(city())
    with capture_logs() as lines:
        assert asked()["wards"] == []
    assert any("more than 100 points" in line.get("why", "") for line in lines)
