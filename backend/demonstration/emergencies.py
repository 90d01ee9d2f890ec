"""Who looked in the last days: the city's workers at their own cases, and two people in an emergency at another's."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.models import Named
from backend.audit.access_log import CONSULTATION
from backend.audit.models import AccessLog
from backend.cases.models import Case
from backend.children.models import Child
from backend.core import clock
from backend.core.ids import uuid7
from backend.demonstration.emptying import OWNER
from backend.demonstration.staff import named
from backend.demonstration.stage import Company
from backend.oversight import commands
from backend.oversight.models import BreakGlass

_ON_CALL, _MANAGER = "Cerys Maddock", "Denise Ottley"
_AT_NIGHT = "Halima Yusuf"
_GOVERNS = "Simon Ashdown"
_REVIEWED, _WAITING = timedelta(days=3, hours=4), timedelta(minutes=50)
_CALLED = "Her mother rang: she has not come home, and was last seen with the man whom she told us about."
_VISIT = "We have him at the drop-in, he says he cannot go home tonight. I need to know who is safe to ring."
# What each worker of the city read in their newest cases, on as many days: no request of theirs was ever made.
_NEWEST, _DAYS = 25, 4
_DAILY = [("case.read", 0, 200), ("case.identity", 0, 200), ("case.plan", 2, 200), ("case.notes", 4, 200)]
_BEFORE = [("case.read", -6, 404), ("break_glass.open", 0, 201)]
_THEN = [*_BEFORE, ("case.read", 1, 200), ("case.identity", 1, 200), ("case.plan", 3, 200), ("case.notes", 4, 200)]


def open_in_emergencies(company: Company) -> None:
    """Three days ago one read what she needed, and it was looked at and decided; this hour another, and it waits."""
    now = clock.now()
    _work_as_usual(company, now)
    first, second = company.actors[named(_ON_CALL)], company.actors[named(_AT_NIGHT)]
    cases = _cases_of_others([first, second])
    if len(cases) < 2:
        return
    one = _open(first, cases[0], now - _REVIEWED, "missing", _CALLED)
    with clock.at(now - _REVIEWED + timedelta(minutes=45)), acting(first):
        commands.end(first, one.id, version=0)
    manager, governs = company.actors[named(_MANAGER)], company.actors[named(_GOVERNS)]
    with clock.at(now - _REVIEWED + timedelta(hours=2)), acting(manager):
        words = "She was on call and rang me when she had closed it. The child was found that night."
        commands.look(manager, one.id, version=1, words=words)
    with clock.at(now - _REVIEWED + timedelta(hours=20)), acting(governs):
        words = "She read the plan and who is around the child, and nothing else. It helped to find her."
        commands.decide(governs, one.id, version=2, outcome=BreakGlass.JUSTIFIED, words=words)
    _open(second, cases[1], now - _WAITING, "visit_now", _VISIT)


def _work_as_usual(company: Company, now: datetime) -> None:
    people = {who.user_id: who for who in company.actors.values()}
    led = Case.objects.using(OWNER).filter(lead_practitioner_id__in=people).order_by("-opened_at", "id")
    AccessLog.objects.using(OWNER).bulk_create(
        row
        for number, case in enumerate(led[:_NEWEST])
        if (practitioner := case.lead_practitioner_id)
        for day in range(1, _DAYS + 1)
        for row in looks(people[practitioner], now - timedelta(days=day, minutes=17 * number), case)
    )


def _cases_of_others(people: Sequence[Actor]) -> list[Case]:
    """Return the newest cases of early help whose child nobody has sealed and whose name no other child has."""
    sealed = Named.objects.using(OWNER).filter(ended_at=None).values("child_id")
    led = (
        Case.objects.using(OWNER)
        .filter(lead_agency__slug="city-early-help", state="active")
        .exclude(child_id__in=sealed)
    )
    elsewhere = led.exclude(practitioner_agency_id__in=[who.agency_id for who in people])
    return list(elsewhere.order_by("-opened_at", "id")[:2])


def _open(who: Actor, case: Case, at: datetime, code: str, why: str) -> BreakGlass:
    child = Child.objects.using(OWNER).get(pk=case.child_id)
    given = {
        "given_name": child.given_name,
        "family_name": child.family_name,
        "date_of_birth": child.date_of_birth,
        "reason_code": code,
        "reason": why,
    }
    with clock.at(at), acting(who):
        one = commands.open_glass(who, uuid7(), given)
    AccessLog.objects.using(OWNER).bulk_create(looks(who, one.opened_at, case, _THEN))
    return one


def looks(
    who: Actor, at: datetime, case: Case, parts: Sequence[tuple[str, int, int]] = tuple(_DAILY)
) -> Iterator[AccessLog]:
    """Yield the rows that the log would have, had somebody read these parts at as many minutes after `at`."""
    for label, minutes, status in parts:
        yield AccessLog(
            recorded_at=at + timedelta(minutes=minutes),
            user_id=who.user_id,
            membership_id=who.membership_id,
            agency_id=who.agency_id,
            role=who.role.value,
            kind=CONSULTATION,
            label=label,
            status=status,
            root_ids=[case.id],
        )
