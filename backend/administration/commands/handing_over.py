"""What an agency that ends has, given to others by kind: each in a way that leaves nothing in nobody's hands."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from backend.access.actors import Actor
from backend.administration.commands.passing import locked, mind, pass_action, pass_task
from backend.administration.commands.queues import move_referral
from backend.administration.queries import agencies as queries
from backend.agencies.models import Agency, Membership
from backend.audit.commands import record
from backend.cases.commands import transfer_machine
from backend.cases.commands.allocating import change_lead
from backend.cases.models import Action, Case, Task, Transfer
from backend.cases.queries import duty_manager
from backend.cases.rules.naming import may_say_no
from backend.core.errors import Conflict
from backend.deadlines import commands as deadlines
from backend.deadlines import queries as deadline_queries
from backend.directory.commands import service_machine
from backend.directory.models import Service
from backend.disagreements.models import Disagreement
from backend.drafts import commands as drafts
from backend.interventions.commands.leaving import give_back, hand_on
from backend.interventions.queries import with_lead
from backend.referrals.commands.machine import referral_machine
from backend.referrals.commands.questions import question_machine
from backend.referrals.models import InformationRequest, Offer, Referral
from backend.sharing.commands import disclose
from backend.sharing.rules import Basis, fitting
from backend.workflow.changing import Change
from backend.workflow.confirmations import CLOCK
from backend.workflow.machine import Machine
from backend.workflow.models import Confirmation

REASON = "agency_ends"
_WORDS = "The agency ends."
_PURPOSE = "To go on with what an agency had that ends"
_NOBODY = "Nobody there could take it on. Choose another agency, or add a manager there first."


@dataclass(frozen=True, slots=True)
class Handover:
    """What is given: by whom, from which agency, and to whom it goes by the answer that says so."""

    actor: Actor
    agency: Agency
    to: Mapping[str, Agency]
    sends_back: bool
    note: str = ""

    def all_of(self, kind: str, rows: Any) -> Iterator[Any]:
        """Return everything of one kind, locked."""
        return iter(locked(rows.filter(pk__in=queries.ids_of(self.agency.id, kind))))

    def share(self, to: Agency, root_id: UUID, child_id: UUID | None, what: str, opens_id: UUID | None = None) -> None:
        """Write that it was shared, on the first basis of the lists that both agencies may use."""
        kinds = self.agency.kind, to.kind
        lists = ("share_basis_article6", "share_conditions", "share_powers")
        article6, condition, power = (fitting(*kinds, name=name)[0].code for name in lists)
        disclose(
            self.actor,
            root_id=root_id,
            child_id=child_id,
            what=what,
            from_agency_id=self.agency.id,
            to_agency_id=to.id,
            purpose=_PURPOSE,
            basis=Basis(article6, condition, power),
            opens_id=opens_id or root_id,
        )


def hand_over(one: Handover) -> None:
    """Give everything of the kinds that were answered for, in the transaction that began it; raise Conflict."""
    for kind, give in _GIVE.items():
        asked = queries.KINDS[kind]
        if asked.answer in one.to:
            give(one, one.to[asked.answer])
        elif asked.goes_back and one.sends_back:
            give(one, one.agency)


def mind_elsewhere(one: Handover) -> None:
    """The cases that wait for a lead practitioner where they are led now: a manager there minds them until then."""
    for case in one.all_of("works", Case.objects.select_related("lead_agency")):
        leading = _manager(case.lead_agency_id, team_id=None, child_id=case.child_id)
        mind(one.actor, case, leading, instead_of=cast(UUID, case.lead_practitioner_id))


def _manager(agency_id: UUID, *, team_id: UUID | None, child_id: UUID | None) -> Membership:
    found = duty_manager(agency_id, team_id=team_id, child_id=child_id)
    if found is None:
        raise Conflict(_NOBODY, code="not_ready")
    return found


def _in_hand(one: Handover, target: Any) -> Change[Any]:
    return Change(one.actor, target, frozenset(), "")


def _drop_questions(one: Handover, _to: Agency) -> None:
    """Whoever has the record next decides anew, and asks a second person of their own."""
    for question in one.all_of("second_person", Confirmation.objects):
        question.withdraw(one.actor)
        deadlines.meet(question.root_id, (CLOCK,))
        _record(one, "confirmation.withdraw", question, from_state=Confirmation.ASKED)


def _return_offers(one: Handover, _to: Agency) -> None:
    offers = Offer.objects.filter(pk__in=queries.ids_of(one.agency.id, "offered")).values("root_id")
    for referral in locked(Referral.objects.filter(pk__in=offers)):
        _take_for(one, referral_machine, "return_to_sender", referral, {"reason_code": REASON, "reason": _WORDS})


def _decline_leads(one: Handover, _to: Agency) -> None:
    for transfer in one.all_of("asked_to_lead", Transfer.objects.select_related("from_agency", "to_agency", "case")):
        # One that was named cannot say no: the question is taken back, and its lead finds another way the same day.
        edge = "decline" if may_say_no(transfer) else "withdraw"
        _take_for(one, transfer_machine, edge, transfer, {"reason_code": REASON, "reason": _WORDS})


def _refuse_questions(one: Handover, _to: Agency) -> None:
    for question in one.all_of("asked", InformationRequest.objects.select_related("holder_agency", "asked_agency")):
        _take_for(one, question_machine, "refuse", question, {"reason_code": REASON, "reason": _WORDS})


def _move_referrals(one: Handover, to: Agency) -> None:
    for kind in ("holds", "owes"):
        for referral in one.all_of(kind, Referral.objects.select_related("referrer_agency", "created_by")):
            one.share(to, referral.id, referral.child_id, "The referral")
            move_referral(one.actor, referral, to.id, verb="referral.hand_over")


def _move_cases(one: Handover, to: Agency) -> None:
    """The lead changes at once; who worked on it stays responsible until somebody is chosen, or their agency ends."""
    for case in one.all_of("leads", Case.objects.select_related("lead_agency")):
        proposed = Transfer.objects.select_related("from_agency", "to_agency", "case")
        for transfer in locked(proposed.filter(case_id=case.id, state=Transfer.PROPOSED)):
            _take_for(one, transfer_machine, "withdraw", transfer, {"reason_code": REASON, "reason": _WORDS})
        one.share(to, case.id, case.child_id, "The case")
        from_state = case.state
        change_lead(one.actor, case, to, handover_note=one.note or case.handover_note)
        case.lead_agency = to
        _record(one, "case.hand_over", case, from_state=from_state)
    for case in one.all_of("checks", Case.objects):
        case.lead_agency = to
        deadlines.move_owner(case.id, to.id)
        case.next_due_at = deadline_queries.next_due(case.id)
        _record(one, "case.hand_over", case, from_state=case.state)


def _move_tasks(one: Handover, to: Agency) -> None:
    for task in one.all_of("tasks", Task.objects):
        pass_task(one.actor, task, _manager(to.id, team_id=None, child_id=task.child_id))


def _move_actions(one: Handover, to: Agency) -> None:
    for action in one.all_of("actions", Action.objects):
        pass_action(one.actor, action, _manager(to.id, team_id=None, child_id=action.child_id))


def _move_given(one: Handover, to: Agency) -> None:
    """Another provider goes on, or whoever leads the case; either way the worker asks them what follows."""
    for target in one.all_of("gives", with_lead()):
        if to == one.agency:
            give_back(one.actor, target)
            continue
        one.share(to, target.case_id, target.child_id, f"What a provider reads: {target.service_name}"[:200], target.id)
        hand_on(one.actor, target, to)


def _move_disagreements(one: Handover, to: Agency) -> None:
    for challenge in one.all_of("answers", Disagreement.objects):
        challenge.owner_agency = to
        if challenge.state in Disagreement.UNANSWERED:
            deadlines.move_owner(challenge.id, to.id)
        _record(one, "disagreement.pass_on", challenge, from_state=challenge.state)


def _move_services(one: Handover, to: Agency) -> None:
    """What it offers itself is offered no more; what it only describes is kept by another."""
    for service in one.all_of("provides", Service.objects):
        own = service.agency_id == one.agency.id
        if own:
            _take_for(one, service_machine, "end", service, {"reason": _WORDS})
        else:
            service.kept_by = to
            _record(one, "service.pass_on", service, from_state=service.state)


def _move_drafts(one: Handover, to: Agency) -> None:
    """A manager there writes them from now on, and sees what was typed."""
    manager = _manager(to.id, team_id=None, child_id=None)
    for referral in one.all_of("drafts", Referral.objects):
        one.share(to, referral.id, None, "A referral that was not sent yet")
        referral.created_by, referral.referrer_agency, referral.holder = manager.user, to, to
        _record(one, "referral.hand_over", referral, from_state=referral.state)
        drafts.hand_over(referral.id, to_agency_id=to.id, to_user_id=manager.user_id)


def _take_for(one: Handover, machine: Machine[Any], edge: str, target: Any, given: Mapping[str, Any]) -> None:
    machine.take_for(_in_hand(one, target), edge, given=given)


def _record(one: Handover, verb: str, target: Any, *, from_state: str) -> None:
    child_id = getattr(target, "child_id", None)
    data = {"from_agency": str(one.agency.id)}
    record(one.actor, verb, target, root_id=target.root_id, child_id=child_id, data=data, from_state=from_state)


# In this order: what waits about a record is settled before the record moves.
_GIVE: Mapping[str, Callable[[Handover, Agency], None]] = {
    "second_person": _drop_questions,
    "offered": _return_offers,
    "asked_to_lead": _decline_leads,
    "asked": _refuse_questions,
    "drafts": _move_drafts,
    "tasks": _move_tasks,
    "actions": _move_actions,
    "answers": _move_disagreements,
    "holds": _move_referrals,
    "leads": _move_cases,
    "gives": _move_given,
    "provides": _move_services,
}
