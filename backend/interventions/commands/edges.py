"""The machine of an intervention: offered, answered by its provider, agreed with the family, waited for, given."""

from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.interventions import queries, rules
from backend.interventions.commands.giving_back import ask_whether_still_needed
from backend.interventions.commands.session_edges import call_off_ahead
from backend.interventions.commands.sharing_edges import SHARING, share_with_provider
from backend.interventions.commands.telling import (
    is_late,
    to_asked_provider,
    to_giver,
    to_lead,
    to_managers_if_late,
    to_provider,
    to_worker,
)
from backend.interventions.commands.tying import tie_goals
from backend.interventions.models import Intervention
from backend.interventions.subjects import ANSWER, START, STILL_NEEDED
from backend.interventions.texts import fields
from backend.workflow.changing import Change
from backend.workflow.machine import Clocks, Edge, Machine

_ENDS = Clocks(stops_all_but=())
# Whoever had it on their list of what was late hears that it has come.
_LATE = to_managers_if_late("intervention_came_late")
# Whoever counts on its sessions.
_OVER = (to_lead("intervention_over"), to_giver("intervention_over"))


def _noted(change: Change[Intervention], inputs: dict[str, Any]) -> None:
    """Remember who changes it and whether that was late, for who is told of it; codes go with the event."""
    change.target.changed_by_id, change.target.changed_in_id = change.actor.user_id, change.actor.agency_id
    change.target.came_late = is_late(change.target)
    if "reason_code" in inputs:
        change.data = {"reason_code": inputs["reason_code"]}


def _over(change: Change[Intervention], inputs: dict[str, Any]) -> None:
    """What is planned of it is called off with it: nobody waits for a session that is not held."""
    _noted(change, inputs)
    change.target.called_off = call_off_ahead(change)


def _say_who_goes_on(change: Change[Intervention], inputs: dict[str, Any]) -> None:
    _noted(change, inputs)
    change.target.goes_on_with = inputs["goes_on_with"]


def _name_worker(change: Change[Intervention], inputs: dict[str, Any]) -> None:
    change.target.changed_by_id = change.actor.user_id
    change.target.worker_id, change.target.minded_for_id = inputs["worker_id"], None
    change.data = {"worker_id": str(inputs["worker_id"])}


def ask_again(intervention_id: UUID, actor: Actor) -> None:
    """Ask whoever is responsible whether the wait still makes sense; the clock for the next time starts."""
    if Intervention.objects.filter(pk=intervention_id, state=Intervention.WAITLISTED).exists():
        intervention_machine.perform(actor, "ask_again", intervention_id, version=None, given={})


def owner_of_clock(target: Intervention) -> UUID:
    """Return whose turn it is: the provider's while it is asked, else that of the agency which leads the case."""
    if target.is_owed and target.provider_agency_id is not None:
        return target.provider_agency_id
    return target.lead_agency_id or target.provider_agency_id or target.partnership_id


