"""What a provider, or one of its people, can give no longer: to a colleague, to another, or back to the case's lead."""

from collections.abc import Collection
from uuid import UUID

from backend.access.actors import Actor
from backend.agencies.models import Agency, Membership
from backend.audit.commands import record
from backend.deadlines import commands as deadlines
from backend.interventions.commands.giving_back import let_go
from backend.interventions.models import Intervention
from backend.interventions.queries import with_lead
from backend.interventions.queries.people import next_giver
from backend.interventions.texts import fields
from backend.notifications.audience import Person
from backend.notifications.commands import tell


def give_back(actor: Actor, target: Intervention) -> None:
    """Whoever works on the case has it, where it stands; the worker asks them the same day what follows."""
    former = target.provider_agency_id
    let_go(target)
    _moved(actor, "intervention.give_back", target, former, target.lead_agency_id)


def hand_on(actor: Actor, target: Intervention, to: Agency) -> None:
    """Another agency gives it, where it stands; whoever works on the case is told, and asks the family."""
    former = target.provider_agency_id
    let_go(target)
    target.provider_agency, target.organisation = to, to.name
    # It was agreed with another: whoever was asked something about that one is asked again.
    target.asked_to_decide_at = None
    _moved(actor, "intervention.hand_on", target, former, to.id)


def pass_to_colleague(actor: Actor, target: Intervention) -> Membership | None:
    """Somebody else there gives it, a manager first; where nobody may, it goes back to whoever leads the case."""
    colleague = next_giver(target)
    if colleague is None:
        give_back(actor, target)
        return None
    target.minded_for_id = target.worker_id
    data, target.worker = {"former_worker_id": str(target.worker_id)}, colleague.user
    root, child, state = target.id, target.child_id, target.state
    record(actor, "intervention.pass_on", target, root_id=root, child_id=child, data=data, from_state=state)
    return colleague


def pass_from_conflict(actor: Actor, intervention_ids: Collection[UUID]) -> None:
    """Pass on what is given by somebody who turns out to have a conflict of interest; tell the colleague who has it."""
    rows = with_lead().filter(pk__in=intervention_ids).select_for_update(of=("self",), no_key=True)
    for target in rows.order_by("id"):
        colleague = pass_to_colleague(actor, target)
        if colleague is not None:
            tell(
                event_id=None,
                root_id=target.id,
                audience=Person(colleague.user_id),
                message="intervention_given",
                fields=fields(target),
                path=f"/interventions/{target.id}",
                urgent=True,
            )


def _moved(actor: Actor, verb: str, target: Intervention, former: UUID | None, to_agency_id: UUID | None) -> None:
    if target.state in Intervention.OWED and to_agency_id is not None:
        deadlines.move_owner(target.id, to_agency_id)
    data = {"from_agency": str(former)}
    record(actor, verb, target, root_id=target.id, child_id=target.child_id, data=data, from_state=target.state)
