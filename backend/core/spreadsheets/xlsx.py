"""Workbooks of Excel, by XlsxWriter in its constant memory: a row is on disk before the next one is asked for."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from django.utils.timezone import localtime
from xlsxwriter import Workbook

from backend.core.spreadsheets.cells import ISO, Cell, Sheet, in_words, is_formula

# A sheet holds no more rows, its heading among them.
MOST_ROWS = 1_048_576
_WIDTH = 18
# Nothing that is written is looked at for what it might mean.
_AS_IT_IS: Mapping[str, bool] = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)


def write(file: IO[bytes], sheets: Sequence[Sheet], folder: Path) -> None:
    """Write sheets as a workbook; raise ValueError for more rows than a sheet holds."""
    options = {"constant_memory": True, "tmpdir": str(folder), **_AS_IT_IS}
    with Workbook(file, options) as book:
        looks = {
            "heading": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "day": book.add_format({"num_format": "dd/mm/yyyy"}),
            "moment": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
            # Stays text when somebody edits the cell.
            "quoted": book.add_format({"quote_prefix": True}),
        }
        for sheet in sheets:
            page = book.add_worksheet(sheet.title)
            page.freeze_panes(1, 0)
            page.set_column(0, max(len(sheet.columns) - 1, 0), _WIDTH)
            for place, column in enumerate(sheet.columns):
                page.write_string(0, place, in_words(column, ISO), looks["heading"])
            for line, row in enumerate(sheet.rows, start=1):
                if line >= MOST_ROWS:
                    raise ValueError("a sheet holds no more rows")
                for place, cell in enumerate(row):
                    _put(page, line, place, cell, looks)


def _put(page: Any, line: int, place: int, cell: Cell, looks: Mapping[str, Any]) -> None:
    match cell:
        case datetime():
            page.write_datetime(line, place, localtime(cell).replace(tzinfo=None), looks["moment"])
        case date():
            page.write_datetime(line, place, cell, looks["day"])
        case int() | float() | Decimal() if not isinstance(cell, bool):
            page.write_number(line, place, cell)
        case _:
            text = in_words(cell, ISO)
            if text:
                page.write_string(line, place, text, looks["quoted"] if is_formula(text) else None)