_BEFORE = {
    "offer": Edge(
        permission=Permission.INTERVENTION_OFFER,
        label="Ask the provider",
        hint="They see who the child is, how to reach the family safely, safety alerts, the goal, "
        "and the goals of the plan that it works towards. Nothing else.",
        rules=(rules.service_takes_people, rules.age_fits, rules.basis_is_open_to_both),
        clocks=Clocks(starts=(ANSWER,)),
        tells=(to_provider("intervention_offered"),),
        first=share_with_provider,
        primary=True,
    ),
    "provider_accept": Edge(
        permission=Permission.INTERVENTION_PROVIDER_ACCEPT,
        label="We can help",
        hint="The case’s lead practitioner asks the family next.",
        rules=(rules.provider_answers_itself, rules.expected_ahead),
        clocks=Clocks(meets=(ANSWER,)),
        tells=(to_lead("intervention_accepted"), _LATE),
        first=_noted,
    ),
    "provider_decline": Edge(
        permission=Permission.INTERVENTION_PROVIDER_DECLINE,
        label="We cannot help",
        hint="Say why, so that the family can be offered something else.",
        rules=(rules.provider_answers_itself,),
        clocks=Clocks(meets=(ANSWER,), stops_all_but=()),
        tells=(to_lead("intervention_declined"), _LATE),
        first=_noted,
    ),
    "agree": Edge(
        permission=Permission.INTERVENTION_AGREE,
        label="The family wants it",
        hint="Who said yes, and on which day.",
        rules=(rules.provider_reads_on, rules.answered_already),
        clocks=Clocks(starts=(START,)),
        tells=(to_provider("intervention_agreed"),),
        first=_noted,
        primary=True,
    ),
    "refuse": Edge(
        permission=Permission.INTERVENTION_REFUSE,
        label="The family does not want it",
        hint="A no is respected. The provider can no longer read anything.",
        clocks=_ENDS,
        tells=(to_provider("intervention_not_needed"),),
        first=_noted,
    ),
}
_WAITING = {
    "start": Edge(
        permission=Permission.INTERVENTION_START,
        label="It has started",
        hint="From now on sessions are planned and recorded here.",
        rules=(rules.provider_reads_on, rules.begun_already),
        clocks=Clocks(meets=(START,), stops_all_but=()),
        tells=(to_lead("intervention_moved"), _LATE),
        first=_noted,
    ),
    "waitlist": Edge(
        permission=Permission.INTERVENTION_WAITLIST,
        label="Put on the waiting list",
        hint="The family knows where they stand. Every four weeks somebody asks whether it is still needed.",
        rules=(rules.provider_reads_on, rules.expected_ahead),
        clocks=Clocks(meets=(START,), starts=(STILL_NEEDED,)),
        tells=(to_lead("intervention_moved"), _LATE),
        first=_noted,
    ),
    "confirm_still_needed": Edge(
        permission=Permission.INTERVENTION_CONFIRM_STILL_NEEDED,
        label="It is still needed",
        hint="You have asked the family. You are asked again in four weeks.",
        clocks=Clocks(meets=(STILL_NEEDED,), starts=(STILL_NEEDED,)),
        first=_noted,
        sources=(Intervention.WAITLISTED,),
    ),
    "ask_again": Edge(
        permission=Permission.INTERVENTION_ASK_AGAIN,
        label="Asked whether it is still needed",
        clocks=Clocks(meets=(STILL_NEEDED,), starts=(STILL_NEEDED,)),
        then=ask_whether_still_needed,
        sources=(Intervention.WAITLISTED,),
        by_system=True,
    ),
}
_AFTER = {
    "name_worker": Edge(
        permission=Permission.INTERVENTION_NAME_WORKER,
        label="Say who gives it",
        hint="One person whom the child knows. They hear what changes from now on.",
        rules=(rules.worker_can_give_it,),
        tells=(to_worker("intervention_given"),),
        first=_name_worker,
        sources=(Intervention.PROVIDER_ACCEPTED, *Intervention.WAITING, Intervention.STARTED),
    ),
    "tie_goals": Edge(
        permission=Permission.INTERVENTION_TIE_GOALS,
        label="Say which goals it works towards",
        hint="Goals of the family’s plan. Whoever gives it reads their words, and says which each session worked on.",
        rules=(rules.new_goals_have_a_basis,),
        tells=(to_asked_provider("intervention_goals_changed"),),
        first=tie_goals,
        sources=Intervention.OPEN,
        stands=lambda target: {"goals": [str(pk) for pk in target.goals]},
    ),
    "complete": Edge(
        permission=Permission.INTERVENTION_COMPLETE,
        label="It is completed",
        hint="What it changed for the child, and what the child says. Sessions that are still ahead are called off.",
        clocks=_ENDS,
        tells=_OVER,
        first=_over,
    ),
    "end_early": Edge(
        permission=Permission.INTERVENTION_END_EARLY,
        label="It ended early",
        hint="Why, and what was reached until then. Sessions that are still ahead are called off.",
        clocks=_ENDS,
        tells=_OVER,
        first=_over,
    ),
    "say_who_goes_on": Edge(
        permission=Permission.INTERVENTION_SAY_WHO_GOES_ON,
        label="Say who goes on with it",
        hint="Before the case closes: who answers for this service then, by name.",
        first=_say_who_goes_on,
        sources=Intervention.OPEN,
    ),
    "cancel": Edge(
        permission=Permission.INTERVENTION_CANCEL,
        label="Cancel it",
        hint="It has not begun and is not wanted or not possible any more.",
        clocks=_ENDS,
        tells=(to_asked_provider("intervention_not_needed"),),
        first=_noted,
    ),
}

intervention_machine: Machine[Intervention] = Machine(
    noun="intervention",
    model=Intervention,
    edges={**_BEFORE, **_WAITING, **_AFTER, **SHARING},
    visible_to=queries.visible_to,
    facts=queries.facts,
    fields=fields,
    path=lambda target: f"/interventions/{target.id}",
    owner_agency=owner_of_clock,
    labels=Intervention.LABELS,
)
