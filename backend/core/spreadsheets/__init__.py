"""Spreadsheets: rows in, a file of CSV, XLSX or ODS out, row by row, and no cell that would be run as a formula."""

import csv
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from backend.core.spreadsheets import ods, xlsx
from backend.core.spreadsheets.cells import Sheet, in_csv, titled

__all__ = ["FORMATS", "Sheet", "file_kind", "write"]

_CSV, _XLSX, _ODS = "csv", "xlsx", "ods"


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a file is called, and what it is sent as."""

    code: str
    label: str
    extension: str
    media_type: str


FORMATS: Mapping[str, FileKind] = {
    kind.code: kind
    for kind in (
        FileKind(_XLSX, "Excel (XLSX)", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        FileKind(_ODS, "OpenDocument (ODS)", "ods", "application/vnd.oasis.opendocument.spreadsheet"),
        FileKind(_CSV, "Plain text (CSV)", "csv", "text/csv; charset=utf-8"),
    )
}
_SEVERAL = FileKind("zip", "Plain text (CSV), a file for each list", "zip", "application/zip")


def file_kind(code: str, *, sheets: int) -> FileKind:
    """Return what comes out of so many sheets: plain text knows no sheets, and so several are files in one."""
    return _SEVERAL if code == _CSV and sheets > 1 else FORMATS[code]


def write(code: str, path: Path, sheets: Sequence[Sheet]) -> None:
    """Write sheets to `path`, their rows as they come; what is put aside meanwhile lies in the same folder.

    Whoever calls makes a folder that nobody else reads, and takes it away.
    """
    with path.open("wb") as file:
        _WRITERS[code](file, titled(sheets), path.parent)


def _csv(file: IO[bytes], sheets: Sequence[Sheet], _folder: Path) -> None:
    if len(sheets) == 1:
        _rows(file, sheets[0])
        return
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in sheets:
            with archive.open(f"{sheet.title}.csv", "w", force_zip64=True) as one:
                _rows(one, sheet)


def _rows(file: IO[bytes], sheet: Sheet) -> None:
    # With its mark at the beginning, or Excel reads names in the letters of 1995.
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    lines = csv.writer(text, quoting=csv.QUOTE_ALL)
    lines.writerow(in_csv(column, sheet.days) for column in sheet.columns)
    for row in sheet.rows:
        lines.writerow(in_csv(cell, sheet.days) for cell in row)
    text.detach()


_WRITERS: Mapping[str, Callable[[IO[bytes], Sequence[Sheet], Path], None]] = {
    _CSV: _csv,
    _XLSX: xlsx.write,
    _ODS: ods.write,
}
