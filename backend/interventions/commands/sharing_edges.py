"""What a provider reads and when it stops: the share of an offer, its end when the family says no, and again."""

from typing import Any

from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.cases.models import Case
from backend.core import clock
from backend.interventions import queries, rules
from backend.interventions.commands.giving_back import ask_what_follows
from backend.interventions.commands.telling import to_provider, to_stopped_provider
from backend.interventions.models import Intervention
from backend.interventions.subjects import ANSWER, START, STILL_NEEDED
from backend.sharing.commands import disclose, disclosure_outside
from backend.sharing.models import Disclosure
from backend.sharing.rules import basis_of
from backend.workflow import confirmations
from backend.workflow.changing import Change
from backend.workflow.machine import Clocks, Edge

_PURPOSE = "To offer the family a service that may help"
_YES_TAKEN_BACK = "The family took its yes back."
_LAST_DAY = "The last day of this share, or of what the family agreed to, is over."
# What they owe again when they may read again.
_OWES = {Intervention.OFFERED: (ANSWER,), Intervention.AGREED: (START,)}


def share_with_provider(change: Change[Intervention], inputs: dict[str, Any]) -> None:
    """What the provider reads from now on is a share of the case: it stands in the case's own ledger."""
    target = change.target
    change.target.changed_by_id = change.actor.user_id
    sender, recipient = rules.sharers(target)
    share: dict[str, Any] = {
        "root_id": target.case_id,
        "child_id": target.child_id,
        "what": f"Who the child is, safe contact, safety alerts and {_goals(target)}: {target.service_name}"[:200],
        "purpose": _PURPOSE,
        "basis": basis_of(inputs),
    }
    if target.provider_agency_id is None:
        # Told by whoever works on the case: nobody there can read anything here.
        by, to = target.lead_agency_id or change.actor.agency_id, target.organisation
        change.leaves += disclosure_outside(change.actor, **share, from_agency_id=by, to_outside=to)
    elif sender is not None and recipient is not None:
        disclose(change.actor, **share, from_agency_id=sender, to_agency_id=recipient, opens_id=target.id)
        change.data = {"to_agency": str(recipient)}


def _goals(target: Intervention) -> str:
    return "the goal, with goals of the plan" if target.goals else "the goal"


def _stop(change: Change[Intervention], inputs: dict[str, Any]) -> None:
    change.target.changed_by_id = change.actor.user_id
    change.target.provider_until = clock.now()


def _again(change: Change[Intervention], inputs: dict[str, Any]) -> None:
    change.target.provider_until = None
    share_with_provider(change, inputs)


def sharing_ended(actor: Actor, case: Case, share: Disclosure | None) -> None:
    """Let nobody outside read on of the services that rested on this share; with None, of any of the case."""
    open_ones = queries.visible_to(actor).filter(case_id=case.id, state__in=Intervention.OPEN, offered_at__isnull=False)
    if share is not None:
        open_ones = open_ones.filter(provider_agency_id=share.to_agency_id)
        open_ones = open_ones.filter(pk=share.opens_id) if share.opens_id else open_ones
    for target in list(open_ones.order_by("id")):
        if target.is_stopped:
            continue
        # Nobody of an organisation without an account reads anything: only the question what follows is left.
        if target.provider_agency_id is not None:
            given = {"reason": _LAST_DAY if actor.is_system else _YES_TAKEN_BACK}
            confirmations.machines["intervention"].perform(actor, "stop_sharing", target.id, version=None, given=given)
        ask_what_follows(actor, target)


SHARING = {
    "stop_sharing": Edge(
        permission=Permission.INTERVENTION_STOP_SHARING,
        label="Stop sharing with the provider",
        hint="They can no longer read it, and learn only that it has ended for them. You decide what follows.",
        rules=(rules.provider_reads,),
        clocks=Clocks(stops_all_but=(STILL_NEEDED,)),
        tells=(to_stopped_provider("intervention_sharing_ended"),),
        first=_stop,
        sources=Intervention.SHARED,
    ),
    "share_again": Edge(
        permission=Permission.INTERVENTION_SHARE_AGAIN,
        label="Share it with the provider again",
        hint="The family has agreed again, or something else allows it. They read what they read before.",
        rules=(rules.provider_reads_no_more, rules.basis_is_open_to_both),
        clocks=Clocks(starts_for=lambda target: _OWES.get(target.state, ())),
        tells=(to_provider("intervention_shared_again"),),
        first=_again,
        sources=Intervention.SHARED,
    ),
}
