"""Letters that the people of the city wrote from a template, and gave the family by hand."""

from random import Random

from backend.cases.models import Case
from backend.core.ids import uuid7
from backend.demonstration.stage import Scene
from backend.demonstration.verbs_moving import case_id
from backend.letters.commands import fill, write_letter
from backend.letters.inputs import LetterInput
from backend.letters.rules import left_open
from backend.workflow.views import validated

_SHARE = 0.06
_WHOM = {"template": "first_meeting", "recipient": "child"}


def invite(scene: Scene) -> None:
    """Invite about every sixteenth child to a first meeting, as soon as somebody has the case."""
    chance = Random(f"{scene.seed} {scene.contact.number} letter")  # noqa: S311 - made-up people, no secret
    if chance.random() > _SHARE:
        return
    actor = scene.becomes(scene.part("worker"))
    case = Case.objects.select_related("lead_agency", "lead_practitioner").get(pk=case_id(scene))
    found = fill(actor, case, _WHOM)
    if left_open(found.text):
        return
    letter = {**_WHOM, "version": case.version, "title": found.title, "text": found.text, "way": "in_person"}
    write_letter(actor, case.id, validated(LetterInput, letter), document_id=uuid7())
