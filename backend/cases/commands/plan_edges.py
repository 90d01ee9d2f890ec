"""The machines of a goal and of an action: revised, scored and ended; done, cancelled, moved, given to another."""

from typing import Any

from backend.access.policy import Permission
from backend.cases.commands.planning import CLOCK, owner_of, score_goal, share_of, start_clock
from backend.cases.commands.second_look import plan_is_another
from backend.cases.models import Action, Case, Goal
from backend.cases.queries.planning import actions_visible_to, goals_visible_to
from backend.cases.rules import planning as rules
from backend.cases.text_fields import action_fields, goal_fields
from backend.core import clock
from backend.core.errors import NotFound
from backend.deadlines import commands as deadlines
from backend.deadlines.calendar import local
from backend.notifications import commands as notifications
from backend.notifications.audience import Person
from backend.outcomes.models import EXIT
from backend.outcomes.queries import is_scored
from backend.sharing.commands import disclose
from backend.workflow.changing import Change
from backend.workflow.machine import Clocks, Edge, Given, Machine, Tell


def _revised(change: Change[Goal], given: dict[str, Any]) -> None:
    goal = change.target
    goal.words, goal.whose, goal.headline = given["words"], given["whose"], given["headline"]
    _plan_is_another(change)
    change.data = {"goal_id": str(goal.id)}


def _scored(change: Change[Goal], given: dict[str, Any]) -> None:
    goal = change.target
    stage = rules.stage_of(goal, is_scored=is_scored(goal.id), is_ending=False)
    _write_score(change, stage, given)
    change.data = {"goal_id": str(goal.id), "stage": stage}


def _ended(change: Change[Goal], given: dict[str, Any]) -> None:
    _write_score(change, EXIT, given)
    _plan_is_another(change)
    change.data = {"goal_id": str(change.target.id), "outcome": given["outcome"]}


def _write_score(change: Change[Goal], stage: str, given: Given) -> None:
    """A number, or where the form allows it the reason why there is none."""
    values = {
        "stage": stage,
        "value": given["score"],
        "why_not": given["why_no_score"] if given["score"] is None else "",
        "given_by": given["given_by"],
        "comment": given["comment"],
        "taken_on": given.get("taken_on") or local(clock.now()).date(),
    }
    score_goal(change.actor, change.target, values)


def _plan_is_another(change: Change[Any]) -> None:
    change.change_too(plan_is_another(change.actor, change.root_id))


def _alive(change: Change[Any], given: Given) -> None:
    """Whatever is done towards a plan shows that nobody has forgotten the family."""
    deadlines.renew("drift", root_id=change.root_id, partnership_id=change.target.partnership_id)


goal_machine: Machine[Goal] = Machine(
    noun="goal",
    model=Goal,
    edges={
        "score": Edge(
            permission=Permission.GOAL_SCORE,
            label="Score the goal",
            hint="From 0, as far away as can be, to 10, reached. Ask the child and the family.",
            rules=(rules.day_of_score_is_past,),
            first=_scored,
            then=_alive,
            sources=(Goal.OPEN,),
        ),
        "revise": Edge(
            permission=Permission.GOAL_REVISE,
            label="Change the words",
            hint="When the family says it another way. What was said before stays in the history.",
            first=_revised,
            sources=(Goal.OPEN,),
        ),
        "end": Edge(
            permission=Permission.GOAL_END,
            label="Say how the goal ended",
            hint="What came of it, with a last score or why there is none.",
            rules=(rules.last_score_or_why_not,),
            first=_ended,
            then=_alive,
        ),
    },
    visible_to=goals_visible_to,
    facts=lambda _goal, _actor: local(clock.now()).date(),
    fields=goal_fields,
    path=lambda goal: f"/cases/{goal.root_id}/plan",
    owner_agency=lambda goal: goal.agency_id,
    labels=Goal.LABELS,
    clock_root=lambda goal: goal.id,
)


# --- Actions ---------------------------------------------------------------------------------------------------------


