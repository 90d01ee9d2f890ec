"""A copied child has another name of the city, the same one each time, and is found by it."""

from datetime import date

from backend.children.match_keys import Described, keys_of
from bench.city.naming import Names

COLUMNS = ("id", "given_name", "family_name", "known_as", "name_key", "match_keys", "ask_keys", "sex", "date_of_birth",
           "expected_date", "postcode", "other_postcodes")  # fmt: skip
NOTHING = "\\N"


def _row(given: str, family: str, *, born: str = "2014-01-02", sex: str = "F", postcode: str = "B1 1AA") -> list[str]:
    keys = '{"bg 20140102 x","tel +447700900123"}'
    return ["1", given, family, "", f"{family}|{given}", keys, keys, sex, born, NOTHING, postcode, "{}"]


CITY = [_row("Amara", "Okoro"), _row("Rosa", "Evans", postcode="B2 2BB"), _row("Ali", "Khan", sex="M")]
NAMES = Names(dict(zip(COLUMNS, row, strict=True)) for row in CITY)


def _copy(number: int, *rows: list[str]) -> list[dict[str, str]]:
    text = "".join("\t".join(row) + "\n" for row in rows)
    lines = NAMES.renamed(COLUMNS, text, number)
    return [dict(zip(COLUMNS, line.rstrip("\n").split("\t"), strict=True)) for line in lines]


def test_a_copy_draws_the_names_of_the_city_by_sex_and_is_the_same_each_time() -> None:
    copies = [_copy(number, *CITY) for number in range(1, 40)]
    assert copies == [_copy(number, *CITY) for number in range(1, 40)]
    assert {copy[0]["given_name"] for copy in copies} == {"Amara", "Rosa"}
    assert {copy[2]["given_name"] for copy in copies} == {"Ali"}
    assert {copy[0]["family_name"] for copy in copies} == {"Okoro", "Evans", "Khan"}


def test_brothers_and_sisters_of_one_home_keep_one_family_name() -> None:
    for number in range(1, 20):
        first, second = _copy(number, _row("Amara", "Okoro"), _row("Ali", "Okoro", sex="M", born="2016-03-04"))
        assert first["family_name"] == second["family_name"]


def test_a_child_is_found_by_the_name_it_has_now_and_by_what_else_finds_it() -> None:
    (copy,) = _copy(7, CITY[0])
    keys = set(copy["match_keys"][1:-1].replace('"', "").split(","))
    assert "tel +447700900123" in keys
    assert "bg 20140102 x" not in keys
    assert copy["name_key"] == f"{copy['family_name']}|{copy['given_name']}".lower()
    assert any(key.startswith("bg 20140102 ") for key in keys)
    assert keys - {"tel +447700900123"} <= set(keys_of(_described(copy)))


def _described(copy: dict[str, str]) -> Described:
    names = {name: copy[name] for name in ("given_name", "family_name", "postcode")}
    return Described(**names, date_of_birth=date.fromisoformat(copy["date_of_birth"]))
