"""The machine of a case: allocate a lead practitioner, and the act of proposing a transfer."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.cases import queries, rules
from backend.cases.commands import reopening
from backend.cases.commands.allocating import CLOCK as ALLOCATING
from backend.cases.commands.asking import lead_request_machine
from backend.cases.commands.assessing import pass_on
from backend.cases.commands.edges_dying import DYING
from backend.cases.commands.edges_moving import MOVING
from backend.cases.commands.edges_planning import PLANNING
from backend.cases.commands.edges_working import AGREEING, WORKING
from backend.cases.commands.proposing import Handover, propose
from backend.cases.commands.team import end_replaced
from backend.cases.commands.telling import (
    managers,
    name_former,
    name_managers,
    name_newcomer,
    name_referrers,
    practitioner,
)
from backend.cases.commands.working import tell_former
from backend.cases.models import Case, LeadRequest
from backend.cases.queries.between_leads import waits_for
from backend.cases.queries.naming import NAMING
from backend.cases.queries.team import team_of
from backend.cases.text_fields import case_fields
from backend.core import clock
from backend.deadlines import commands as deadlines
from backend.deadlines.calendar import local
from backend.deadlines.queries import running
from backend.sharing.rules import basis_of
from backend.workflow.changing import Change
from backend.workflow.machine import Clocks, Edge, Given, Machine, Tell


def _allocation(change: Change[Case], given: dict[str, Any]) -> None:
    """The team is the practitioner's own: its members read the case and cover for them. What was begun goes on."""
    case = change.target
    end_replaced(change, lead_practitioner_id=given["lead_practitioner_id"])
    if case.lead_practitioner_id is not None:
        pass_on(case.id, to_user_id=given["lead_practitioner_id"])
    given["team_id"] = team_of(given["lead_practitioner_id"], case.lead_agency_id)
    change.data = {
        "lead_practitioner_id": str(given["lead_practitioner_id"]),
        "former_practitioner_id": str(case.lead_practitioner_id or ""),
        "reason_code": given["reason_code"],
    }
    if given.get("priority"):
        change.data |= {"priority_before": case.priority, "priority": given["priority"]}


def _allocated(change: Change[Case], given: Given) -> None:
    """A case that came paused rests on: nobody is told that a family was not seen whom nobody was to see."""
    if change.target.state == Case.PAUSED:
        deadlines.pause(change.target.id, ("drift",))
    tell_former(change, given)


def _proposal(change: Change[Case], given: dict[str, Any]) -> None:
    transfer = propose(
        change.actor,
        change.target,
        to_agency_id=given["to_agency_id"],
        why=given["why"],
        handover=Handover(
            what_matters=given["what_matters"],
            open_actions=given["open_actions"],
            risks=given["risks"],
            who_to_speak_to=given["who_to_speak_to"],
        ),
        basis=basis_of(given),
    )
    if change.facts.asks_to_lead:
        asked = Q(agency_id=transfer.to_agency_id, state__in=LeadRequest.OPEN)
        lead_request_machine.perform_on_parts(change, "answer_by_transfer", asked, given={"transfer_id": transfer.id})
    change.data = {"transfer_id": str(transfer.id), "agency": str(transfer.to_agency_id), "why": transfer.why}


def _reopening(change: Change[Case], given: dict[str, Any]) -> None:
    reopening.prepare(change.target, given, lead=change.target.lead_agency)
    change.data = {"reason_code": given["reason_code"]}


