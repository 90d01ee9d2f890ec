"""The machine of an action: done, cancelled, moved, given to another, undone at once, or opened again with a reason."""

from typing import Any

from backend.access.policy import Permission
from backend.cases.commands.planning import CLOCK, SAME, alive, owner_of, plan_changed, share_of, start_clock
from backend.cases.models import Action, Case
from backend.cases.queries.plan_facts import part_facts
from backend.cases.queries.planning import actions_visible_to
from backend.cases.rules import parts as rules
from backend.cases.text_fields import action_fields
from backend.core.errors import Invalid, NotFound
from backend.deadlines import commands as deadlines
from backend.notifications import commands as notifications
from backend.notifications.audience import Person
from backend.sharing.commands import disclose
from backend.workflow.changing import Change
from backend.workflow.machine import Clocks, Edge, Given, Machine, Tell
from backend.workflow.undo import done_until


def _named(change: Change[Action], given: dict[str, Any]) -> None:
    """A plan has many actions: its timeline says which one."""
    change.data = {"action_id": str(change.target.id)}
    if "reason_code" in given:
        change.data["reason_code"] = given["reason_code"]


def _cancelled(change: Change[Action], given: dict[str, Any]) -> None:
    _named(change, given)
    plan_changed(change)


def _moved(change: Change[Action], given: dict[str, Any]) -> None:
    change.data = {"action_id": str(change.target.id), "from": change.target.due_on.isoformat()}
    change.target.due_on = given["due_on"]
    plan_changed(change)
    deadlines.stop_all(change.target.id)
    start_clock(change.target)


def _given_to(change: Change[Action], given: dict[str, Any]) -> None:
    action, case = change.target, _case_of(change)
    owner = owner_of(case, given)
    change.data = {
        "action_id": str(action.id),
        "former_owner_id": str(action.owner_id),
        "owner_id": str(owner.user_id),
    }
    action.owner_id, action.owner_agency_id, action.goes_on = owner.user_id, owner.agency_id, False
    action.minded_for_id = None
    plan_changed(change)
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


def _corrected(change: Change[Action], given: dict[str, Any]) -> None:
    if change.target.text == given["text"]:
        raise Invalid(SAME)
    change.target.text = given["text"]
    plan_changed(change)
    _named(change, given)


def _reopened(change: Change[Action], given: dict[str, Any]) -> None:
    """Its clock runs again, to the day by which it is done now."""
    change.target.due_on = given["due_on"]
    plan_changed(change)
    _named(change, given)
    start_clock(change.target)


def _undone(change: Change[Action], given: dict[str, Any]) -> None:
    """As its history says it was before the last change; its clock runs as it did, where it is open again."""
    last, before = change.facts.past[:2]
    given["before"] = before
    change.corrects_id = last.event_id
    change.data = {"action_id": str(change.target.id), "verb": last.history_change_reason}
    plan_changed(change)
    deadlines.stop_all(change.target.id)
    if before.state == Action.OPEN:
        start_clock(before)


def _case_of(change: Change[Action]) -> Case:
    case = Case.objects.select_related("lead_agency").filter(pk=change.root_id).first()
    if case is None:
        raise NotFound
    return case


def _writer(action: Action) -> Person | None:
    return Person(action.made_by_id)


def _name_writer(action: Action) -> str:
    return f"{action.made_by_name}, who asked for it"


def _owner(action: Action) -> Person:
    return Person(action.owner_id)


def _name_owner(action: Action) -> str:
    return f"{action.owner.name}, who does it"


def _both(action: Action) -> list[Person]:
    """Whoever asked and whoever does it, once where they are the same."""
    return [Person(one) for one in dict.fromkeys((action.made_by_id, action.owner_id))]


def _name_both(action: Action) -> str:
    return f"{action.made_by_name}, who asked for it, and {action.owner.name}, who does it"


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
            then=alive,
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
        "correct": Edge(
            permission=Permission.ACTION_CORRECT,
            label="Correct the words",
            hint="When it was written down wrongly. What stood there before stays in the history.",
            tells=(Tell("action_corrected", _owner, _name_owner),),
            first=_corrected,
            sources=(Action.OPEN, Action.DONE, Action.CANCELLED),
            stands=lambda action: {"text": action.text},
        ),
        "reopen": Edge(
            permission=Permission.ACTION_REOPEN,
            label="Open the action again",
            hint="When it was not done, or is wanted after all. Whoever was told that it had ended is told.",
            rules=(rules.case_is_worked_on, rules.is_with_the_lead, rules.owner_is_there, rules.new_day_is_ahead),
            tells=(Tell("action_reopened", _both, _name_both),),
            first=_reopened,
            then=alive,
        ),
        "undo": Edge(
            permission=Permission.ACTION_UNDO,
            label="Undo what you just did to the action",
            hint="Within ten minutes. It is as it was before, and nobody is told of it.",
            rules=(rules.case_is_worked_on, rules.action_can_be_undone),
            first=_undone,
            until=lambda _action, facts: done_until(facts.past),
        ),
    },
    visible_to=actions_visible_to,
    facts=part_facts,
    fields=action_fields,
    path=lambda action: f"/actions/{action.id}",
    owner_agency=lambda action: action.owner_agency_id,
    labels=Action.LABELS,
    clock_root=lambda action: action.id,
)
