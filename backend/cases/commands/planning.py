"""Goals in the family's words and actions with an owner and a day: added to a plan, one by one."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.audit.commands import record, save_ahead
from backend.audit.models import Event
from backend.cases.commands.second_look import plan_is_another
from backend.cases.models import Action, Case, Goal
from backend.cases.queries import visible_to
from backend.cases.queries.between_leads import waits_for
from backend.cases.queries.planning import goals_of, possible_owners
from backend.cases.rules import CaseFacts, PossibleOwner
from backend.cases.text_fields import action_fields
from backend.children.models import Child
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.deadlines import commands as deadlines
from backend.deadlines.calendar import END_OF_DAY, at_local, local
from backend.notifications.audience import Person
from backend.notifications.commands import Notice, outbox_rows
from backend.outcomes.commands import record_score
from backend.outcomes.models import BASELINE, GOAL, Score
from backend.sharing.commands import disclosure
from backend.sharing.rules import basis_of, basis_problems
from backend.workflow.changing import Change
from backend.workflow.machine import Way

Given = Mapping[str, Any]
CLOCK = "plan_action"
# The page of all goals, as it is called wherever a link leads to it.
GOALS_PAGE = "/cases/{}/goals"
GOALS_LABEL = "Score or end the goals"
GOALS_HINT = "All goals of the plan on one page."
_NOT_NOW = "A plan is written while a lead practitioner works on the case."
SAME = "Nothing is different from what stands there. Change something first."
_OVER = "This day is over. Choose one that is still to come, or today."
_NOT_INVOLVED = "Choose somebody of an agency that is involved with the child."
_WHAT = "An action of the child’s plan, with the child’s name"
_PURPOSE = "To do what the family’s plan asks of them"


def add_goal(actor: Actor, case_id: UUID, given: Given, *, goal_id: UUID) -> Goal:
    """Write a goal of a visible case, with its first score where there is one. Raises a Refusal."""
    case = open_case(actor, case_id, Permission.GOAL_ADD)
    words = {name: given[name] for name in ("words", "whose", "headline")}
    goal = Goal(id=goal_id, **part_of(actor, case), **words)
    also = save_ahead(actor, plan_is_another(actor, case.id))
    record(actor, "goal.add", goal, root_id=case.id, child_id=case.child_id, data={"goal_id": str(goal.id)}, also=also)
    if given.get("score") is not None:
        said = {name: given[name] for name in ("given_by", "comment")}
        today = local(clock.now()).date()
        score_goal(actor, goal, {"stage": BASELINE, "value": given["score"], "taken_on": today, **said})
    return goal


def score_goal(actor: Actor, goal: Goal, values: Given) -> Score:
    """Write how near a goal is."""
    return record_score(
        actor, root_id=goal.root_id, child_id=goal.child_id, subject_id=goal.id, measure=GOAL, values=values
    )


def plan_changed(change: Change[Any]) -> None:
    """Take back the question whether the plan is agreed, with the act that changes it."""
    change.change_too(plan_is_another(change.actor, change.root_id))


def alive(change: Change[Any], given: Given) -> None:
    """Whatever is done towards a plan shows that nobody has forgotten the family."""
    deadlines.renew("drift", root_id=change.root_id, partnership_id=change.target.partnership_id)


def add_action(
    actor: Actor, case_id: UUID, given: Given, *, action_id: UUID, decision_id: UUID | None = None
) -> Action:
    """Ask somebody of an involved agency to do something by a day; another agency's person is told on a basis.

    `decision_id` is what of a panel it carries out, where it came from one. Raises a Refusal, with a sentence at each
    field that does not fit.
    """
    case = open_case(actor, case_id, Permission.ACTION_ADD)
    owner = owner_of(case, given)
    goal = _goal_of(case, given)
    if given["due_on"] < local(clock.now()).date():
        raise Invalid(_OVER, fields={"due_on": [_OVER]})
    child = Child.objects.filter(pk=case.child_id).first()
    action = Action(
        id=action_id,
        **part_of(actor, case),
        goal=goal,
        child_name=child.name if child else "",
        text=given["text"],
        owner_id=owner.user_id,
        owner_agency_id=owner.agency_id,
        due_on=given["due_on"],
        not_for_family=given.get("not_for_family", False),
        decision_id=decision_id,
    )
    action.next_due_at = start_clock(action)
    data = {"action_id": str(action.id), "agency": str(owner.agency_id)}
    if decision_id is not None:
        data["decision_id"] = str(decision_id)
    share = share_of(case, owner, given, opens_id=action_id)
    shared = disclosure(actor, **share) if share else []
    told = [action_given(action)] if owner.user_id != actor.user_id else []

    def beside(event: Event) -> list[Any]:
        return [*shared, *outbox_rows(told, event_id=event.id, root_id=case.id)]

    also = save_ahead(actor, plan_is_another(actor, case.id))
    record(actor, "action.add", action, root_id=case.id, child_id=case.child_id, data=data, beside=beside, also=also)
    return action


def _goal_of(case: Case, given: Given) -> Goal | None:
    goal = goals_of(case.id).filter(pk=given["goal"]).first() if given.get("goal") else None
    if given.get("goal") and (goal is None or goal.state != Goal.OPEN):
        raise Invalid("This goal is not one of the plan.", fields={"goal": ["Choose a goal that is worked on."]})
    return goal


def owner_of(case: Case, given: Given, *, field: str = "owner") -> PossibleOwner:
    """Return who is asked; raise Invalid for somebody who is not involved, or on a basis that does not fit."""
    owner = possible_owners(case).get(given[field])
    if owner is None:
        raise Invalid(_NOT_INVOLVED, fields={field: [_NOT_INVOLVED]})
    if owner.agency_id != case.lead_agency_id:
        problems = list(basis_problems(case.lead_agency.kind, owner.agency_kind, basis_of(given)))
        if problems:
            sentences = [sentence for _field, sentence in problems]
            raise Invalid(*sentences, fields={field: [sentence] for field, sentence in problems})
    return owner


def share_of(
    case: Case, owner: PossibleOwner, given: Given, *, opens_id: UUID, what: str = _WHAT, purpose: str = _PURPOSE
) -> dict[str, Any] | None:
    """Return what the ledger says of an action that another agency does; nothing for one's own."""
    if owner.agency_id == case.lead_agency_id:
        return None
    return {
        "root_id": case.id,
        "child_id": case.child_id,
        "what": what,
        "from_agency_id": case.lead_agency_id,
        "to_agency_id": owner.agency_id,
        "purpose": purpose,
        "basis": basis_of(given),
        "opens_id": opens_id,
    }


