"""Tables that only grow: an honest row of each, and the lies it could tell about who wrote it or what it is."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models

from backend.access.actors import Actor
from backend.audit.models import AccessLog, Event
from backend.disagreements.models import Turn
from backend.panels.models import Attendance, Information, InformationText, PanelDecision
from backend.referrals.models import Amendment, Decision, SentAnswers, Statement, Told
from backend.sharing.models import Disclosure, Withdrawal
from tests.edges import BASIS

Row = dict[str, Any]
Lie = tuple[str, Any]
SOMEBODY_ELSE = "the name of somebody else"


def honest(model: type[models.Model], who: Actor) -> Row:
    """The columns of a row of the table that `who` may well add."""
    assert model in HONEST, f"{model.__name__} only grows: add an honest row and its lies here"
    return HONEST[model](who)


def lies(model: type[models.Model], another: Actor) -> list[Lie]:
    """The columns by which such a row could lie, `another` being somebody who did not write it."""
    return LIES[model](another)


def event(who: Actor) -> Row:
    """What an event says of who made it."""
    return {
        "verb": "referral.amend",
        "actor_user_id": who.user_id,
        "actor_membership_id": who.membership_id,
        "actor_agency_id": who.agency_id,
        "actor_name": who.name,
        "agency_name": who.agency_name,
        "role": who.role.value,
    }


def _other_actor(another: Actor) -> list[Lie]:
    names = ("actor_user_id", "actor_membership_id", "actor_agency_id")
    return [(name, getattr(another, name.removeprefix("actor_"))) for name in names]


HONEST: Mapping[type[models.Model], Callable[[Actor], Row]] = {
    Event: event,
    Statement: lambda who: {"kind": "worry", "text": "Made up.", "recorded_by_id": who.user_id},
    SentAnswers: lambda who: {"mark": "not_for_family", "answers": {}},
    Amendment: lambda who: {
        "field": "made-up",
        "reason_code": "mistake",
        "by_id": who.user_id,
        "by_name": who.name,
        "agency_name": who.agency_name,
    },
    Told: lambda who: {"who": "child", "told_at": "2026-11-23T09:30:00Z", "recorded_by_name": who.name},
    Decision: lambda who: {
        "kind": "decline",
        "rationale": "Made up.",
        "by_id": who.user_id,
        "by_name": who.name,
        "agency_id": who.agency_id,
    },
    Disclosure: lambda who: {
        "what": "Made up.",
        "purpose": "Made up.",
        **BASIS,
        "from_agency_id": who.agency_id,
        "to_agency_id": who.agency_id,
        "by_id": who.user_id,
        "by_name": who.name,
    },
    Withdrawal: lambda who: {"said_by": "Made up.", "reason": "Made up.", "by_id": who.user_id, "by_name": who.name},
    Turn: lambda who: {
        "stage": 2,
        "kind": "answered",
        "text": "Made up.",
        "by_id": who.user_id,
        "by_name": who.name,
        "agency_name": who.agency_name,
    },
    Attendance: lambda who: {"agency_id": who.agency_id, "came": "came", "by_id": who.user_id, "by_name": who.name},
    Information: lambda who: {
        "agency_id": who.agency_id,
        "expires_at": "2040-01-01T00:00:00Z",
        "by_id": who.user_id,
        "by_name": who.name,
    },
    InformationText: lambda who: {"agency_id": who.agency_id, "expires_at": "2040-01-01T00:00:00Z", "text": "Made up."},
    PanelDecision: lambda who: {"kind": "nothing_more", "text": "Made up.", "by_id": who.user_id, "by_name": who.name},
    AccessLog: lambda who: {
        "user_id": who.user_id,
        "membership_id": who.membership_id,
        "agency_id": who.agency_id,
        "role": who.role.value,
        "kind": "consultation",
        "label": "referral.read",
        "status": 200,
    },
}
LIES: Mapping[type[models.Model], Callable[[Actor], list[Lie]]] = {
    Event: lambda another: [
        *_other_actor(another),
        ("actor_user_id", None),
        ("actor_name", SOMEBODY_ELSE),
        ("agency_name", SOMEBODY_ELSE),
        ("role", "system"),
        ("recorded_at", "2020-01-01T00:00:00Z"),
        ("recorded_at", "2040-01-01T00:00:00Z"),
    ],
    Statement: lambda another: [
        ("recorded_by_id", another.user_id),
        ("mark", "location"),
        ("mark", "police"),
        ("mark", "made-up"),
    ],
    SentAnswers: lambda another: [("mark", "location"), ("mark", "police"), ("mark", "made-up")],
    Amendment: lambda another: [
        ("mark", "location"),
        ("by_id", another.user_id),
        ("by_name", SOMEBODY_ELSE),
        ("agency_name", SOMEBODY_ELSE),
    ],
    Told: lambda another: [("recorded_by_name", SOMEBODY_ELSE)],
    Decision: lambda another: [
        ("by_id", another.user_id),
        ("by_name", SOMEBODY_ELSE),
        ("agency_id", another.agency_id),
        ("confirmed_by_id", another.user_id),
        ("confirmed_by_name", SOMEBODY_ELSE),
    ],
    Disclosure: lambda another: [
        ("by_id", another.user_id),
        ("by_name", SOMEBODY_ELSE),
        ("from_agency_id", another.agency_id),
    ],
    Withdrawal: lambda another: [("by_id", another.user_id), ("by_name", SOMEBODY_ELSE)],
    Turn: lambda another: [
        ("by_id", another.user_id),
        ("by_id", None),
        ("by_name", SOMEBODY_ELSE),
        ("agency_name", SOMEBODY_ELSE),
    ],
    Attendance: lambda another: [("by_id", another.user_id), ("by_name", SOMEBODY_ELSE)],
    Information: lambda another: [
        ("agency_id", another.agency_id),
        ("by_id", another.user_id),
        ("by_name", SOMEBODY_ELSE),
        ("mark", "police"),
        ("mark", "made-up"),
    ],
    InformationText: lambda another: [("agency_id", another.agency_id), ("mark", "police"), ("mark", "made-up")],
    PanelDecision: lambda another: [("by_id", another.user_id), ("by_name", SOMEBODY_ELSE)],
    AccessLog: lambda another: [
        ("user_id", another.user_id),
        ("membership_id", another.membership_id),
        ("agency_id", another.agency_id),
        ("user_id", None),
        ("role", "manager of everything"),
        ("recorded_at", "2020-01-01T00:00:00Z"),
        ("made_in", 3),
    ],
}
