"""Questions to other agencies: asked with a referral, answered by the agency asked, ended with their clock."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, Q

from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.agencies.models import Agency
from backend.audit.commands import Entry, record_all
from backend.audit.models import Event
from backend.core import clock, vocabulary
from backend.core.ids import uuid7
from backend.deadlines import commands as deadlines
from backend.deadlines.calendar import END_OF_DAY, add_working_days, at_local, local
from backend.deadlines.models import Deadline
from backend.notifications.commands import Notice, outbox_rows
from backend.referrals.commands.telling import asked, question_to_asked, question_to_holder, question_to_managers
from backend.referrals.models import InformationRequest, Referral
from backend.referrals.queries.seeing import questions_visible_to
from backend.referrals.rules.asking import chased_once_a_day
from backend.referrals.texts import question_fields
from backend.sharing.commands import disclose, disclosure
from backend.sharing.rules import Basis, basis_of
from backend.workflow.changing import Change
from backend.workflow.machine import Clocks, Edge, Given, Machine

CLOCK = "information_request"
READABLE_FOR = 5  # working days after it ended, whoever ended it (access.md, ASKED)
DECIDED = "referral_decided"


def ask(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Write each question with its clock, its disclosure and its message; as many statements for ten as for one."""
    referral, actor = change.target, change.actor
    agencies = Agency.objects.in_bulk([question["agency"] for question in inputs["questions"]])
    basis = basis_of(inputs)
    entries = [_asked(change, agencies[asks["agency"]], asks, basis) for asks in inputs["questions"]]
    record_all(actor, "information_request.ask", entries, root_id=referral.id, child_id=referral.child_id)
    change.data = {"agencies": [str(agency_id) for agency_id in agencies]}


def _asked(change: Change[Referral], agency: Agency, asks: Given, basis: Basis) -> Entry:
    """Return one question, with its clock, its disclosure and its message beside it; nothing is written."""
    referral, actor = change.target, change.actor
    question, its_clock = _written(actor, referral, agency, asks, basis)
    shared = _disclosed(actor, referral, question, basis)

    def beside(event: Event) -> Sequence[Model]:
        return [its_clock, *shared, *outbox_rows([_notice(question)], event_id=event.id, root_id=referral.id)]

    data = {"agency": str(agency.id), "information_request_id": str(question.id)}
    return Entry(question, data, beside=beside)


def _disclosed(actor: Actor, referral: Referral, question: InformationRequest, basis: Basis) -> Sequence[Model]:
    return disclosure(
        actor,
        root_id=referral.id,
        child_id=referral.child_id,
        what="A question, and who the child is",
        from_agency_id=referral.holder_id,
        to_agency_id=question.asked_agency_id,
        purpose=question.purpose,
        basis=basis,
        opens_id=question.id,
    )


def _notice(question: InformationRequest) -> Notice:
    return Notice(
        asked(question),
        "question_asked",
        question_fields(question),
        f"/information-requests/{question.id}",
        question.is_urgent,
    )


def _written(
    actor: Actor, referral: Referral, agency: Agency, asks: Given, basis: Basis
) -> tuple[InformationRequest, Deadline]:
    """Return a question and its clock, neither of them written."""
    question = InformationRequest(
        id=uuid7(),
        root_id=referral.id,
        child_id=referral.about_id,
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
    (its_clock,) = deadlines.new_clocks(
        [CLOCK],
        root_id=question.id,
        child_id=referral.child_id,
        owner_agency_id=agency.id,
        partnership_id=referral.partnership_id,
        urgent=referral.is_urgent,
    )
    question.next_due_at = its_clock.due_at
    return question, its_clock


def cancel_open(change: Change[Referral]) -> None:
    """End the questions still open about a referral that has been decided, and say so to the agencies asked."""
    waiting = Q(state=InformationRequest.ASKED)
    question_machine.perform_on_parts(change, "cancel", waiting, given={"reason_code": DECIDED})


def pass_to(change: Change[Referral]) -> None:
    """Let answers still awaited go to the agency that holds the referral now."""
    waiting = InformationRequest.objects.filter(root_id=change.root_id, state=InformationRequest.ASKED)
    asked_still = list(waiting.select_for_update(of=("self",), no_key=True).order_by("id"))
    for question in asked_still:
        question.holder_agency_id = change.target.holder_id
    entries = [Entry(question) for question in asked_still]
    verb = "information_request.change_holder"
    record_all(change.actor, verb, entries, root_id=change.root_id, child_id=change.child_id)


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
        basis=basis_of(inputs),
        opens_id=question.id,
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
