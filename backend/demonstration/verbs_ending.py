"""How the work of the city ends: why, what child and parents say, a second person, and half a year later."""

from datetime import timedelta

from backend.cases.commands import case_machine
from backend.cases.serializers.inputs import CASE_INPUTS
from backend.core import clock
from backend.deadlines.models import Deadline
from backend.demonstration import material
from backend.demonstration.stage import Scene
from backend.demonstration.verbs_moving import case_id
from backend.demonstration.verbs_working import work
from backend.workflow import confirmations
from backend.workflow.models import Confirmation
from backend.workflow.views import validated

# One of so many families is not asked what they say of the help: of one the child, of the next the parents.
_NOT_ASKED = 5
# Of so many cases one manager has not come round yet to ask whether it has lasted.
_FORGOTTEN = 9
_LASTED = ("yes", "yes", "yes", "yes", "in_part", "in_part", "no", "not_asked")
_BEFORE_THE_EVENING = timedelta(hours=4)


def close(scene: Scene) -> None:
    """The work comes to its end, with what the family says of it and who goes on."""
    texts = material.texts()
    closings = dict(texts["closings"])
    said_no = {"family_withdrew": closings.pop("family_withdrew")}
    code, summary = scene.coded(said_no if "say_no" in scene.verbs else closings)
    ending = {"reason_code": code, "closing_summary": summary, "goes_on": scene.words(texts["goes_on"])}
    work(scene, "close", risk_remains=False, **ending, **_views(scene))


def _views(scene: Scene) -> dict[str, str]:
    """Return what child and parents say of the help, or why they could not say."""
    said = {}
    for number, (name, views) in enumerate(material.texts()["closing_views"].items()):
        if (scene.contact.number + number) % _NOT_ASKED == 0:
            said[f"{name}_why_not"] = scene.random.choice(views["why_not"])
        else:
            said[name] = scene.words(views["no"] if "say_no" in scene.verbs else views["words"])
    return said


def agree_end(scene: Scene) -> None:
    """The family said no, so a manager of the agency that leads agrees that it ends."""
    actor = scene.becomes(scene.part(_manager(scene)))
    waiting = Confirmation.objects.get(target_id=case_id(scene), state=Confirmation.ASKED)
    given = validated(CASE_INPUTS[waiting.edge], {**waiting.given, "version": 0})
    given.pop("version")
    confirmations.confirm(actor, waiting.id, given=given)


def six_months_on(scene: Scene) -> None:
    """Where half a year is over, a manager of the agency that led has asked whether it has lasted; most of them."""
    scene.becomes(scene.part(_manager(scene)))
    check = Deadline.objects.filter(root_id=case_id(scene), kind="sustained_check").first()
    if check is None or check.due_at >= scene.now or scene.contact.number % _FORGOTTEN == 0:
        return
    answer = scene.random.choice(_LASTED)
    texts = material.texts()["sustained"]
    why_not = scene.random.choice(texts["why_not"]) if answer == "not_asked" else ""
    with clock.at(check.due_at - _BEFORE_THE_EVENING):
        scene.edge(
            _manager(scene),
            case_machine,
            "record_sustained",
            case_id(scene),
            CASE_INPUTS["record_sustained"],
            sustained=answer,
            why_not_asked=why_not,
            how_it_is=scene.words(texts[answer]),
        )


def _manager(scene: Scene) -> str:
    return "next_manager" if scene.has_moved else "target_manager"
