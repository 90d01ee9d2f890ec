"""What people of the city said in the last months: written down, read by a manager, and mostly released."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.calendar import at_local, local
from backend.demonstration import material
from backend.demonstration.emptying import OWNER
from backend.demonstration.givers import people_of
from backend.demonstration.stage import Company
from backend.voices.commands import record_saying, saying_machine
from backend.voices.inputs import SAYING_INPUTS, SayingInput
from backend.voices.models import Saying
from backend.voices.rules import months
from backend.workflow.views import validated

_DAY, _HOUR = 10, time(15, 0)
_READ_AFTER = timedelta(days=2)
# Of each afternoon these were not simply released: the fourth was sent back, the fifth was taken back later.
_SENT_BACK, _TAKEN_BACK = 3, 4
_TOO_MUCH = "Three people would know who said this. Please make it shorter."
_ASKED_US = "She rang and asked us not to use it."


@dataclass(frozen=True, slots=True)
class _Afternoon:
    """An afternoon on which somebody asked several people, and who reads afterwards what they said."""

    writer: Actor
    reader: Actor
    at: datetime
    said: Mapping[str, Any]


def write_down_what_was_said(company: Company) -> None:
    """Write it down and read it, each at its time; nothing where somebody has already."""
    if Saying.objects.using(OWNER).exists():
        return
    for number, one in enumerate(_afternoons(company)):
        for place, words in enumerate(one.said["words"]):
            at = one.at + timedelta(minutes=7 * place)
            saying = _record(one, words, at)
            # What was said last is still to be read.
            if words and number:
                _read(one, saying, place + number, at + _READ_AFTER)


def _afternoons(company: Company) -> Iterator[_Afternoon]:
    """Yield them, the latest first."""
    told = sorted(material.sayings(), key=lambda one: int(one["months"]))
    for said in told:
        writers = people_of(company, said["agency"], ("practitioner", "case_worker"))
        readers = people_of(company, said["agency"], ("manager",))
        if writers and readers:
            day = months(local(clock.now()).date())[said["months"]].replace(day=_DAY)
            yield _Afternoon(writers[0], readers[0], at_local(day, _HOUR), said)


def _record(one: _Afternoon, words: str, at: datetime) -> Saying:
    asked = {"agreement": "words", "asked_by": one.writer.name, "asked_on": local(at).date().isoformat()}
    given = {
        **{name: one.said[name] for name in ("ward", "speaker", "direction", "themes")},
        "month": f"{local(at):%Y-%m}",
        "words": words,
        **(asked if words else {"agreement": "not_asked"}),
    }
    with clock.at(at), acting(one.writer):
        return record_saying(one.writer, validated(SayingInput, given), saying_id=uuid7())


def _read(one: _Afternoon, saying: Saying, turn: int, at: datetime) -> None:
    if turn % 6 == _SENT_BACK:
        _take(one.reader, "keep_back", saying, at, reason=_TOO_MUCH)
        return
    _take(one.reader, "release", saying, at, released_words=saying.words)
    if turn % 6 == _TAKEN_BACK:
        _take(one.writer, "take_back", saying, at + _READ_AFTER, reason=_ASKED_US, still_counted=True)


def _take(who: Actor, edge: str, saying: Saying, at: datetime, **given: Any) -> None:
    with clock.at(at), acting(who):
        version = Saying.objects.values_list("version", flat=True).get(pk=saying.pk)
        said = validated(SAYING_INPUTS[edge], {**given, "version": version})
        said.pop("version")
        saying_machine.perform(who, edge, saying.pk, version=version, given=said, raw=given)
