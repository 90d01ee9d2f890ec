"""Which record each kind of clock belongs to, in which states it may run, and what is owed by a clock while it waits.

Read by the walks, over every row there is after every step, and by the test of the clocks on paper.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model

from backend.cases.models import Action, Case, LeadRequest, Task, Transfer
from backend.children.models import Death
from backend.deadlines.models import Deadline
from backend.disagreements.models import Disagreement
from backend.interventions.models import Intervention
from backend.matching.models import CaseChoice
from backend.referrals.models import InformationRequest, Referral
from backend.sharing.models import Disclosure
from backend.workflow.models import Confirmation

_SENT = tuple(state for state in Referral.LABELS if state not in (Referral.DRAFT, Referral.WITHDRAWN))
_ANY_CASE = tuple(Case.LABELS)
_ASKED = (InformationRequest.ASKED,)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one kind of clock may run: on records of one table, in these states, owed by the agency in this column."""

    model: type[Model]
    states: Collection[str]
    owner: str = ""
    # The column by which a clock names the record.
    key: str = "pk"


_REFERRAL, _HELD = Place(Referral, Referral.OPEN, "holder_id"), Place(Referral, _SENT, "holder_id")
_OPEN_CASE = Place(Case, Case.OPEN, "lead_agency_id")
_AFTER = Place(Case, (Case.CLOSED,), "lead_agency_id")
_QUESTION = Place(InformationRequest, _ASKED)
_CHALLENGE = Place(Disagreement, Disagreement.UNANSWERED, "owner_agency_id")
PLACES: Mapping[str, Place] = {
    "acknowledge": Place(Referral, (Referral.SUBMITTED,), "holder_id"),
    "decide": _REFERRAL,
    "total_age": _REFERRAL,
    "reach_child": _REFERRAL,
    "take": Place(Referral, (Referral.REDIRECTED,)),
    # What somebody was promised to hear outlives the decision.
    "tell_school": _HELD,
    "feedback": _HELD,
    "written_follow_up": _HELD,
    "disagreement_remedy": _HELD,
    "information_request": _QUESTION,
    "confirmation": Place(Confirmation, (Confirmation.ASKED,), key="root_id"),
    "transfer_answer": Place(Transfer, (Transfer.PROPOSED,), "to_agency_id"),
    "lead_request_answer": Place(LeadRequest, LeadRequest.OPEN, "asked_agency_id"),
    "case_choice": Place(CaseChoice, (CaseChoice.ASKED,)),
    # By the front door, which does not lead it.
    "transfer_naming": Place(Case, Case.OPEN),
    "transfer_follow_up": _OPEN_CASE,
    "transfer_out_answer": _OPEN_CASE,
    "transfer_out_follow_up": _OPEN_CASE,
    "allocate": _OPEN_CASE,
    "first_contact": _OPEN_CASE,
    "assessment": _OPEN_CASE,
    "agreement_ends": _OPEN_CASE,
    "agreement_withdrawn": _OPEN_CASE,
    "review": _OPEN_CASE,
    "drift": _OPEN_CASE,
    "look_again": _OPEN_CASE,
    # What statutory services were told by phone is written down, also of a case that has closed meanwhile.
    "case_follow_up": Place(Case, _ANY_CASE, "lead_agency_id"),
    "sustained_check": _AFTER,
    "re_referral_window": _AFTER,
    "sharing_ends": Place(Disclosure, ()),
    "same_day_task": Place(Task, (Task.OPEN,), "owner_agency_id"),
    "plan_action": Place(Action, (Action.OPEN,), "owner_agency_id"),
    "provider_answer": Place(Intervention, (Intervention.OFFERED,)),
    "service_start": Place(Intervention, (Intervention.AGREED,)),
    "still_needed": Place(Intervention, (Intervention.WAITLISTED,)),
    "disagreement_reply": _CHALLENGE,
    "disagreement_stage_2": _CHALLENGE,
    "disagreement_response": Place(Disagreement, (Disagreement.ANSWERED,)),
}
# What waits for somebody in this state is owed by one of these clocks, at every moment.
OWED: Mapping[tuple[type[Model], str], Collection[str]] = {
    (InformationRequest, InformationRequest.ASKED): ("information_request",),
    (Transfer, Transfer.PROPOSED): ("transfer_answer",),
    (LeadRequest, LeadRequest.ASKED): ("lead_request_answer",),
    (CaseChoice, CaseChoice.ASKED): ("case_choice",),
    (Case, Case.UNALLOCATED): ("allocate",),
    (Case, Case.PAUSED): ("look_again",),
    (Task, Task.OPEN): ("same_day_task",),
    (Action, Action.OPEN): ("plan_action",),
    (Intervention, Intervention.OFFERED): ("provider_answer",),
    (Intervention, Intervention.AGREED): ("service_start",),
    (Intervention, Intervention.WAITLISTED): ("still_needed",),
    (Disagreement, Disagreement.RAISED): ("disagreement_reply", "disagreement_stage_2"),
    (Disagreement, Disagreement.ESCALATED): ("disagreement_stage_2",),
    (Disagreement, Disagreement.ANSWERED): ("disagreement_response",),
}


def wrong_clocks() -> list[str]:
    """Say of each clock that runs for nothing, or for the wrong agency, and of each record whose clock is missing.

    Asked by whoever sees every row.
    """
    running = list(Deadline.objects.filter(met_at=None, stopped_at=None))
    by_root: dict[UUID, set[str]] = {}
    for clock in running:
        by_root.setdefault(clock.root_id, set()).add(clock.kind)
    return [*_out_of_place(running), *_missing(by_root)]


def _out_of_place(running: Collection[Deadline]) -> Iterator[str]:
    for model in {PLACES[clock.kind].model for clock in running}:
        mine = [clock for clock in running if PLACES[clock.kind].model is model]
        keys = {PLACES[clock.kind].key for clock in mine}
        rows = {
            key: _rows(model, key, [clock.root_id for clock in mine if PLACES[clock.kind].key == key]) for key in keys
        }
        for clock in mine:
            place = PLACES[clock.kind]
            found = rows[place.key].get(clock.root_id, [])
            there = [row for row in found if not place.states or row.state in place.states]
            if not there:
                yield f"{clock.kind} runs for {model.__name__} {[getattr(row, 'state', '') for row in found]}"
            elif place.owner and clock.owner_agency_id not in {getattr(row, place.owner) for row in there}:
                yield f"{clock.kind} is owed by another agency than the one that has the {model.__name__}"


def _rows(model: type[Model], key: str, roots: Collection[UUID]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in model._default_manager.filter(**{f"{key}__in": list(roots)}):
        found.setdefault(getattr(row, key), []).append(row)
    return found


def _missing(running: Mapping[UUID, Collection[str]]) -> Iterator[str]:
    rest = set(Death.objects.filter(taken_back_at=None).values_list("child_id", flat=True))
    for (model, state), kinds in OWED.items():
        for row in model._default_manager.filter(state=state):
            if row.child_id in rest or _is_closed_to_its_provider(row):
                continue
            if not set(running.get(row.pk, ())) & set(kinds):
                yield f"no {' or '.join(kinds)} runs for a {model.__name__} that is {state}"


def _is_closed_to_its_provider(row: Any) -> bool:
    """Whoever may not read of the child any more owes no answer: whoever leads the case is asked what follows."""
    return isinstance(row, Intervention) and row.is_stopped and row.state in Intervention.OWED