def action_given(action: Action) -> Notice:
    """Return what tells an owner that they have something to do."""
    return Notice(Person(action.owner_id), "action_given", action_fields(action), f"/actions/{action.id}")


def start_clock(action: Action) -> datetime:
    """Start the clock of the action's day, on its own id because a plan has several; return when it is late."""
    return deadlines.start(
        CLOCK,
        root_id=action.id,
        child_id=action.child_id,
        owner_agency_id=action.owner_agency_id,
        partnership_id=action.partnership_id,
        due_at=at_local(action.due_on, END_OF_DAY),
    ).due_at


def open_case(
    actor: Actor, case_id: UUID, permission: Permission, *, not_now: str = _NOT_NOW, between_leads: bool = False
) -> Case:
    """Return a visible case that is worked on and may be added to; raise NotFound, Forbidden or Conflict.

    With `between_leads` also one that another agency has taken and not allocated yet: what is seen and heard of a
    family is written down, but nothing new is begun.
    """
    case = visible_to(actor).filter(pk=case_id).first()
    if case is None:
        raise NotFound
    policy.require(actor, permission, queries.relations_to(actor, case.id))
    if actor.is_system:
        raise Forbidden("Only a person can write a plan.")
    if case.state not in Case.WITH_PRACTITIONER and not (between_leads and case.is_between_leads):
        raise Conflict(f"{not_now} {waits_for(case)}".rstrip(), code="wrong_state")
    return case


def way_to_goals(leads: Callable[[Case, CaseFacts], bool]) -> Way:
    """Return what leads from an edge of a case to the page of all goals, while one of them lacks something."""
    return Way(GOALS_LABEL, GOALS_HINT, lambda case: GOALS_PAGE.format(case.id), leads)


def part_of(actor: Actor, case: Case) -> dict[str, Any]:
    """Return the columns that every part of a plan has."""
    return {
        "root_id": case.id,
        "child_id": case.child_id,
        "partnership_id": case.partnership_id,
        "case_reference": case.reference,
        "made_by_id": actor.user_id,
        "made_by_name": actor.name,
        "agency_id": actor.agency_id,
    }
