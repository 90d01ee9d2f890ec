"""A feed read without a database: both shapes, every version's names, and what is wrong said line by line."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.interop.files import SourceFile
from backend.interop.planning import Plan, make_plan
from backend.interop.problems import Weight
from backend.interop.report import lines
from tests.interop.feeds import nested, page, tables

HOMEWORK = {
    "organisation": "Homework Friends",
    "min_age": 8,
    "max_age": 14,
    "languages": ["polish"],
    "is_citywide": False,
    "wards": ["E05011151"],
    "cost": "free",
    "needs": ["school"],
    "kind": "education_support",
    "address": "1 High Street, Birmingham, B99 1AA",
    "website": "https://example.org",
}


def _plan(files: list[SourceFile]) -> Plan:
    return make_plan(files, [])


def _said(plan: Plan) -> list[str]:
    return [f"{problem.where}: {problem.sentence}" for problem in plan.report.found]


def test_a_page_of_the_api_becomes_an_entry() -> None:
    plan = _plan(page(nested()))
    assert _said(plan) == []
    [entry] = plan.new
    expected = {
        **HOMEWORK,
        "name": "Service s1",
        "summary": "Help with homework.",
        "languages": ["polish", "somali"],
        "address": "1 High Street, B99 1AA",
        "website": "https://example.org/homework",
        "phone": "0121 496 0400",
        "hours_text": "TU 16:00–18:00",
    }
    assert {name: entry.values[name] for name in expected} == expected


def test_the_tables_of_a_datapackage_become_the_same() -> None:
    plan = _plan(tables())
    assert _said(plan) == []
    homework, chess = plan.new
    assert {name: homework.values[name] for name in HOMEWORK} == HOMEWORK
    assert homework.values["eligibility"] == "For pupils"
    assert (chess.values["cost"], chess.values["cost_note"], chess.values["is_citywide"]) == (
        "charged",
        "per session",
        True,
    )


@pytest.mark.parametrize(
    "document",
    [
        [nested()],
        {"content": [nested()], "totalPages": 1},
        {"services": [nested()]},
        nested(),
        {
            "service": [{"id": "s1", "organization_id": "o1", "name": "Flat"}],
            "organization": [{"id": "o1", "name": "O"}],
        },
    ],
)
def test_json_is_taken_in_every_shape_it_comes_in(document: Any) -> None:
    plan = _plan([SourceFile("feed.json", json.dumps(document).encode())])
    assert len(plan.new) == 1
    assert not plan.report.stops


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"id": None}, "It has no id. The service was left out."),
        ({"name": " "}, "It has no name. The service was left out."),
        ({"status": "opne"}, "Its status “opne” is not one of active, inactive, defunct, temporarily closed."),
        ({"status": ""}, "It has no status. It was taken as active."),
        ({"organization": None, "organization_id": "o9"}, "Its organisation o9 is not in the feed."),
        ({"organization": None}, "It does not say which organisation offers it."),
        ({"organization": {"id": "o1"}}, "Its organisation has no name."),
        ({"minimum_age": "eight"}, "The youngest age “eight” is not a number. It was left out."),
        ({"minimum_age": 15}, "The youngest age 15 is above the oldest 14. Both were left out."),
        ({"minimum_age": -3}, "The youngest age -3 cannot be an age. It was left out."),
        ({"minimum_age": 40, "maximum_age": None}, "It is for adults only, from 40 years. The service was left out."),
        ({"assured_date": "31/02/2026"}, "The date “31/02/2026” in assured_date is not a real date"),
        ({"url": "javascript:alert(1)"}, "The web address is not one that begins with https://"),
        ({"email": "nobody"}, "The email address is not complete."),
        ({"languages": [{"name": "Klingon"}]}, "The language “Klingon” is not on our list."),
        ({"service_areas": [{"name": "Atlantis"}]}, "The area “Atlantis” is not a ward of the city."),
        ({"cost_options": [{"amount": "two quid"}]}, "The cost “two quid” is not a number."),
        ({"name": "x" * 300}, "The name is longer than the 200 characters we keep. The end was cut off."),
        ({"description": ""}, "It has no description."),
    ],
)
def test_what_is_wrong_with_a_service_is_said_where_it_stands(given: dict[str, Any], sentence: str) -> None:
    plan = _plan(page(nested("s0"), nested("s1", **given)))
    [problem] = plan.report.found
    assert sentence in problem.sentence
    assert problem.where.startswith("services.json, service 2")
    left_out = "left out." in problem.sentence and "service was left out" in problem.sentence
    assert len(plan.new) == (1 if left_out else 2)


_HEAD = "id,organization_id,name,status\n"


@pytest.mark.parametrize(
    ("table", "text", "sentence"),
    [
        ("services", f"{_HEAD}s1,o1,A,active\ns1,o1,B,active\n", "services.csv, line 3 “B”: Its id s1 is used twice"),
        ("services", f"{_HEAD}s1,o1,A\n", "services.csv, line 2: It has 3 values where 4 columns"),
        ("services", "id,id,name\ns1,o1,A\n", "services.csv: It has the column “id” twice."),
        ("services", "one,two\n1,2\n", "services.csv: Its first line does not name the columns"),
        ("services", f'{_HEAD}s1,o1,"A,active\n', "services.csv: Its quotation marks do not close."),
        ("services", "", "services.csv: It is empty."),
        ("eligibilitys", "id,service_id\ne1,s9\n", "line 2: It belongs to the service s9, which is not in the feed."),
        ("service_at_locations", "id,service_id,location_id\nx1,s1,l9\n", "line 2: Its location l9 is not in the"),
        ("service_taxonomys", "id,service_id,taxonomy_id\nx,s1,t9\n", "line 2: Its taxonomy term t9 is not in the"),
        ("organizations", "id,name\no1,A\no1,B\n", "organizations.csv, line 3: The id o1 is used twice"),
        ("weather", "id,rain\n1,yes\n", "weather.csv: We do not use this table."),
    ],
)
def test_what_is_wrong_with_a_table_is_said_with_its_line(table: str, text: str, sentence: str) -> None:
    plan = _plan(tables(**{table: text}))
    assert any(sentence in said for said in _said(plan)), _said(plan)


def test_names_of_columns_are_taken_as_people_write_them() -> None:
    text = "\ufeffID;Organisation ID;Name;Status\r\ns1;o1;Café;Active\r\n"
    plan = _plan(tables(services=text, organizations="id,name\no1,A\n"))
    assert [entry.name for entry in plan.new] == ["Café"]


def test_windows_text_and_utf_16_are_read_and_said() -> None:
    text = "id,organization_id,name,status\ns1,o1,Café,active\n"
    windows = [file for file in tables() if file.name != "services.csv"]
    plan = _plan([*windows, SourceFile("services.csv", text.encode("cp1252"))])
    assert [entry.name for entry in plan.new] == ["Café"]
    assert "services.csv, line 2: It is not UTF-8." in _said(plan)[0]
    plan = _plan([*windows, SourceFile("services.csv", text.encode("utf-16"))])
    assert [entry.name for entry in plan.new] == ["Café"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "It is not valid JSON: see line 1."),
        (b"[" * 100_000, "It is not valid JSON"),
        (b"[" * 60 + b"]" * 60, "It is nested too deeply."),
        (b'"words"', "neither a service nor a list of services"),
        (b"PK\x03\x04rest", "It is a zip or a spreadsheet."),
        (b"[]", "No service was found in it"),
        (b"", "It is not valid JSON"),
    ],
)
def test_a_file_that_cannot_be_read_stops_everything(content: bytes, sentence: str) -> None:
    plan = _plan([SourceFile("services.json", content)])
    assert plan.report.stops
    assert sentence in _said(plan)[0]
    assert plan.new == []


def test_hostile_text_is_only_text() -> None:
    one = nested(name='=HYPERLINK("http://evil")', description="<script>alert(1)</script>\u202eevil &lt;b&gt; Safe.")
    [entry] = _plan(page(one)).new
    assert "<" not in entry.values["summary"].replace("<b>", "")
    assert "\u202e" not in entry.values["summary"]


def test_a_page_of_several_takes_nobody_away() -> None:
    plan = _plan(page(nested(), total_pages=3))
    assert plan.keeps_gone == ""
    assert "total" not in " ".join(lines(plan))


def test_the_report_is_bounded() -> None:
    plan = _plan(page(*(nested(f"s{number}", email="no") for number in range(700))))
    assert len(plan.report.found) == 500
    assert plan.report.more == 200
    assert sum(problem.weight is Weight.NOTED for problem in plan.report.found) == 500


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=20,
)
_KEYS = st.sampled_from(sorted(nested()))


@given(st.lists(st.dictionaries(_KEYS, _JSON, max_size=8), max_size=4))
def test_no_json_whatever_breaks_the_reader(services: list[dict[str, Any]]) -> None:
    plan = make_plan([SourceFile("services.json", json.dumps(services).encode())], [])
    assert all(entry.name and entry.source_id for entry in plan.new)


@given(st.binary(max_size=400), st.sampled_from(["services.csv", "services.json", "eligibility.csv", "x.txt"]))
def test_no_bytes_whatever_break_the_reader(content: bytes, name: str) -> None:
    make_plan([*tables(), SourceFile(name, content)], [])
