"""What people said, written down and let out by the real edges."""

from typing import Any

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.core.ids import uuid7
from backend.voices.commands import record_saying, saying_machine
from backend.voices.inputs import SAYING_INPUTS, SayingInput
from backend.voices.models import Saying
from backend.workflow.views import validated
from tests.actors import actor
from tests.edges import CHOSEN, good_input

KEEPER, OTHER = "kite-street", "oakfield-school"
WORDS = "The bus stop is dark and nobody is there."
# Everything the form asks, as a browser sends it.
SAID: dict[str, Any] = {
    "speaker": "child",
    "direction": "needed",
    "themes": ["safe_on_the_way", "somewhere_to_go"],
    "words": WORDS,
    "agreement": "words",
    "asked_by": "Ms A. Person",
    "asked_on": "2026-08-03",
    "month": CHOSEN["month"],
    "ward": "E05011118",
}


def writer(slug: str = KEEPER) -> Actor:
    """Somebody who works with children and writes down what they say."""
    return actor(slug, Role.PRACTITIONER)


def reader(slug: str = KEEPER) -> Actor:
    """A manager of the same agency."""
    return actor(slug, Role.MANAGER)


def said(who: Actor | None = None, **more: Any) -> Saying:
    """Write down what somebody said."""
    who = who or writer()
    with acting(who):
        return record_saying(who, validated(SayingInput, {**SAID, **more}), saying_id=uuid7())


def take(edge: str, saying: Saying, who: Actor | None = None, **given: Any) -> Saying:
    """Take an edge, as a manager unless somebody else is named."""
    who = who or reader()
    with acting(who):
        now = Saying.objects.get(pk=saying.pk)
        body = validated(SAYING_INPUTS[edge], {**good_input("saying", edge, **given), "version": now.version})
        version = body.pop("version")
        return saying_machine.perform(who, edge, saying.pk, version=version, given=body)


def released(who: Actor | None = None, **more: Any) -> Saying:
    """Write it down and let it out."""
    saying = said(who, **more)
    return take("release", saying, reader(saying.agency.slug), released_words=saying.words)
