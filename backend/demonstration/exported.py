"""Two lists that a manager of the city had as files: one is still there, the other has expired."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from backend.access.binding import acting
from backend.core import clock
from backend.core.ids import uuid7
from backend.demonstration.emptying import OWNER
from backend.demonstration.givers import people_of
from backend.demonstration.logins import as_worker
from backend.demonstration.stage import Company
from backend.exports.commands import keeping, making
from backend.exports.commands.asking import ask
from backend.exports.models import Export

_AGENCY = "city-early-help"
# How many days ago, and what for.
_ASKED: Mapping[int, Mapping[str, Any]] = {
    9: {
        "list": "attention",
        "filters": {"kind": "unallocated"},
        "every": "",
        "file_format": "ods",
        "recipient": "body",
        "recipient_name": "The safeguarding partnership",
        "purpose": "How many children wait for a worker",
    },
    1: {
        "list": "cases",
        "filters": {},
        "every": "",
        "file_format": "xlsx",
        "recipient": "self",
        "recipient_name": "",
        "purpose": "Supervision this week",
    },
}


def export_lists(company: Company) -> None:
    """Ask for them and let the worker make them, each on its own day; nothing where somebody has already."""
    managers = people_of(company, _AGENCY, ("manager",))
    if not managers or Export.objects.using(OWNER).exists():
        return
    for days, given in _ASKED.items():
        with clock.at(clock.now() - timedelta(days=days)):
            with acting(managers[0]):
                ask(managers[0], uuid7(), given)
            with as_worker():
                making.make_all()
    with as_worker():
        keeping.tidy()
