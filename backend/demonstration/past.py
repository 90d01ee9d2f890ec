"""What the city's workers found out about the past of a family, and what they think it means for the child."""

from datetime import timedelta
from random import Random

from backend.cases.commands.notes import record_significant_event
from backend.cases.serializers.working_inputs import SignificantEventInput
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.calendar import local
from backend.demonstration import material
from backend.demonstration.stage import Scene
from backend.demonstration.verbs_moving import case_id
from backend.workflow.views import validated

_SHARE = 0.4


def weigh_past(scene: Scene) -> None:
    """Write down one event of years ago with its meaning, in about two of five assessed cases."""
    chance = Random(f"{scene.seed} {scene.contact.number} past")  # noqa: S311 - made-up people, no secret
    if chance.random() > _SHARE:
        return
    event = chance.choice(material.texts()["significant_events"])
    given = {
        "kind": event["kind"],
        "happened_on": (local(clock.now()).date() - timedelta(days=chance.randint(200, 1500))).isoformat(),
        "text": scene.fill(event["text"]),
        "analysis": scene.fill(event["analysis"]),
    }
    actor = scene.becomes(scene.part("worker"))
    record_significant_event(actor, case_id(scene), validated(SignificantEventInput, given), note_id=uuid7())
