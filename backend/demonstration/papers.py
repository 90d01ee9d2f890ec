"""Papers that the people of the city hang on a case: some families signed their agreement, and it was scanned."""

import io
from functools import lru_cache
from random import Random

from PIL import Image, ImageDraw

from backend.access.actors import Actor
from backend.cases.models import Case
from backend.core.ids import uuid7
from backend.demonstration.staff import BUSIEST, named
from backend.demonstration.stage import Scene
from backend.demonstration.verbs_moving import case_id
from backend.documents.commands import Record, add_document

_SHARE = 0.3
_PAGE = (620, 877)
_LINES = (
    "Agreement to be helped",
    "We talked about what will happen, and who will know.",
    "We can change our mind at any time.",
    "Signed (made up for the demonstration)",
)
_IN_CONFIDENCE = {"kind": "report", "name": "What the school saw.txt", "mark": "not_for_family"}
_TOLD = "Please do not tell the family who wrote this. (Made up for the demonstration.)"


def hand_in_agreement(scene: Scene) -> None:
    """Hand the signed form in, for about every third family and each of the case worker's whom one can be."""
    worker = scene.part("worker")
    chance = Random(f"{scene.seed} {scene.contact.number} paper")  # noqa: S311 - made-up people, no secret
    if worker != named(BUSIEST) and chance.random() > _SHARE:
        return
    actor = scene.becomes(worker)
    case = Case.objects.get(pk=case_id(scene))
    about = Record(case.id, case.child_id, case.reference, f"/cases/{case.id}/documents")
    given = {"kind": "agreement_form", "name": "Signed agreement.png", "content": _scan()}
    add_document(actor, about, given, document_id=uuid7())


def keep_a_letter_from_the_family(case: Case, actor: Actor) -> None:
    """Hand in what a school wrote in confidence, by who works on the case."""
    about = Record(case.id, case.child_id, case.reference, f"/cases/{case.id}/documents")
    add_document(actor, about, {**_IN_CONFIDENCE, "content": _TOLD.encode()}, document_id=uuid7())


@lru_cache(maxsize=1)
def _scan() -> bytes:
    page = Image.new("RGB", _PAGE, "white")
    pen = ImageDraw.Draw(page)
    for number, line in enumerate(_LINES):
        pen.text((60, 80 + number * 60), line, fill="black", font_size=20)
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()
