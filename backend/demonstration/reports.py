"""Critical moments of the last hours, reported by people of several agencies and passed on by the worker."""

import random
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from backend.access.binding import acting, acting_as_system
from backend.cases.models import Case
from backend.children.models import Child
from backend.core import clock
from backend.core.ids import uuid7
from backend.demonstration.logins import as_worker
from backend.demonstration.staff import named
from backend.demonstration.stage import Company
from backend.moments.commands.passing_on import pass_on_all
from backend.moments.commands.recording import record_moment
from backend.moments.serializers import MomentInput
from backend.workflow.views import validated

_JOB = "demo.reports"
_WORKERS = ("Rukhsana Malik", "Jerome Baptiste", "Mohammed Zaman")
_REPORTS = (
    ("Ravi Nair", "arrest", "Stopped in the shopping centre with two older boys. Home with an aunt since one o’clock."),
    ("Niamh Corrigan", "a_and_e", "A cut hand, said to be a fall. Asked twice whether anybody would ring the school."),
    (
        "Saima Jabeen",
        "exclusion",
        "Sent home for three days after a fight at the gate. Says it is not safe there.",
    ),
)
_UNKNOWN = ("Kerry Dunmore", "missing", "Not home since last evening, third time this month. The older sister rang us.")


def report(company: Company, *, seed: str) -> int:
    """Report moments about children with a worker and about one nobody knows, and pass them on; return how many."""
    chance = random.Random(f"{seed} reports")  # noqa: S311 - made-up people, no secret
    reported = 0
    for (name, kind, text), child in zip(_REPORTS, _children(), strict=False):
        _record(company, name, kind=kind, text=text, hours=chance.randint(1, 4), **_described(child))
        reported += 1
    name, kind, text = _UNKNOWN
    _record(company, name, kind=kind, text=text, hours=1, given_name="Tamsin", family_name="Orchard")
    with as_worker():
        pass_on_all()
    return reported + 1


def _children() -> Iterator[Child]:
    """Yield the child of an open case of each of the workers whom one can sign in as, or who sit beside them."""
    with as_worker(), acting_as_system(job=_JOB):
        cases = Case.objects.filter(state__in=Case.OPEN, child__date_of_birth__isnull=False).select_related("child")
        found = [cases.filter(lead_practitioner__name=name).order_by("id").first() for name in _WORKERS]
    return (case.child for case in found if case is not None)


def _described(child: Child) -> dict[str, Any]:
    return {
        "given_name": child.given_name,
        "family_name": child.family_name,
        "date_of_birth": child.date_of_birth.isoformat() if child.date_of_birth else None,
        "postcode": child.postcode,
    }


def _record(company: Company, name: str, *, hours: int, **told: Any) -> None:
    happened = clock.now() - timedelta(hours=hours)
    given: Mapping[str, Any] = validated(
        MomentInput, {"danger_now": False, "happened_at": happened.isoformat(), **told}
    )
    with acting(company.actors[named(name)]) as actor, clock.at(happened + timedelta(minutes=20)):
        record_moment(actor, uuid7(), given)
