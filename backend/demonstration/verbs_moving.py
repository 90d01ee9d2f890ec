"""How the people of the city ask each other, offer referrals, and lead cases."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.cases.commands import case_machine, transfer_machine
from backend.cases.models import Transfer
from backend.cases.serializers.inputs import CASE_INPUTS, TRANSFER_INPUTS
from backend.core import clock
from backend.deadlines.calendar import local
from backend.demonstration import answers, material
from backend.demonstration.around import CALLERS
from backend.demonstration.staff import Seat
from backend.demonstration.stage import Scene
from backend.referrals.commands.questions import question_machine
from backend.referrals.models import InformationRequest
from backend.referrals.serializers.inputs import QUESTION_INPUTS


def triage(scene: Scene) -> None:
    """Take it in hand; whoever called and wants to hear gets a link to see how it stands."""
    scene.refer("officer", "start_triage")
    if scene.story.told["source_code"] in CALLERS:
        scene.refer("officer", "give_status_link", how="hand_over")


def ask(scene: Scene) -> None:
    """Ask one or two agencies, or the referrer."""
    texts = material.texts()
    questions = []
    for seat in scene.contact.asked:
        of_kind = texts["information_requests"][scene.kind(seat.agency)]
        is_referrer = seat == scene.contact.referrer
        asked = texts["questions_to_referrer"] if is_referrer else of_kind["questions"]
        agency_id = str(scene.company.agencies[seat.agency].id)
        questions.append({"agency": agency_id, "question": scene.words(asked), "purpose": of_kind["purpose"]})
    kinds = [scene.kind(seat.agency) for seat in scene.contact.asked]
    basis = answers.edge_basis(scene.kind(scene.holder), *kinds)
    scene.refer("officer", "request_information", questions=questions, **basis)


def answer(scene: Scene) -> None:
    """Answer the first question."""
    seat = scene.contact.asked[0]
    of_kind = material.texts()["information_requests"][scene.kind(seat.agency)]
    basis = answers.edge_basis(scene.kind(seat.agency), scene.kind(scene.holder))
    _question(scene, seat, "answer", answer=scene.words(of_kind["answers"]), **basis)


def nothing_known(scene: Scene) -> None:
    """Say that nothing is known."""
    _question(scene, scene.contact.asked[0], "nothing_known")


def refuse(scene: Scene) -> None:
    """Refuse to answer, and say why."""
    code, reason = scene.coded(material.texts()["refusals"])
    _question(scene, scene.contact.asked[0], "refuse", reason_code=code, reason=reason)


def cancel(scene: Scene) -> None:
    """Take the question back."""
    _question(scene, scene.part("officer"), "cancel", reason_code="no_longer_needed")


def _question(scene: Scene, seat: Seat, name: str, **raw: Any) -> None:
    scene.becomes(seat)
    asked = InformationRequest.objects.filter(
        root_id=scene.referral_id, asked_agency__slug=scene.contact.asked[0].agency
    )
    question_id = asked.values_list("id", flat=True).latest("asked_at")
    scene.edge(seat, question_machine, name, question_id, QUESTION_INPUTS[name], **raw)


def resume(scene: Scene) -> None:
    """Go on by hand, unless the system did."""
    code, reason = scene.coded(material.texts()["rationales"]["resume_triage"])
    scene.refer("officer", "resume_triage", reason_code=code, reason=reason)


def offer(scene: Scene) -> None:
    """Offer it to another agency."""
    code, rationale = scene.coded(material.texts()["rationales"]["redirect"])
    target = scene.contact.agencies["target"]
    basis = answers.edge_basis(scene.kind(scene.holder), scene.kind(target))
    scene.refer(
        "officer",
        "redirect",
        to_agency=scene.agency_id("target"),
        reason_code=code,
        rationale=rationale,
        **basis,
    )


def take(scene: Scene) -> None:
    """Take what was offered: from now on its officers decide."""
    scene.refer("target_officer", "take")
    scene.officer, scene.holder = scene.part("target_officer"), scene.contact.agencies["target"]


def send_back(scene: Scene) -> None:
    """Send it back."""
    code, reason = scene.coded(material.texts()["rationales"]["return_to_sender"])
    scene.refer("target_officer", "return_to_sender", reason_code=code, reason=reason)


def recall(scene: Scene) -> None:
    """Take the offer back."""
    code, reason = scene.coded(material.texts()["rationales"]["recall"], only=("new_information", "offered_by_mistake"))
    scene.refer("officer", "recall", reason_code=code, reason=reason)


# --- cases ---


def lead_accepts(scene: Scene) -> None:
    """The agency that was asked leads from now on."""
    part = "next_manager" if scene.transfers else "target_manager"
    _transfer(scene, part, "accept")
    scene.transfers += 1


def lead_declines(scene: Scene) -> None:
    """The agency that was asked does not lead."""
    code, reason = scene.coded(material.texts()["transfer_declines"])
    _transfer(scene, "target_manager", "decline", reason_code=code, reason=reason)


def lead_withdrawn(scene: Scene) -> None:
    """The question is taken back."""
    _transfer(scene, "second", "withdraw", reason_code="family_changed_mind", reason="They would rather stay with us.")


def _transfer(scene: Scene, part: str, name: str, **raw: Any) -> None:
    scene.becomes(scene.part(part))
    proposed = Transfer.objects.filter(root_id=case_id(scene), state=Transfer.PROPOSED)
    transfer_id = proposed.values_list("id", flat=True).get()
    scene.edge(part, transfer_machine, name, transfer_id, TRANSFER_INPUTS[name], **raw)


def allocate(scene: Scene) -> None:
    """Name the lead practitioner."""
    moved = scene.has_moved
    worker = scene.part("worker")
    code, _note = scene.coded(material.texts()["allocation_notes"])
    scene.edge(
        "next_manager" if moved else "target_manager",
        case_machine,
        "allocate",
        case_id(scene),
        CASE_INPUTS["allocate"],
        lead_practitioner_id=str(scene.company.actors[worker].user_id),
        reason_code=code,
        next_action=scene.words(material.texts()["next_actions"]),
        next_action_on=on_day(scene, 1, 6),
    )


def move(scene: Scene) -> None:
    """The lead practitioner asks another agency to lead."""
    texts = material.texts()
    handover = scene.random.choice(texts["handover_summaries"])
    lead, to = scene.part("worker").agency, scene.contact.agencies["next"]
    scene.transfers = max(scene.transfers, 1)
    scene.edge(
        "worker",
        case_machine,
        "propose_transfer",
        case_id(scene),
        CASE_INPUTS["propose_transfer"],
        to_agency_id=scene.agency_id("next"),
        why=scene.random.choice(("better_placed", "family_moved", "needs_changed", "child_or_family_choice")),
        what_matters=scene.fill(handover["what_matters_now"]),
        open_actions=scene.fill(handover["open_actions"]),
        risks=scene.fill(handover["risks"]),
        who_to_speak_to=scene.fill(handover["who_to_speak_to"]),
        **answers.edge_basis(scene.kind(lead), scene.kind(to)),
    )


def case_id(scene: Scene) -> UUID:
    """Return the case that help was agreed with."""
    if scene.referral is None or scene.referral.case_id is None:
        raise LookupError("there is no case")
    found: UUID = scene.referral.case_id
    return found


def on_day(scene: Scene, first: int, last: int) -> str:
    """Return a day between so many days from the moment of the scene."""
    return (local(clock.now()).date() + timedelta(days=scene.random.randint(first, last))).isoformat()
