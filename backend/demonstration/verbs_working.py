"""How the people of the city work a case: visits, the family's answer, and a rest."""

from datetime import date, timedelta
from typing import Any

from backend.cases.commands import case_machine
from backend.cases.commands.notes import write_note
from backend.cases.serializers.inputs import CASE_INPUTS
from backend.cases.serializers.working_inputs import NoteInput
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.calendar import local
from backend.demonstration import material
from backend.demonstration.letters import invite
from backend.demonstration.papers import hand_in_agreement
from backend.demonstration.stage import Scene
from backend.demonstration.verbs_moving import case_id, on_day
from backend.workflow.views import validated

# As long as a pause may last (backend/cases/rules/working.py), less a little.
_LOOK_AGAIN = timedelta(weeks=5)
# For how long some families agree, and which of them.
_FOR_A_TIME, _AGREE_FOR_A_TIME = timedelta(days=120), 4


def visit(scene: Scene) -> None:
    """The first visit, to which some were invited by a letter: somebody opens the door, and the child is seen."""
    invite(scene)
    _note(scene, "visits", kind="home_visit", child_seen="with_others", people=["parent"])


def meet(scene: Scene) -> None:
    """Another talk with the child, alone this time, at school or on a walk."""
    kind = scene.random.choice(("school_visit", "home_visit", "meeting"))
    _note(scene, "meetings", kind=kind, child_seen="alone", people=[])


def ring(scene: Scene) -> None:
    """A call that nobody answers, or a talk with another professional."""
    _note(scene, "calls", kind="phone_call", child_seen="not_seen", people=["school"])


def _note(scene: Scene, texts: str, **values: Any) -> None:
    actor = scene.becomes(scene.part("worker"))
    given = validated(
        NoteInput,
        {
            **values,
            "text": scene.words(material.texts()[texts]),
            "next_action": scene.words(material.texts()["next_actions"]),
            "next_action_on": _ahead(scene),
        },
    )
    write_note(actor, case_id(scene), given, note_id=uuid7())


def agree(scene: Scene) -> None:
    """The family says yes."""
    by = "parent" if scene.random.random() < 0.6 else "parent_and_child"
    work(
        scene,
        "record_agreement",
        agreed_by=by,
        agreed_how="in_person",
        agreed_on=_today(),
        child_told=True,
        note=scene.words(material.texts()["agreements"]),
        agreed_until=_for_a_time(scene),
        next_action=scene.words(material.texts()["next_actions"]),
        next_action_on=_ahead(scene),
    )
    hand_in_agreement(scene)


def say_no(scene: Scene) -> None:
    """The family says no, for now."""
    code, note = scene.coded(material.texts()["family_refusals"])
    work(scene, "record_refusal", reason_code=code, agreed_how="phone", agreed_on=_today(), note=note)


def rest(scene: Scene) -> None:
    """The work rests until a day that is still ahead."""
    day = min(local(scene.now).date() + timedelta(days=9), date.fromisoformat(_today()) + _LOOK_AGAIN)
    work(scene, "pause", reason_code="child_away", look_again_on=day.isoformat())


def work(scene: Scene, name: str, **raw: Any) -> None:
    """Let whoever works on the case take an edge of it."""
    scene.edge("worker", case_machine, name, case_id(scene), CASE_INPUTS[name], **raw)


def _today() -> str:
    return local(clock.now()).date().isoformat()


def _for_a_time(scene: Scene) -> str | None:
    """Some families agree for a few months and are asked again; never so that it has run out by today."""
    last_day = local(clock.now()).date() + _FOR_A_TIME
    soon = local(scene.now).date() < last_day
    return last_day.isoformat() if soon and scene.contact.number % _AGREE_FOR_A_TIME == 0 else None


def _ahead(scene: Scene) -> str:
    """A day soon after now, or a few days ago: some of what was planned is late, as in any city."""
    if scene.next_at is not None and scene.next_at < scene.now:
        return on_day(scene, 1, 6)
    return (local(scene.now).date() + timedelta(days=scene.random.randint(-2, 14))).isoformat()
