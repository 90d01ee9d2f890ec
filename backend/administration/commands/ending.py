"""Ending an agency: once nothing is left with it, or at once, by two people, with a successor that receives by duty."""

import zlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.administration.commands.handing_over import Handover, hand_over, mind_elsewhere
from backend.administration.queries import agencies as queries
from backend.agencies.models import Agency
from backend.agencies.roles import Role
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.core.ids import uuid7
from backend.notifications.audience import AgencyRoles, Audience, Person
from backend.notifications.commands import tell

_DECIDES = (Role.TRIAGE_OFFICER.value, Role.MANAGER.value)
_MANAGES = (Role.MANAGER.value,)
_NOT_YOURS = "Only its own managers and administrators, or the front door’s administrator, can end an agency."
_STALE = "What this agency has has changed since you opened it. Look at it again, then decide."
_ASKED_ALREADY = "A second person is already being asked to agree that this agency ends at once."
_NOBODY_ASKED = "Nobody is waiting for your answer about this agency."


def version_of(work: Mapping[str, int]) -> int:
    """Return a number that is another one as soon as an agency has more, less or other work than `work` says."""
    return zlib.crc32(orjson.dumps(dict(work), option=orjson.OPT_SORT_KEYS)) & 0x7FFF_FFFF


def hand_over_work(actor: Actor, agency_id: UUID, *, version: int, given: Mapping[str, Any]) -> Agency:
    """Give what was chosen to whom it was chosen for; return the agency.

    Raises NotFound, Forbidden, Conflict `stale`, or `not_ready` when nothing or nobody was chosen.
    """
    agency = endable(actor, agency_id, Permission.AGENCY_HAND_OVER)
    work = _seen(agency, version)
    _begin(agency)
    to = _takers(agency, {name: given[name] for name in _ANSWERS if given.get(name)})
    one = Handover(actor, agency, to, sends_back=bool(given.get(queries.SENT_BACK)), note=given.get("note", ""))
    kinds = [kind for kind in work if _is_answered(one, kind)]
    if not kinds:
        raise Conflict("Choose who takes at least one kind of what it has.", code="not_ready")
    hand_over(one)
    moved = {kind: work[kind] for kind in kinds}
    went = {kind: str(to[answer].id) for kind in kinds if (answer := queries.KINDS[kind].answer) in to}
    _sql("SELECT app.keep_handover(%s, %s, %s, %s)", uuid7(), agency.id, _json(went), _json(moved))
    for name, taker in to.items():
        _tell_taker(agency, taker, {kind: moved[kind] for kind in kinds if queries.KINDS[kind].answer == name})
    return agency


def end_agency(actor: Actor, agency_id: UUID, *, version: int) -> Agency:
    """End an agency that has no open work; return it.

    Raises NotFound, Forbidden, Conflict `stale`, or `not_ready` with each kind of work that it still has.
    """
    agency = endable(actor, agency_id, Permission.AGENCY_END)
    reasons = still_has(_seen(agency, version))
    if reasons:
        raise Conflict(*reasons, code="not_ready")
    _begin(agency)
    # What the actor must not know of is not dropped either: it goes to the front door, which always receives.
    return _end(actor, agency, _front_door(agency))


def ask_to_end_at_once(actor: Actor, agency_id: UUID, *, version: int, given: Mapping[str, Any]) -> Agency:
    """Ask a second person to agree that an agency ends now, and who takes everything; raises as `end_agency` does."""
    agency = endable(actor, agency_id, Permission.AGENCY_END_AT_ONCE)
    _settled(_seen(agency, version))
    [successor] = _takers(agency, {"successor": given["successor"]}).values()
    if _sql("SELECT app.ask_to_end(%s, %s, %s, %s)", uuid7(), agency.id, successor.id, given["reason"]) is None:
        raise Conflict(_ASKED_ALREADY, code="not_ready")
    _tell(AgencyRoles(_front_door(agency).id, _MANAGES), "agency_end_asked", agency, person=actor.name)
    return agency


def confirm_end(actor: Actor, agency_id: UUID, *, version: int) -> Agency:
    """Agree, as the second person: everything it has goes to its successor, and it ends, in one transaction.

    Raises NotFound, Forbidden for who asked, Conflict when nobody asks.
    """
    agency, asked = _asked(actor, agency_id)
    _settled(_seen(agency, version))
    _begin(agency)
    successor = asked.successor if asked.successor and asked.successor.ended_at is None else _front_door(agency)
    ended = _end(actor, agency, successor)
    _tell(Person(asked.by_id), "agency_end_confirmed", agency, person=actor.name)
    return ended


def refuse_end(actor: Actor, agency_id: UUID, *, version: int) -> Agency:
    """Do not agree, as the second person; the agency goes on. Raises as `confirm_end` does."""
    agency, asked = _asked(actor, agency_id)
    _seen(agency, version)
    _sql("SELECT app.drop_ending(%s)", agency.id)
    _tell(Person(asked.by_id), "agency_end_refused", agency, person=actor.name)
    return agency


def withdraw_end(actor: Actor, agency_id: UUID, *, version: int) -> Agency:
    """Take one's own question back. Raises NotFound, Forbidden, Conflict."""
    agency = endable(actor, agency_id, Permission.AGENCY_END_AT_ONCE)
    asked = queries.open_question(agency.id)
    if asked is None:
        raise Conflict(_NOBODY_ASKED, code="wrong_state")
    if asked.by_id != actor.user_id:
        raise Forbidden("Only the person who asked can withdraw this.")
    _seen(agency, version)
    _sql("SELECT app.drop_ending(%s)", agency.id)
    return agency


