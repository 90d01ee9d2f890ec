"""Where each ward stands on the map of tiles: an own layout, rough on purpose."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).resolve().parents[2] / "fixtures" / "reference" / "ward_tiles.csv"


@dataclass(frozen=True, slots=True)
class Tile:
    """A ward as one square; row and column count from 1, from the north-west."""

    code: str
    short: str
    row: int
    column: int


@cache
def tiles() -> Sequence[Tile]:
    """Return the tiles, row by row."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        found = [
            Tile(line["code"], line["short"], int(line["row"]), int(line["column"])) for line in csv.DictReader(file)
        ]
    return sorted(found, key=lambda tile: (tile.row, tile.column))
