"""A case that two agencies in a row have not taken: the front door's managers name who leads it, and that binds.

Until then, and until the named agency has it, whoever leads goes on leading.
"""

from typing import Any

from backend.agencies.models import Partnership
from backend.agencies.roles import Role
from backend.cases.commands.allocating import FOLLOW_UP
from backend.cases.commands.proposing import Handover, propose
from backend.cases.models import Case, Transfer
from backend.cases.queries.naming import NAMING
from backend.cases.text_fields import transfer_fields
from backend.core import clock
from backend.deadlines import commands as deadlines
from backend.deadlines.queries import running
from backend.notifications import commands as notifications
from backend.notifications.audience import AgencyRoles
from backend.sharing.commands import disclosure
from backend.sharing.rules import Basis, basis_of
from backend.workflow.changing import Change
from backend.workflow.machine import Given

_WHY = "named"
_WHAT = "Handover summary and who the child is, while nobody has taken the case"
_PURPOSE = "To name the agency that leads the child's case"
# What partners share so that somebody leads: the duty of safeguarding partners to each other.
_BASIS = Basis("public_task", "safeguarding_children", "children_act_2004_s10")


def ask_to_name(change: Change[Transfer], case: Case) -> None:
    """Ask the front door's managers within a working day which agency leads, and let them read the handover."""
    transfer = change.target
    front_door = Partnership.objects.get(pk=transfer.partnership_id).front_door_id
    if front_door is None or running(case.id).filter(kind=NAMING).exists():
        return
    transfer.escalated_to_id = front_door
    deadlines.start(
        NAMING,
        root_id=case.id,
        child_id=case.child_id,
        owner_agency_id=front_door,
        partnership_id=case.partnership_id,
    )
    if front_door != transfer.from_agency_id:
        change.leaves += disclosure(
            change.actor,
            root_id=case.id,
            child_id=case.child_id,
            what=_WHAT,
            from_agency_id=transfer.from_agency_id,
            to_agency_id=front_door,
            purpose=_PURPOSE,
            basis=_BASIS,
            opens_id=transfer.id,
        )


def tell_who_names(change: Change[Transfer], given: Given) -> None:
    """Whoever is asked is told at once, and where to answer."""
    transfer = change.target
    if transfer.escalated_to_id is None or change.event is None:
        return
    notifications.tell(
        event_id=change.event.id,
        root_id=change.root_id,
        audience=AgencyRoles(transfer.escalated_to_id, (Role.MANAGER.value,), transfer.child_id),
        message="transfer_refused_again",
        fields=transfer_fields(transfer),
        path=f"/transfers/{transfer.id}",
        urgent=True,
    )


def named(change: Change[Transfer], case: Case, given: dict[str, Any]) -> None:
    """Ask the named agency, which cannot decline, with the same handover; or leave the case where it is."""
    transfer = change.target
    transfer.named_at = clock.now()
    change.data = {"agency": str(given["to_agency_id"])}
    if given["to_agency_id"] == case.lead_agency_id:
        return
    propose(
        change.actor,
        case,
        to_agency_id=given["to_agency_id"],
        why=_WHY,
        handover=Handover(transfer.what_matters, transfer.open_actions, transfer.risks, transfer.who_to_speak_to),
        basis=basis_of(given),
        named_by_id=change.actor.agency_id,
    )


def settle(case: Case) -> None:
    """Nobody needs to find who leads any more: somebody is asked, or has it."""
    deadlines.meet(case.id, (FOLLOW_UP, NAMING))
