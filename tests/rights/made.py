"""Requests for a copy as tests bring them about: by the real edges, worked on by the worker's own login."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core.ids import uuid7
from backend.rights.commands import working
from backend.rights.commands.deciding import decide
from backend.rights.commands.requesting import record_request
from backend.rights.inputs import DecidePassageInput, SubjectRequestInput
from backend.rights.models import CopiedPassage, Pack, SubjectRequest
from backend.workflow.views import validated
from tests import edges
from tests.actors import actor, browser_of
from tests.worker import worker_login

SECRET = "Auntie Zephyrine Quillfeather saw it."
ASKED: Mapping[str, Any] = {
    "reference": "",
    "asker_name": "Ms P. Arent",
    "asker": "parent",
    "identity": "document_seen",
    "identity_note": "Passport, seen at the desk",
    "asks_for": "Everything.",
    "received_on": "2026-08-03",
}


def first() -> Actor:
    """Who records requests, at the front door."""
    return actor("front-door", Role.INFORMATION_GOVERNANCE)


def second() -> Actor:
    """Who else governs the partnership's information, in another agency."""
    return actor("city-early-help", Role.INFORMATION_GOVERNANCE)


def asked(case: Case, **other: Any) -> SubjectRequest:
    """A request that nobody has agreed to yet."""
    given = validated(SubjectRequestInput, {**ASKED, "reference": case.reference, **other})
    with acting(first()):
        return record_request(first(), given, request_id=uuid7())


def take(edge: str, one: SubjectRequest, who: Actor, **given: Any) -> SubjectRequest:
    """Take an edge."""
    taken: SubjectRequest = edges.take(edge, one.id, who, noun="subject_request", **given)
    return taken


def work() -> int:
    """Let the worker do what waits; only in tests with transaction=True."""
    with worker_login():
        return working.work_all()


def opened(case: Case) -> SubjectRequest:
    """A request whose record is copied, with no passage decided."""
    one = take("confirm", asked(case), second())
    assert work() == 1
    return one


def passages(one: SubjectRequest) -> list[CopiedPassage]:
    """What was copied, by the owner."""
    return list(CopiedPassage.objects.using("owner").filter(root_id=one.id).order_by("position"))


def pack_of(one: SubjectRequest) -> Pack:
    """What the worker does, by the owner."""
    return Pack.objects.using("owner").get(root_id=one.id)


def decided(one: SubjectRequest, passage_id: UUID, who: Actor | None = None, **given: Any) -> CopiedPassage:
    """One passage, decided about."""
    who = who or first()
    with acting(who):
        version = CopiedPassage.objects.get(pk=passage_id).version
        return decide(who, one.id, passage_id, validated(DecidePassageInput, {"version": version, **given}))


def all_decided(case: Case, *, except_for: Mapping[str, Mapping[str, Any]] | None = None) -> SubjectRequest:
    """A request whose passages are all given, but for those whose text begins with one of these words."""
    one = opened(case)
    for passage in passages(one):
        given = next((how for words, how in (except_for or {}).items() if passage.text.startswith(words)), None)
        decided(one, passage.id, **(given or {"decision": "keep"}))
    return one


def checking(case: Case, *, except_for: Mapping[str, Mapping[str, Any]] | None = None) -> SubjectRequest:
    """A request whose file is made and waits to be looked at."""
    one = take("send_for_check", all_decided(case, except_for=except_for), first())
    assert work() == 1
    return one


def released(case: Case, *, except_for: Mapping[str, Mapping[str, Any]] | None = None) -> SubjectRequest:
    """A request that was answered."""
    return take("release", checking(case, except_for=except_for), second(), has_read=True)


def refusing(one: SubjectRequest) -> SubjectRequest:
    """The request, of which the first person has asked that it is refused."""
    return take("ask_to_refuse", one, first(), reason_code="not_entitled", reason="You may complain to us.")


def withdrawing(one: SubjectRequest) -> SubjectRequest:
    """The request, of which the first person has asked that it is withdrawn."""
    return take("ask_to_withdraw", one, first(), reason="Her mother rang on Tuesday.")


def posted(who: Actor, one: SubjectRequest, edge: str, **given: Any) -> Any:
    """The answer to an edge that somebody takes from its page."""
    browser = browser_of(who)
    version = browser.get(f"subject-requests/{one.id}/").json()["version"]
    body = {**edges.good_input("subject_request", edge, **given), "version": version}
    return browser.post(f"subject-requests/{one.id}/{edge.replace('_', '-')}/", body)
