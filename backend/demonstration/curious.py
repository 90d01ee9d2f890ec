"""What some people of the city read that is unusual: one is explained already, the others wait for an answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.models import Named
from backend.audit.models import AccessLog
from backend.cases.models import Case
from backend.core import clock
from backend.deadlines.calendar import is_working_day, local
from backend.demonstration.emergencies import looks
from backend.demonstration.emptying import OWNER
from backend.demonstration.logins import as_worker
from backend.demonstration.staff import named
from backend.demonstration.stage import Company
from backend.oversight import asking
from backend.oversight.models import UnusualReading
from backend.oversight.unusual import OFF_HOURS
from backend.oversight.watching import watch

_CURIOUS, _AT_NIGHT, _GOVERNS = "Mohammed Zaman", "Luis Carvalho", "Simon Ashdown"
_READ = [("case.read", 0, 200), ("case.identity", 1, 200), ("case.notes", 3, 200)]
_CHILDREN, _NIGHT = 8, 23
_EXPLAINED = "He was covering for a colleague who had been taken ill, and his manager had asked him to."


def read_unusually(company: Company) -> None:
    """One reads a child every other day and does nothing; another one, at night, two; of that it is said why."""
    now = clock.now()
    curious, at_night = company.actors[named(_CURIOUS)], company.actors[named(_AT_NIGHT)]
    cases = _of_nobody_here([curious, at_night])
    for number, case in enumerate(cases[2 : 2 + _CHILDREN]):
        _read(curious, _at_work(now - timedelta(days=2 * number + 1)), case)
    for number, case in enumerate(cases[:2]):
        evening = local(now - timedelta(days=2)).replace(hour=_NIGHT, minute=5 + 6 * number)
        _read(at_night, evening, case)
    with as_worker():
        watch()
    governs = company.actors[named(_GOVERNS)]
    with acting(governs):
        one = UnusualReading.objects.filter(user_id=at_night.user_id, kind=OFF_HOURS, outcome="").first()
        if one is not None:
            asking.decide(governs, one.id, version=one.version, outcome="explained", words=_EXPLAINED)


def _read(who: Actor, at: datetime, case: Case) -> None:
    AccessLog.objects.using(OWNER).bulk_create(looks(who, at, case, _READ))


def _at_work(moment: datetime) -> datetime:
    """Return ten in the morning of that day, or of the working day before it."""
    at = local(moment).replace(hour=10, minute=20)
    while not is_working_day(at.date()):
        at -= timedelta(days=1)
    return at


def _of_nobody_here(people: Sequence[Actor]) -> list[Case]:
    """Return cases that these people's agencies have no part in, the oldest first; none that is sealed."""
    sealed = Named.objects.using(OWNER).filter(ended_at=None).values("child_id")
    agencies = [who.agency_id for who in people]
    # In whatever state it is, as long as it is open: a small city has few that are active.
    others = Case.objects.using(OWNER).exclude(state=Case.CLOSED).exclude(child_id__in=sealed)
    return list(others.exclude(lead_agency_id__in=agencies).order_by("opened_at", "id")[: _CHILDREN + 2])
