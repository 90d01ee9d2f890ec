"""Two records about children of one name: one that its people see, and one that is kept from everybody who asks."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse

from backend.access.actors import Actor, actor_of
from backend.access.models import Conflict, Named
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core.ids import uuid7
from tests import casework
from tests.actors import actor, browser_of
from tests.api.listed import LISTED
from tests.api.places import PLACES
from tests.casework import allocated, case_of, open_transfer_of
from tests.edges import take
from tests.exports.conftest import cells, content, ready
from tests.factories import agency_id, manager, officer, submitted, teacher
from tests.routes import SOMETHING, Route, routes

LEAD = "city-early-help"
AGENCIES = (LEAD, "front-door", "oakfield-school", "larch-hill-academy", "youth-justice")
# The same in both, so that whoever looks for one would come upon the other.
ALIKE = {"child_given_name": "Marguerite", "child_family_name": "Bramblewick", "child_nhs_number": None}
HANDOVER = {"what_matters": "Her way home.", "who_to_speak_to": "Ms A. Teacher"}
# They tell of the product, of a session, or of a demo that there is not, and of no record.
_OF_NO_RECORD = ("api:schema", "api:docs", "api:health", "api:demo", "api:session")
# By the name of both, by its beginning, and nearly right.
_TEXTS = ("Marguerite Bramblewick", "bramble", "Margerite Bramblewik")
Close = Callable[[UUID], None]


def worker(nth: int = 0) -> Actor:
    """A case worker of the agency that leads both."""
    return actor(LEAD, Role.CASE_WORKER, nth=nth)


def lead(nth: int = 0) -> Actor:
    """A manager of it."""
    return actor(LEAD, Role.MANAGER, nth=nth)


def _colleague() -> Actor:
    """Somebody of another school, who refers the other child."""
    return actor("larch-hill-academy", Role.PRACTITIONER)


def _among_whom() -> tuple[Actor, ...]:
    """By whom the record is written that is kept from everybody else."""
    return (_colleague(), officer(), lead(), worker())


def those_who_ask() -> list[Actor]:
    """Somebody in every role, at the agencies that have to do with both and elsewhere, who writes neither of them."""
    among = {who.user_id for who in _among_whom()}
    people = Membership.objects.filter(ended_at=None, user__is_active=True).exclude(user_id__in=among)
    asking: dict[tuple[str, str], Membership] = {}
    for row in people.select_related("user", "agency", "team").order_by("agency__slug", "user__email", "id"):
        asking.setdefault((row.agency.slug if row.agency.slug in AGENCIES else "elsewhere", row.role), row)
    return [actor_of(row) for row in asking.values()]


def sealed_to(child_id: UUID) -> None:
    """Only those by whom it is written are named."""
    rows = [Named(user_id=who.user_id, child_id=child_id) for who in _among_whom()]
    Named.objects.using("owner").bulk_create(rows)


def in_conflict_with(child_id: UUID) -> None:
    """Everybody who asks has a conflict of interest."""
    rows = [Conflict(id=uuid7(), user_id=who.user_id, child_id=child_id) for who in those_who_ask()]
    Conflict.objects.using("owner").bulk_create(rows)


def seen_case() -> Case:
    """The record that its people see."""
    return _case(teacher(), manager(), lead(1), worker(1), close=lambda _child: None)


def kept_case(close: Close) -> Case:
    """The other one, closed as soon as there is a child, before anybody is told anything."""
    return _case(*_among_whom(), close=close)


def _case(by: Actor, decides: Actor, leads: Actor, works: Actor, *, close: Close) -> Case:
    sent = submitted(by, **ALIKE)
    assert sent.child_id is not None
    close(sent.child_id)
    take("start_triage", sent.id, decides)
    sent = take("accept", sent.id, decides, lead_agency=agency_id(LEAD), **HANDOVER)
    case = case_of(sent, decides)
    take("accept", open_transfer_of(case, leads).id, leads, noun="transfer")
    case = allocated(case, to=works, by=leads)
    for make in (casework.assessment_of, casework.note_of, casework.meeting_of, casework.concern_of):
        make(case, works)
    casework.relationship_of(case, works)
    casework.document_of(case, works)
    casework.task_about(case, works, by=leads)
    casework.action_of(case, works, works, goal=str(casework.goal_of(case, works).id))
    return case


def answers(who: Actor, paths: Iterable[str]) -> dict[str, bytes]:
    """What somebody is answered; nothing is left of it, as who looked is itself something to look at."""
    browser = browser_of(who)
    found = {path: _kept_by_nobody(partial(browser.get, path)) for path in paths}
    searches = {text: partial(browser.post, "find/", {"text": text}) for text in _TEXTS}
    return {**found, **{f"find {text}": _kept_by_nobody(search) for text, search in searches.items()}}


def _kept_by_nobody(ask: Callable[[], HttpResponse]) -> bytes:
    with transaction.atomic():
        answer = ask()
        transaction.set_rollback(True)
    return b"%d " % answer.status_code + answer.content


def everything(about: Mapping[str, UUID]) -> list[str]:
    """Every address that is read: those without a key, lists under each view, and those of the record that is seen."""
    return [*LISTED, *(path for route in routes() if (path := _address_of(route, about)))]


def _address_of(route: Route, about: Mapping[str, UUID]) -> str:
    if "GET" not in route.methods or route.name.startswith(_OF_NO_RECORD):
        return ""
    if str(SOMETHING) not in route.path:
        return route.path
    own = next((name for start, (name, _who) in PLACES.items() if route.path.startswith(start)), "")
    return route.path.replace(str(SOMETHING), str(about[own])) if own in about else ""


def searched(who: Actor, reference: str) -> bytes:
    """What looking for a reference answers."""
    return _kept_by_nobody(partial(browser_of(who).post, "find/", {"text": reference}))


def exported(who: Actor) -> dict[str, Any]:
    """The rows of the files that somebody exports."""
    return {code: cells(content(who, ready(who, code))) for code in ("cases", "referrals")}
