"""Versions as tests need them: drafts begun, changed and published by two people through the API."""

from typing import Any

from backend.access.actors import Actor
from backend.agencies.roles import Role
from tests.actors import actor, browser_of
from tests.factories import manager

TEXT, RULES = "threshold_text", "flag_rules"


def administrator() -> Actor:
    """Who configures the partnership."""
    return actor("front-door", Role.SYSTEM_ADMINISTRATOR)


def in_force(kind: str) -> dict[str, Any]:
    """The version in force, whole."""
    browser = browser_of(administrator())
    rows = browser.get("configurations/kinds/").json()
    now = next(row["in_force"] for row in rows if row["code"] == kind)
    return dict(browser.get(f"configurations/{now['id']}/").json())


def begun(kind: str = TEXT, who: Actor | None = None) -> dict[str, Any]:
    """A draft that is a copy of what is in force."""
    answer = browser_of(who or administrator()).post(f"configurations/{in_force(kind)['id']}/copy/", {})
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def act(version: dict[str, Any], edge: str, who: Actor | None = None, **given: Any) -> Any:
    """What the API answers to one act."""
    path = f"configurations/{version['id']}/{edge.replace('_', '-')}/"
    return browser_of(who or administrator()).post(path, {"version": version["version"], **given})


def done(version: dict[str, Any], edge: str, who: Actor | None = None, **given: Any) -> dict[str, Any]:
    """The version after an act that must succeed."""
    answer = act(version, edge, who, **given)
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def reworded(text: str, code: str = "universal") -> dict[str, Any]:
    """A draft in which one level says something else."""
    return done(begun(), "put_entry", code=code, entry={"text": text})


def asked(version: dict[str, Any], **given: Any) -> dict[str, Any]:
    """The draft after somebody asked for a second person."""
    return done(version, "publish", note="Because.", **given)


def answered(version: dict[str, Any], how: str = "confirm", who: Actor | None = None, **given: Any) -> Any:
    """What the API answers to the second person."""
    question = version["confirmation"]
    body = {"version": question["version"], **given}
    return browser_of(who or manager()).post(f"confirmations/{question['id']}/{how}/", body)


def published(version: dict[str, Any], **given: Any) -> dict[str, Any]:
    """The version after two people agreed."""
    answer = answered(asked(version, **given))
    assert answer.status_code == 200, answer.content
    return dict(browser_of(administrator()).get(f"configurations/{version['id']}/").json())
