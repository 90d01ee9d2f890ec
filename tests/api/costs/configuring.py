"""The drafts of rules and words that their edges are taken of."""

from typing import Any
from uuid import UUID

from tests.actors import browser_of
from tests.configuration import versions
from tests.world import World

REWORDED = {"code": "universal", "entry": {"text": "Other words."}}


def configuration(_world: World) -> UUID:
    """A draft of the threshold text that says something new."""
    return UUID(versions.reworded("New words.")["id"])


def configuration_asked(_world: World) -> UUID:
    """The question to a second person whether it may count."""
    return UUID(versions.asked(versions.reworded("New words."))["confirmation"]["id"])


def rules_in_draft(_world: World) -> UUID:
    """A draft of the rules that flag."""
    return UUID(versions.begun(versions.RULES)["id"])


def first_entry(_world: World, pk: UUID) -> dict[str, Any]:
    """The first of its rules."""
    return {"code": browser_of(versions.administrator()).get(f"configurations/{pk}/").json()["entries"][0]["code"]}