def still_has(work: Mapping[str, int]) -> list[str]:
    """Return a sentence for each kind of work that stands in the way of an agency's end."""
    kinds = [(queries.KINDS[code], number) for code, number in work.items()]
    handed_over = [f"{kind.label}: {number}. Hand them over first." for kind, number in kinds if kind.answer]
    return [*handed_over, *to_settle(work)]


def to_settle(work: Mapping[str, int]) -> list[str]:
    """Return a sentence for each kind that nobody takes, and that stands in the way also where it ends at once."""
    kinds = [(queries.KINDS[code], number) for code, number in work.items()]
    return [f"{kind.label}: {number}. {kind.settle}" for kind, number in kinds if kind.settle]


def _settled(work: Mapping[str, int]) -> None:
    reasons = to_settle(work)
    if reasons:
        raise Conflict(*reasons, code="not_ready")


_ANSWERS = tuple(
    dict.fromkeys(kind.answer for kind in queries.KINDS.values() if kind.answer not in ("", queries.SENT_BACK))
)


def _is_answered(one: Handover, kind: str) -> bool:
    asked = queries.KINDS[kind]
    return asked.answer in one.to or (asked.goes_back and one.sends_back)


def endable(actor: Actor, agency_id: UUID, permission: Permission) -> Agency:
    """Return an agency the actor may end; refuse in the order of every other command."""
    agency = queries.agencies_of(actor).filter(pk=agency_id).first()
    if agency is None:
        raise NotFound
    policy.require(actor, permission)
    if not queries.ended_by(actor).filter(pk=agency_id).exists():
        if agency.ended_at is not None:
            raise Conflict("This agency has ended already.", code="wrong_state")
        raise Forbidden("The front door never ends." if queries.is_front_door(agency_id) else _NOT_YOURS)
    return agency


def _asked(actor: Actor, agency_id: UUID) -> tuple[Agency, Any]:
    agency = queries.agencies_of(actor).filter(pk=agency_id).first()
    if agency is None:
        raise NotFound
    policy.require(actor, Permission.AGENCY_CONFIRM_END)
    asked = queries.open_question(agency_id)
    if asked is None:
        raise Conflict(_NOBODY_ASKED, code="wrong_state")
    if not queries.answers_question(agency_id):
        own = asked.by_id == actor.user_id
        raise Forbidden("You asked for this: another person has to agree." if own else _NOT_YOURS)
    return agency, asked


def _begin(agency: Agency) -> None:
    _sql("SELECT app.lock_people(%s)", agency.id)
    if not _sql("SELECT app.begin_handover(%s)", agency.id):
        raise Conflict("This agency has ended already.", code="wrong_state")


def _seen(agency: Agency, version: int) -> dict[str, int]:
    """Return what the actor may know that it has, before the passage begins in which everything is open to them."""
    work = queries.work_of(agency.id)
    if version_of(work) != version:
        raise Conflict(_STALE, code="stale", version=version_of(work), changed=[])
    return work


def _takers(agency: Agency, chosen: Mapping[str, UUID]) -> dict[str, Agency]:
    possible = {taker.id: taker for taker in queries.takers(agency)}
    givers = {one.id: one for one in queries.givers(agency)} if queries.GIVES in chosen else {}
    found = {name: (givers if name == queries.GIVES else possible).get(pk) for name, pk in chosen.items()}
    takers = {name: taker for name, taker in found.items() if taker is not None}
    if len(takers) < len(chosen):
        raise Conflict("Choose an agency that can take it on now.", code="not_ready")
    return takers


def _end(actor: Actor, agency: Agency, successor: Agency) -> Agency:
    """Give everything that is left to the successor, and end it."""
    # What it gives within cases goes back to whoever leads them: who decides about referrals need not be a provider.
    to = dict.fromkeys((answer for answer in _ANSWERS if answer != queries.GIVES), successor)
    everything = Handover(actor, agency, to, sends_back=True)
    hand_over(everything)
    mind_elsewhere(everything)
    for audience in (AgencyRoles(successor.id, _DECIDES), AgencyRoles(agency.id, _MANAGES)):
        _tell(audience, "agency_ended", agency, to_agency=successor.name)
    _sql("SELECT app.end_agency(%s, %s)", uuid7(), agency.id)
    return Agency.objects.select_related("partnership").get(pk=agency.id)


def _front_door(agency: Agency) -> Agency:
    front_door = agency.partnership.front_door
    if front_door is None:
        raise Conflict("Your partnership has no front door yet. Ask your system administrator.", code="not_ready")
    return front_door


def _tell_taker(agency: Agency, taker: Agency, moved: Mapping[str, int]) -> None:
    amount = ", ".join(f"{queries.KINDS[kind].label.lower()}: {number}" for kind, number in moved.items())
    if amount:
        _tell(AgencyRoles(taker.id, _DECIDES), "agency_handed_over", agency, amount=amount)


def _tell(audience: Audience, message: str, agency: Agency, **more: str) -> None:
    fields = {"agency": agency.name, **more}
    path = f"/agencies/{agency.id}" if message.startswith("agency_end_") else "/"
    tell(event_id=None, root_id=None, audience=audience, message=message, fields=fields, path=path, urgent=True)


def _json(value: Mapping[str, Any]) -> str:
    return orjson.dumps(value).decode()


def _sql(statement: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]
