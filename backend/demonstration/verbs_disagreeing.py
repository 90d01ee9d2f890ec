"""How the people of the city disagree with a decision: they say so, answer, take it further, and end it."""

from typing import Any

from backend.demonstration import material
from backend.demonstration.stage import Scene
from backend.disagreements.commands import disagreement_machine
from backend.disagreements.models import Disagreement
from backend.disagreements.serializers.inputs import DISAGREEMENT_INPUTS
from backend.referrals.models import Decision, Referral


def disagree(scene: Scene) -> None:
    """The referrer does not agree with what was decided."""
    texts = material.texts()["disagreements"]
    scene.becomes(scene.part("referrer"))
    decision = Decision.objects.filter(root_id=scene.referral_id).latest("at")
    ground, text = scene.coded(texts["raised"])
    scene.refer(
        "referrer",
        "disagree",
        decision=str(decision.id),
        ground=ground,
        text=text,
        wanted=scene.words(texts["wanted"]),
        child_safe="yes",
    )


def stand_by(scene: Scene) -> None:
    """A manager of the agency that decided stands by it."""
    _act(scene, "second", "answer", text="answered")


def uphold(scene: Scene) -> None:
    """A manager agrees: the decision has to be put right, which its record knows from then on."""
    _act(scene, "second", "uphold", text="upheld", what_happens="what_happens")
    scene.referral = Referral.objects.get(pk=scene.referral_id)


def take_further(scene: Scene) -> None:
    """The referrer wants somebody more senior to look at it."""
    _act(scene, "referrer", "escalate", text="escalated")


def content(scene: Scene) -> None:
    """The referrer accepts the answer."""
    _act(scene, "referrer", "accept_answer", text="accepted")


def take_back(scene: Scene) -> None:
    """The referrer withdraws it."""
    _act(scene, "referrer", "withdraw", text="withdrawn")


def _act(scene: Scene, part: str, edge: str, **fields: str) -> None:
    """Take an edge of the disagreement about this referral; each field names where its words are."""
    texts = material.texts()["disagreements"]
    scene.becomes(scene.part(part))
    pk = Disagreement.objects.values_list("id", flat=True).get(about_id=scene.referral_id)
    raw: dict[str, Any] = {field: scene.words(texts[place]) for field, place in fields.items()}
    scene.edge(part, disagreement_machine, edge, pk, DISAGREEMENT_INPUTS[edge], **raw)
