"""A report as data: a workbook with every number, what was different, and what the words mean."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from backend.core.spreadsheets import Sheet, write
from backend.reports.drawing import head, number_said, share_said
from backend.reports.models import Report
from backend.reports.queries import quoted

_NUMBERS = ("Section", "Table", "What it was", "About how many", "Share of its table")


def packed(report: Report, code: str) -> bytes:
    """Return a report as a workbook of one kind of file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report"
        write(code, path, list(_sheets(report)))
        return path.read_bytes()


def _sheets(report: Report) -> Iterator[Sheet]:
    content = report.content
    yield Sheet("Figures", _NUMBERS, _figures(report))
    if quoted(content):
        words = [(one["about"], one["text"], ". ".join(one["beside"])) for one in quoted(content)]
        yield Sheet("In their words", ("Theme", "What somebody said", "Who and where"), words)
    if content["changes"]:
        changes = [
            (one["table"], one["label"], number_said(one["before"]), number_said(one["now"]))
            for one in content["changes"]
        ]
        yield Sheet("Changes", ("Table", "What it was", "Before", "Now"), changes)
    yield Sheet("Definitions", ("Term", "Meaning"), [(one["term"], one["meaning"]) for one in content["definitions"]])
    about = [content["title"], content["partnership"], *head(report), *content["method"], *content["limits"]]
    yield Sheet("About", ("About this report",), [(line,) for line in [*about, f"SHA-256: {report.sha256}"]])


def _figures(report: Report) -> Iterator[tuple[str, str, str, int, str]]:
    for section in report.content["sections"]:
        for table in section["tables"]:
            for row in table["rows"]:
                yield section["title"], table["title"], row["label"], row["number"], share_said(row["percent"])
