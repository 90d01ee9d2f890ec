"""Gives the children of each copy names of their own, drawn from those of the city as often as they occur there.

Else each whole name would be there as often as there are copies, and a search would find a thousand at once. Which
name a child gets hangs on its first name, its home and the copy alone: brothers and sisters keep one family name, and
the same copy is the same each time. What is typed into other records about a child still says the name it was made of.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from zlib import crc32

from backend.children.match_keys import Described, keys_of, keys_to_ask
from backend.children.names import name_key

_TABLES = frozenset({"children_child", "children_historicalchild"})
# Whatever else finds a child is a number, or where and when it was born, and stays.
_OF_NAMES = ("bf ", "bg ", "dn ", "mi ", "pf ", "pg ", "yn ")
_NOTHING = "\\N"
Row = dict[str, str]


class Names:
    """The given names of each sex and the family names of a city, each as often as a child bears it."""

    def __init__(self, children: Iterator[Row]) -> None:
        """Take the names of the rows of children, as COPY tells them."""
        self._given: dict[str, list[str]] = {}
        self._families: list[str] = []
        for row in children:
            self._given.setdefault(row["sex"], []).append(row["given_name"])
            if row["family_name"]:
                self._families.append(row["family_name"])

    def renamed(self, columns: Sequence[str], text: str, number: int) -> Iterator[str]:
        """Yield the rows of a table that bears names as they are in the copy of this number."""
        for line in text.splitlines(keepends=True):
            row = dict(zip(columns, line.rstrip("\n").split("\t"), strict=True))
            self._rename(row, number)
            yield "\t".join(row.values()) + "\n"

    def _rename(self, row: Row, number: int) -> None:
        given, family = row["given_name"], row["family_name"]
        row["given_name"] = _one_of(self._given.get(row["sex"], [given]), f"{number} {given} {row['date_of_birth']}")
        if family:
            row["family_name"] = _one_of(self._families, f"{number} {family} {row['postcode']}")
        row["known_as"] = row["given_name"] if row["known_as"] else ""
        # What finds a child is kept beside it alone, not in its history.
        if "match_keys" in row:
            row["name_key"] = name_key(row["given_name"], row["family_name"])
            child = _described(row)
            row["match_keys"] = _anew(row["match_keys"], keys_of(child))
            row["ask_keys"] = _anew(row["ask_keys"], keys_to_ask(child))
        elif "name_key" in row:
            row["name_key"] = name_key(row["given_name"], row["family_name"])


def bears_names(table: str) -> bool:
    """Say whether the rows of a table are children, with their names."""
    return table in _TABLES


def _one_of(names: Sequence[str], of: str) -> str:
    return names[crc32(of.encode()) % len(names)]


def _described(row: Row) -> Described:
    return Described(
        given_name=row["given_name"],
        family_name=row["family_name"],
        known_as=row["known_as"],
        date_of_birth=_day(row["date_of_birth"]),
        expected_date=_day(row["expected_date"]),
        postcode=row["postcode"],
        other_postcodes=_items(row["other_postcodes"]),
    )


def _day(text: str) -> date | None:
    return None if text == _NOTHING else date.fromisoformat(text)


def _anew(text: str, keys: Sequence[str]) -> str:
    """Return an array with the keys of other names and the same ones of everything else."""
    kept = [one for one in _items(text) if not one.startswith(_OF_NAMES)]
    made = [one for one in keys if one.startswith(_OF_NAMES)]
    return "{" + ",".join(f'"{one}"' for one in sorted([*kept, *made])) + "}"


def _items(text: str) -> list[str]:
    """Return the words of an array; none of them has a comma, a quote or a backslash."""
    return [one.strip('"') for one in text[1:-1].split(",") if one]
