"""A report on paper: everything it says, as it was kept, with its proof."""

from pathlib import Path
from typing import Any

from backend.deadlines.calendar import day_in_words
from backend.letters.drawing import typeset
from backend.reports.models import Report

_SOURCE = Path(__file__).with_name("report.typ")
TOO_FEW = "Too few"
PROOF = (
    "This is the SHA-256 of all that this edition says. Alongside counts it anew each time the report is opened. As "
    "long as it is the one below, no number and no word is another one than on the day on which the report was made."
)


def drawn(report: Report) -> bytes:
    """Return a report as a PDF, tagged as letters are (ADR 34)."""
    content = report.content
    page = {
        **content,
        "head": head(report),
        "sections": [
            {
                "quotations": [],
                **section,
                "tables": [{**table, "rows": _shared(table["rows"])} for table in section["tables"]],
            }
            for section in content["sections"]
        ],
        "changes": [
            {**row, "before": number_said(row["before"]), "now": number_said(row["now"])} for row in content["changes"]
        ],
        "proof": PROOF,
        "sha256": report.sha256,
    }
    return typeset(_SOURCE, report=page)


def head(report: Report) -> list[str]:
    """Return by whom and when an edition was made, in lines."""
    content = report.content
    return [
        f"Edition {report.edition}, made by {content['made_by']}, on {day_in_words(report.at)}",
        f"Every number is a multiple of {content['base']}, and none is below {content['threshold']}.",
    ]


def number_said(number: int | None) -> str:
    """Return a published number, or that there is none."""
    return TOO_FEW if number is None else str(number)


def share_said(percent: int | None) -> str:
    """Return a share, or that it is of too few."""
    return TOO_FEW if percent is None else f"{percent}%"


def _shared(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "share": share_said(row["percent"])} for row in rows]
