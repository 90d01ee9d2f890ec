"""Who and what is around two children, as their worker has come to know it: family, and a place they come to harm."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.cases.commands import relationship_machine
from backend.cases.commands.concerns import add_concern
from backend.cases.commands.relationships import name_person
from backend.cases.models import Case, Relationship
from backend.cases.queries import worked
from backend.cases.serializers.concern_inputs import AddConcernInput
from backend.cases.serializers.relationship_inputs import RELATIONSHIP_INPUTS, NamePersonInput
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.calendar import local
from backend.demonstration import material
from backend.demonstration.staff import named
from backend.demonstration.stage import Company
from backend.workflow.views import validated

_WORKER, _CASES = "Rukhsana Malik", 2
_SINCE, _LATELY, _SOON = timedelta(hours=20), timedelta(weeks=5), timedelta(days=4)


def say_who_is_around(company: Company) -> None:
    """Name them yesterday, put one right a little later, and end what has ended."""
    worker, around = company.actors[named(_WORKER)], material.texts()["around"]
    with clock.at(clock.now() - _SINCE), acting(worker):
        # The first is to be looked at again this week, and stands on the worker's list of the day.
        for case, again in zip(worked(worker)[:_CASES], (_SOON, _LATELY), strict=False):
            _worry(worker, case, around["concern"], again)
            people = [_name(worker, case, said) for said in around["people"]]
            change_person(worker, "change", people[0], {**around["people"][0], **around["changed"]})
            ended_on = local(clock.now()).date() - timedelta(weeks=3)
            change_person(worker, "end", people[1], {**around["ended"], "ended_on": ended_on.isoformat()})


def _name(worker: Actor, case: Case, said: Mapping[str, Any]) -> Relationship:
    return name_person(worker, case.id, validated(NamePersonInput, said), relationship_id=uuid7())


def _worry(worker: Actor, case: Case, said: Mapping[str, Any], again: timedelta) -> None:
    today = local(clock.now()).date()
    days = {"since": (today - _LATELY).isoformat(), "review_on": (today + again).isoformat()}
    add_concern(worker, case.id, validated(AddConcernInput, {**said, **days}), concern_id=uuid7())


def change_person(worker: Actor, name: str, person: Relationship, raw: Mapping[str, Any]) -> None:
    """Take an edge of a relationship, with what its form asks."""
    given = validated(RELATIONSHIP_INPUTS[name], {**raw, "version": person.version})
    given.pop("version")
    relationship_machine.perform(worker, name, person.id, version=person.version, given=given)
