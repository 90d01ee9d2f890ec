"""Our levels and rows as Splink takes them."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import duckdb

from backend.matching.comparing import COMPARISONS, LEVELS, levels, ready
from bench.matching.labelled import Labelled

# The column a comparison is about: Splink leaves a comparison out of a session that blocks on its column.
COLUMN = {
    "given_name": "given_name",
    "family_name": "family_name",
    "birth": "date_of_birth",
    "number": "nhs_number",
    "address": "postcode",
    "sex": "sex",
    "phones": "phones",
    "household": "household",
}


def register_levels(connection: duckdb.DuckDBPyConnection, labelled: Labelled) -> None:
    """Let DuckDB ask our own comparisons for the level of a pair."""
    compared = [ready(person) for person in labelled.people]

    @lru_cache(maxsize=1_000_000)
    def both(one: int, other: int) -> dict[str, str | None]:
        return levels(compared[one], compared[other])

    def level_of(comparison: str) -> Callable[[int, int, Any, Any], str]:
        # The columns are given so that Splink knows which fact this is about; the levels read the whole description.
        def level(one: int, other: int, _mine: Any, _theirs: Any) -> str:
            return both(one, other)[comparison] or ""

        return level

    kinds = ["BIGINT", "BIGINT", "VARCHAR", "VARCHAR"]
    for comparison in COMPARISONS:
        name = f"level_{comparison}"
        connection.create_function(name, level_of(comparison), kinds, "VARCHAR", null_handling="special")


def comparisons() -> Iterator[dict[str, Any]]:
    """Yield each comparison with its levels, the one of what is not known among them."""
    for comparison, names in LEVELS.items():
        column = COLUMN[comparison]
        call = f"level_{comparison}(unique_id_l, unique_id_r, {column}_l, {column}_r)"
        yield {
            "output_column_name": comparison,
            "comparison_levels": [
                {"sql_condition": f"{call} = ''", "label_for_charts": "not known", "is_null_level": True},
                *({"sql_condition": f"{call} = '{level}'", "label_for_charts": level} for level in names[:-1]),
                {"sql_condition": "ELSE", "label_for_charts": names[-1]},
            ],
        }


def row(place: int, labelled: Labelled) -> dict[str, Any]:
    """Return one labelled person as a row; what is empty is not known."""
    person = labelled.people[place]
    born = person.date_of_birth
    return {
        "unique_id": place,
        "given_name": person.given_name.lower() or None,
        "family_name": person.family_name.lower() or None,
        "date_of_birth": born.isoformat() if born else None,
        "nhs_number": person.nhs_number or None,
        "postcode": person.postcode or None,
        "sex": person.sex or None,
        "phones": " ".join(person.phones) or None,
        "household": " ".join(person.household) or None,
    }
