"""A certificate on paper: what was deleted, by whom, under which schedule, with its proof; numbers and ids."""

from pathlib import Path
from typing import Any

from django.apps import apps

from backend.agencies.models import User
from backend.deadlines.calendar import day_in_words
from backend.letters.drawing import typeset
from backend.retention.models import Certificate

_SOURCE = Path(__file__).with_name("certificate.typ")
_PROOF = (
    "This is the SHA-256 of all that this certificate says. It was written when the records were deleted, and is "
    "counted anew each time the certificate is opened."
)


def drawn(one: Certificate) -> bytes:
    """Return a certificate as a PDF, tagged as letters are (ADR 34)."""
    body = one.body
    page = {
        "title": f"Certificate of disposal {body['reference']}",
        "agency": one.order.agency.name,
        "lines": _steps(one),
        "sums": [
            ["Children whose records were deleted", str(len(body["children"]))],
            ["Children left, because something kept them", str(body["left"])],
            ["Files deleted", str(body["files"])],
        ],
        "rows": [[kind_said(table), str(number)] for table, number in body["rows"].items()],
        "records": [", ".join(child["records"]) for child in body["children"]],
        "proof": _PROOF,
        "sha256": one.sha256,
    }
    return typeset(_SOURCE, certificate=page)


def _steps(one: Certificate) -> list[str]:
    body = one.body
    people = [body[step]["by"] for step in ("proposed", "approved", "confirmed")]
    named = {str(pk): name for pk, name in User.objects.filter(pk__in=people).values_list("id", "name")}
    proposed, approved, confirmed = (f"{named.get(person, '')} ({person})" for person in people)
    return [
        f"Proposed by {proposed}.",
        f"Agreed by {approved} of information governance, and by {confirmed} as the second person.",
        f"Due under version {body['schedule']} of this partnership’s schedule. Carried out on {day_in_words(one.at)}.",
    ]


def kind_said(table: str) -> str:
    """Return what the rows of a table are called, as far as the product still has that table."""
    for model in apps.get_models():
        if model._meta.db_table == table:
            name = str(model._meta.verbose_name)
            return f"{name[:1].upper()}{name[1:]}"
    return table


def filename(one: Certificate) -> dict[str, Any]:
    """Return the header that names the file; there is nobody's name in it."""
    return {"Content-Disposition": f'attachment; filename="certificate-{one.body["reference"]}.pdf"'}
