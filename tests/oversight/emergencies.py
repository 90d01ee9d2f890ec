"""Emergencies in which somebody reads what is closed to them, as tests bring them about."""

from datetime import datetime
from typing import Any

from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.children.models import Child
from backend.notifications.models import Outbox
from tests.actors import Browser, actor, browser_of

MONDAY = datetime.fromisoformat("2026-11-23T10:00:00+00:00")
WHY = "She rang from the station and says that he is waiting outside."


def stranger(slug: str = "youth-justice") -> Actor:
    """A case worker whose agency has nothing to do with the child."""
    return actor(slug, Role.CASE_WORKER)


def governance() -> Actor:
    return actor("front-door", Role.INFORMATION_GOVERNANCE)


def about(case: Case, **other: Any) -> dict[str, Any]:
    child = Child.objects.using("owner").get(pk=case.child_id)
    named = {"given_name": child.given_name.upper(), "family_name": child.family_name}
    return {
        **named,
        "date_of_birth": str(child.date_of_birth),
        "reason_code": "danger_now",
        "reason": WHY,
        **other,
    }


def opened(who: Actor, case: Case, **other: Any) -> dict[str, Any]:
    answer = browser_of(who).post("break-glass/", about(case, **other))
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = answer.json()
    return found


def statuses(browser: Browser, case: Case) -> list[int]:
    parts = ("", "identity/", "plan/", "notes/", "timeline/")
    return [browser.get(f"cases/{case.id}/{part}").status_code for part in parts]


def messages(who: Actor) -> list[str]:
    rows = Outbox.objects.using("owner").filter(message__startswith="break_glass").order_by("id")
    told = [(row.message, row.audience) for row in rows]
    return [
        message
        for message, audience in told
        if audience.get("user_id") == str(who.user_id)
        or (audience.get("agency_id") == str(who.agency_id) and who.role.value in audience["roles"])
    ]
