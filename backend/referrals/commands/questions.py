"""Questions to other agencies: asked with a referral, answered by the agency asked, ended with their clock."""

from datetime import datetime
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.agencies.models import Agency
from backend.audit.commands import record
from backend.core import clock, vocabulary
from backend.core.ids import uuid7
from backend.deadlines import commands as deadlines
from backend.deadlines.calendar import END_OF_DAY, add_working_days, at_local, local
from backend.notifications import commands as notifications
from backend.referrals.commands.telling import asked, question_to_asked, question_to_holder, question_to_managers
from backend.referrals.models import InformationRequest, Referral
from backend.referrals.queries.seeing import questions_visible_to
from backend.referrals.rules.asking import chased_once_a_day
from backend.referrals.texts import question_fields
from backend.sharing.commands import disclose
from backend.sharing.rules import Basis
from backend.workflow.changing import Change
from backend.workflow.machine import Clocks, Edge, Given, Machine

CLOCK = "information_request"
READABLE_FOR = 5  # working days after it ended, whoever ended it (access.md, ASKED)
DECIDED = "referral_decided"


def ask(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Write each question with its clock, its disclosure and its message."""
    referral, actor = change.target, change.actor
    agencies = Agency.objects.in_bulk([question["agency"] for question in inputs["questions"]])
    basis = Basis(inputs["article6"], inputs["condition"], inputs["power"])
    for question in inputs["questions"]:
        _ask_one(actor, referral, agencies[question["agency"]], question, basis)
    change.data = {"agencies": [str(agency_id) for agency_id in agencies]}


def _ask_one(actor: Actor, referral: Referral, agency: Agency, asks: Given, basis: Basis) -> None:
    question = _written(actor, referral, agency, asks, basis)
    disclose(
        actor,
        root_id=referral.id,
        child_id=referral.child_id,
        what="A question, and who the child is",
        from_agency_id=referral.holder_id,
        to_agency_id=agency.id,
        purpose=question.purpose,
        basis=basis,
    )
    data = {"agency": str(agency.id), "information_request_id": str(question.id)}
    verb = "information_request.ask"
    event = record(actor, verb, question, root_id=referral.id, child_id=referral.child_id, data=data)
    notifications.tell(
        event_id=event.id,
        root_id=referral.id,
        audience=asked(question),
        message="question_asked",
        fields=question_fields(question),
        path=f"/information-requests/{question.id}",
        urgent=referral.is_urgent,
    )


def _written(actor: Actor, referral: Referral, agency: Agency, asks: Given, basis: Basis) -> InformationRequest:
    """Return a question with its clock, not yet recorded."""
    question = InformationRequest(
        id=uuid7(),
        root_id=referral.id,
        child_id=referral.about.id,
        partnership_id=referral.partnership_id,
        reference=referral.reference,
        holder_agency=referral.holder,
        asked_agency=agency,
        question=asks["question"],
        purpose=vocabulary.get("request_purposes").label(asks["purpose"]),
        basis=basis.power,
        is_urgent=referral.is_urgent,
        asked_by_id=actor.user_id,
        asked_by_name=actor.name,
    )
    question.next_due_at = deadlines.start(
        CLOCK,
        root_id=question.id,
        child_id=referral.child_id,
        owner_agency_id=agency.id,
        partnership_id=referral.partnership_id,
        urgent=referral.is_urgent,
    ).due_at
    return question


def cancel_open(change: Change[Referral]) -> None:
    """End the questions still open about a referral that has been decided, and say so to the agencies asked."""
    waiting = InformationRequest.objects.filter(root_id=change.root_id, state=InformationRequest.ASKED)
    for question_id in waiting.order_by("id").values_list("id", flat=True):
        question_machine.perform(change.actor, "cancel", question_id, version=None, given={"reason_code": DECIDED})


def pass_to(change: Change[Referral]) -> None:
    """Let answers still awaited go to the agency that holds the referral now."""
    waiting = InformationRequest.objects.filter(root_id=change.root_id, state=InformationRequest.ASKED)
    for question in waiting.select_for_update(of=("self",), no_key=True).order_by("id"):
        question.holder_agency_id = change.target.holder_id
        verb = "information_request.change_holder"
        record(change.actor, verb, question, root_id=change.root_id, child_id=change.child_id)


def _end(change: Change[InformationRequest], inputs: dict[str, Any]) -> None:
    change.target.access_until = _readable_until(clock.now())
    change.data = {"information_request_id": str(change.target.id), "agency": str(change.target.asked_agency_id)}
    if inputs.get("reason_code"):
        change.data["reason_code"] = inputs["reason_code"]


def _answer(change: Change[InformationRequest], inputs: dict[str, Any]) -> None:
    question = change.target
    _end(change, inputs)
    disclose(
        change.actor,
        root_id=question.root_id,
        child_id=question.child_id,
        what="The answer to a question",
        from_agency_id=question.asked_agency_id,
        to_agency_id=question.holder_agency_id,
        purpose=question.purpose,
        basis=Basis(inputs["article6"], inputs["condition"], inputs["power"]),
    )


def _chase(change: Change[InformationRequest], inputs: dict[str, Any]) -> None:
    change.target.chased_at = [*change.target.chased_at, clock.now()]
    change.data = {"information_request_id": str(change.target.id), "agency": str(change.target.asked_agency_id)}


def _lapse(change: Change[InformationRequest], inputs: dict[str, Any]) -> None:
    """The agency hears at that moment that its time is over, and that a late answer still counts."""
    _end(change, inputs)
    change.target.chased_at = [*change.target.chased_at, clock.now()]


def _refuse(change: Change[InformationRequest], inputs: dict[str, Any]) -> None:
    _end(change, inputs)
    change.target.answer_text = inputs.get("reason", "")


def _readable_until(moment: datetime) -> datetime:
    return at_local(add_working_days(local(moment).date(), READABLE_FOR), END_OF_DAY)


def lapse(question_id: UUID, actor: Actor) -> None:
    """End a question that was not answered in time; a second call does nothing."""
    if InformationRequest.objects.filter(pk=question_id, state=InformationRequest.ASKED).exists():
        question_machine.perform(actor, "lapse", question_id, version=None, given={})


_ENDED = (question_to_holder("question_ended"),)
_MET = Clocks(meets=(CLOCK,))

question_machine: Machine[InformationRequest] = Machine(
    noun="information_request",
    model=InformationRequest,
    edges={
        "answer": Edge(
            permission=Permission.INFORMATION_REQUEST_ANSWER,
            label="Answer",
            hint="The agency that asked reads your answer at once. A late answer still counts.",
            clocks=_MET,
            tells=_ENDED,
            first=_answer,
        ),
        "nothing_known": Edge(
            permission=Permission.INFORMATION_REQUEST_NOTHING_KNOWN,
            label="Say that nothing is known",
            hint="Your agency has looked and does not know the child.",
            clocks=_MET,
            tells=_ENDED,
            first=_end,
        ),
        "refuse": Edge(
            permission=Permission.INFORMATION_REQUEST_REFUSE,
            label="Refuse to answer",
            hint="Say why; the agency that asked may ring you.",
            clocks=_MET,
            tells=_ENDED,
            first=_refuse,
        ),
        "cancel": Edge(
            permission=Permission.INFORMATION_REQUEST_CANCEL,
            label="Cancel the question",
            hint="The agency asked is told that no answer is needed.",
            clocks=Clocks(stops_all_but=()),
            tells=(question_to_asked("question_cancelled"),),
            first=_end,
        ),
        "lapse": Edge(
            permission=Permission.INFORMATION_REQUEST_LAPSE,
            label="Not answered in time",
            clocks=Clocks(stops_all_but=()),
            tells=(*_ENDED, question_to_asked("question_lapsed_here"), question_to_managers("question_lapsed_here")),
            first=_lapse,
            by_system=True,
        ),
        "chase": Edge(
            permission=Permission.INFORMATION_REQUEST_CHASE,
            label="Chase the answer",
            hint="Reminds the agency and its manager now. They are reminded by themselves before and when it is due.",
            rules=(chased_once_a_day,),
            tells=(question_to_asked("question_chased"), question_to_managers("question_chased")),
            first=_chase,
            sources=(InformationRequest.ASKED, InformationRequest.LAPSED),
        ),
    },
    visible_to=questions_visible_to,
    facts=lambda _question, _actor: None,
    fields=question_fields,
    path=lambda question: f"/referrals/{question.root_id}",
    owner_agency=lambda question: question.asked_agency_id,
    labels=InformationRequest.LABELS,
    clock_root=lambda question: question.id,
)
