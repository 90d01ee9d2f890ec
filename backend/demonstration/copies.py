"""Families that asked for a copy of a record: one is being looked through, one was answered, one was withdrawn."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.models import Named
from backend.cases.models import Case
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.calendar import local
from backend.demonstration.emptying import OWNER
from backend.demonstration.logins import as_worker
from backend.demonstration.staff import named
from backend.demonstration.stage import Company
from backend.rights.commands import working
from backend.rights.commands.deciding import decide
from backend.rights.commands.requesting import record_request, subject_request_machine
from backend.rights.models import CopiedPassage, SubjectRequest

_FIRST, _SECOND = "Simon Ashdown", "Zainab Mirza"
_IN_WORK, _WITHDRAWN, _ANSWERED = timedelta(days=6), timedelta(days=12), timedelta(days=20)
_LATER = timedelta(hours=2)
_ASKED: Mapping[str, Any] = {
    "reference": "",
    "given_name": "",
    "family_name": "",
    "date_of_birth": None,
    "authority": "",
    "identity": "document_seen",
    "identity_note": "Driving licence, seen at the front desk",
}
_MOTHER = {"asker_name": "The child’s mother", "asker": "parent", "asks_for": "Everything, from the first referral on."}
_TEENAGER = {
    "asker_name": "The young person themselves",
    "asker": "child",
    "identity": "known_in_person",
    "identity_note": "Came with their youth worker",
    "asks_for": "What the school said about me, and who was told.",
}
_FATHER = {"asker_name": "The child’s father", "asker": "parent", "asks_for": "What was said at the meetings."}
_NOT_NEEDED = "He rang the day after: the family worker has gone through the meetings with him."


def ask_for_copies(company: Company) -> None:
    """Record them by the real edges; nothing where somebody has already, or where the city is too small."""
    first, second = company.actors[named(_FIRST)], company.actors[named(_SECOND)]
    cases = _cases()
    if len(cases) < 2 or SubjectRequest.objects.using(OWNER).exists():
        return
    answered = _open(first, second, cases[0], _TEENAGER, _ANSWERED)
    with clock.at(clock.now() - _ANSWERED + timedelta(days=3)):
        for passage in _passages(answered):
            _decide(first, passage)
        _take(first, "send_for_check", answered)
        _work()
    with clock.at(clock.now() - _ANSWERED + timedelta(days=10)):
        _take(second, "release", answered, has_read=True)
    _withdraw(first, second, cases[1])
    in_work = _open(first, second, cases[1], _MOTHER, _IN_WORK)
    for passage in _passages(in_work)[:3]:
        _decide(first, passage)


def _cases() -> list[Case]:
    """Return the two open cases with the oldest beginning whose child nobody has sealed."""
    sealed = Named.objects.using(OWNER).filter(ended_at=None).values("child_id")
    led = Case.objects.using(OWNER).filter(state="active").exclude(child_id__in=sealed)
    return list(led.order_by("opened_at", "id")[:2])


def _record(who: Actor, case: Case, asked: Mapping[str, Any]) -> SubjectRequest:
    given = {**_ASKED, **asked, "reference": case.reference, "received_on": local(clock.now()).date()}
    with acting(who):
        return record_request(who, given, request_id=uuid7())


def _open(first: Actor, second: Actor, case: Case, asked: Mapping[str, Any], ago: timedelta) -> SubjectRequest:
    with clock.at(clock.now() - ago):
        one = _record(first, case, asked)
        with clock.at(clock.now() + _LATER):
            _take(second, "confirm", one)
            _work()
    return one


def _withdraw(first: Actor, second: Actor, case: Case) -> None:
    """He did not need it any more: one wrote that down, and the other agreed before anything was copied."""
    with clock.at(clock.now() - _WITHDRAWN):
        one = _record(first, case, _FATHER)
        with clock.at(clock.now() + timedelta(days=1)):
            _take(first, "ask_to_withdraw", one, reason=_NOT_NEEDED)
            with clock.at(clock.now() + _LATER):
                _take(second, "withdraw", one)


def _take(who: Actor, edge: str, one: SubjectRequest, **given: Any) -> None:
    with acting(who):
        version = SubjectRequest.objects.get(pk=one.pk).version
        subject_request_machine.perform(who, edge, one.pk, version=version, given=given)


def _work() -> None:
    with as_worker():
        working.work_all()


def _passages(one: SubjectRequest) -> list[CopiedPassage]:
    return list(CopiedPassage.objects.using(OWNER).filter(root_id=one.pk).order_by("position"))


def _decide(who: Actor, passage: CopiedPassage) -> None:
    """Give it; what bears a label is taken out as it proposes."""
    out = {"decision": CopiedPassage.WITHHOLD, "reason": passage.proposed}
    given = out if passage.proposed else {"decision": CopiedPassage.KEEP, "reason": ""}
    with acting(who):
        decide(who, passage.root_id, passage.pk, {**given, "cut": [], "version": passage.version})