_LEADING = {
    "allocate": Edge(
        permission=Permission.CASE_ALLOCATE,
        label="Allocate a lead practitioner",
        hint="Choose who in your agency is responsible for this child from now on, and what they do first.",
        rules=(
            rules.somebody_can_take_it,
            rules.practitioner_works_here,
            rules.priority_is_known,
            rules.next_action_is_ahead,
        ),
        clocks=Clocks(meets=("allocate", "transfer_follow_up", "drift"), starts=("first_contact", "drift")),
        tells=(Tell("case_allocated", practitioner, name_newcomer),),
        first=_allocation,
        then=_allocated,
        also_told=name_former,
    ),
    "reopen": Edge(
        permission=Permission.CASE_REOPEN,
        label="Open it again",
        hint="The same worries go on. Your agency leads it and finds a lead practitioner within two working days. "
        "The referrer is told.",
        rules=(rules.stands_for_itself, rules.closed_lately, rules.no_other_case_is_open),
        clocks=Clocks(stops_all_but=(ALLOCATING,)),
        tells=(Tell("case_reopened", managers, name_managers),),
        first=_reopening,
        then=reopening.tell_referrers,
        also_told=name_referrers,
        suits=rules.is_worked_on,
    ),
    "propose_transfer": Edge(
        permission=Permission.CASE_PROPOSE_TRANSFER,
        label="Propose a transfer",
        hint="Ask another agency to lead. Your agency leads until they accept.",
        rules=(
            rules.whoever_leads_decides,
            rules.no_transfer_is_open,
            rules.nobody_outside_is_asked,
            rules.agency_can_lead,
            rules.basis_is_open_to_both,
        ),
        clocks=Clocks(meets=("transfer_follow_up", NAMING)),
        first=_proposal,
        sources=Case.OPEN,
    ),
}
_EDGES = {**_LEADING, **AGREEING, **PLANNING, **WORKING, **MOVING, **DYING}
# As a screen offers them: what the work waits for first, then what changes who has it, then what ends it.
_ORDER = (
    *("allocate", "reopen", "record_agreement", "agree_plan", "hold_review", "resume"),
    *("record_refusal", "withdraw_agreement", "renew_agreement", "go_on_otherwise", "pause"),
    *("confirm_transfer_out", "end_transfer_out", "step_up", "record_follow_up", "handover_refused"),
    *("change_priority", "reallocate", "propose_transfer", "transfer_out", "close", "record_sustained"),
    "correct_sustained",
    *("record_death", "take_back_death"),
    *("chase_transfer_out", "escalate_transfer_out", "expire_agreement"),
)

case_machine: Machine[Case] = Machine(
    noun="case",
    model=Case,
    edges={name: _EDGES[name] for name in _ORDER},
    visible_to=queries.visible_to,
    facts=queries.facts,
    fields=case_fields,
    path=lambda case: f"/cases/{case.id}",
    owner_agency=lambda case: case.lead_agency_id,
    labels=Case.LABELS,
    waits_for=waits_for,
)


def resume(case_id: UUID, actor: Actor) -> None:
    """Go on with a paused case as the system, because its day has come or something has happened to the child.

    Also with one that another agency has just taken: what is next there, to allocate it, stays the next.
    """
    case, today = Case.objects.filter(pk=case_id).first(), local(clock.now()).date()
    if case is None or not case.stands_in(Case.PAUSED):
        return
    given = {"next_action": Case.LOOK_AGAIN, "next_action_on": today}
    if case.state == Case.UNALLOCATED:
        given = {"next_action": case.next_action, "next_action_on": max(case.next_action_on or today, today)}
    case_machine.perform(actor, "resume", case_id, version=None, given=given)


def expire_agreement(case_id: UUID, actor: Actor) -> None:
    """The last day for which the family agreed is over; a case that ended meanwhile, or a second call, is left."""
    if Case.objects.filter(pk=case_id, state__in=case_machine.sources("expire_agreement")).exists():
        case_machine.perform(actor, "expire_agreement", case_id, version=None, given={})


def end_window(case_id: UUID, actor: Actor) -> None:
    """Nothing follows when the twelve months in which a case counts as referred again are over."""
    deadlines.stop_all(case_id, keep=[one.kind for one in running(case_id) if one.kind != "re_referral_window"])


def chase_transfer_out(case_id: UUID, actor: Actor) -> None:
    """Another area has not answered in time: those who lead ring them; a second call does nothing."""
    _say_unanswered("chase_transfer_out", case_id, actor)


def escalate_transfer_out(case_id: UUID, actor: Actor) -> None:
    """A working day later nobody has it either: the front door is told too."""
    _say_unanswered("escalate_transfer_out", case_id, actor)


def _say_unanswered(edge: str, case_id: UUID, actor: Actor) -> None:
    if Case.objects.filter(pk=case_id, state__in=Case.OPEN, out_asked_at__isnull=False).exists():
        case_machine.perform(actor, edge, case_id, version=None, given={})