def _named(change: Change[Action], given: dict[str, Any]) -> None:
    """A plan has many actions: its timeline says which one."""
    change.data = {"action_id": str(change.target.id)}
    if "reason_code" in given:
        change.data["reason_code"] = given["reason_code"]


def _cancelled(change: Change[Action], given: dict[str, Any]) -> None:
    _named(change, given)
    _plan_is_another(change)


def _moved(change: Change[Action], given: dict[str, Any]) -> None:
    change.data = {"action_id": str(change.target.id), "from": change.target.due_on.isoformat()}
    change.target.due_on = given["due_on"]
    _plan_is_another(change)
    deadlines.stop_all(change.target.id)
    start_clock(change.target)


def _given_to(change: Change[Action], given: dict[str, Any]) -> None:
    action, case = change.target, _case_of(change)
    owner = owner_of(case, given)
    change.data = {"action_id": str(action.id), "former_owner_id": str(action.owner_id)}
    action.owner_id, action.owner_agency_id, action.goes_on = owner.user_id, owner.agency_id, False
    action.minded_for_id = None
    _plan_is_another(change)
    share = share_of(case, owner, given, opens_id=action.id)
    if share:
        disclose(change.actor, **share)


def _tell_owner(change: Change[Action], given: Given) -> None:
    """Whoever has it now is told, unless they took it themselves."""
    action = change.target
    if change.event is not None and action.owner_id != change.actor.user_id:
        notifications.tell(
            event_id=change.event.id,
            root_id=change.root_id,
            audience=Person(action.owner_id),
            message="action_given",
            fields=action_fields(action),
            path=f"/actions/{action.id}",
        )


def _promised(change: Change[Action], given: dict[str, Any]) -> None:
    change.target.goes_on = True
    change.data = {"action_id": str(change.target.id)}


def _case_of(change: Change[Action]) -> Case:
    case = Case.objects.select_related("lead_agency").filter(pk=change.root_id).first()
    if case is None:
        raise NotFound
    return case


def _writer(action: Action) -> Person | None:
    return Person(action.made_by_id)


def _name_writer(action: Action) -> str:
    return f"{action.made_by_name}, who asked for it"


action_machine: Machine[Action] = Machine(
    noun="action",
    model=Action,
    edges={
        "complete": Edge(
            permission=Permission.ACTION_COMPLETE,
            label="Mark as done",
            hint="Say what you did and what came of it.",
            tells=(Tell("action_done", _writer, _name_writer),),
            clocks=Clocks(meets=(CLOCK,)),
            first=_named,
            then=_alive,
            primary=True,
        ),
        "cancel": Edge(
            permission=Permission.ACTION_CANCEL,
            label="Cancel the action",
            hint="Say why it will not be done.",
            clocks=Clocks(stops_all_but=()),
            tells=(Tell("action_cancelled", _writer, _name_writer),),
            first=_cancelled,
        ),
        "move": Edge(
            permission=Permission.ACTION_MOVE,
            label="Give it another day",
            hint="By when it is done instead.",
            rules=(rules.new_day_is_ahead,),
            first=_moved,
            sources=(Action.OPEN,),
        ),
        "reassign": Edge(
            permission=Permission.ACTION_REASSIGN,
            label="Give it to somebody else",
            hint="They are told, and see this action and nothing else of the case.",
            first=_given_to,
            then=_tell_owner,
            sources=(Action.OPEN,),
        ),
        "go_on": Edge(
            permission=Permission.ACTION_GO_ON,
            label="It goes on after the case is closed",
            hint="Its owner has said that they do it although nobody leads a case any more.",
            rules=(rules.does_not_go_on_yet,),
            first=_promised,
            sources=(Action.OPEN,),
        ),
    },
    visible_to=actions_visible_to,
    facts=lambda _action, _actor: local(clock.now()).date(),
    fields=action_fields,
    path=lambda action: f"/actions/{action.id}",
    owner_agency=lambda action: action.owner_agency_id,
    labels=Action.LABELS,
    clock_root=lambda action: action.id,
)
