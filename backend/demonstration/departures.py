"""People and agencies on their way out: a worker who has left, an agency that ends, people too close to a family."""

from datetime import timedelta
from uuid import UUID

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.administration.commands import conflicts, ending
from backend.administration.commands.leaving import end_membership
from backend.administration.commands.reassigning import Choice, reassign
from backend.administration.queries import agencies, leavers
from backend.agencies.models import Agency
from backend.cases.queries import worked
from backend.core import clock
from backend.core.ids import uuid7
from backend.demonstration.staff import named
from backend.demonstration.stage import Company

_SINCE = timedelta(minutes=40)
_LEAVER, _TAKES_OVER, _MANAGER = "Abdi Warsame", "Bethan Lloyd-Parry", "Colin Braithwaite"
_TOO_CLOSE, _ALSO_CLOSE = "Sunita Rao", "Gareth Penhallow"
_ENDS = "Charlotte Wren"
_NOTE = "The family knows, and has met them. Nothing else has changed."


def depart(company: Company) -> None:
    """Let each of them go as the product does it, a little while ago, with what they had in other hands."""
    with clock.at(clock.now() - _SINCE):
        manager = company.actors[named(_MANAGER)]
        _leaves(manager, company.actors[named(_LEAVER)], to=company.actors[named(_TAKES_OVER)])
        _too_close(manager, company.actors[named(_TOO_CLOSE)], to=company.actors[named(_TAKES_OVER)])
        _describes(company.actors[named(_ALSO_CLOSE)])
        _ends(company.actors[named(_ENDS)])


def _leaves(manager: Actor, who: Actor, *, to: Actor) -> None:
    with acting(manager):
        end_membership(manager, who.membership_id)
        _give(manager, who.user_id, to, reason_code="LEFTRL")


def _too_close(manager: Actor, who: Actor, *, to: Actor) -> None:
    """A cousin's child: what they had passes at once, and their manager still has to look at it."""
    with acting(who):
        case = worked(who).first()
        if case is None:
            return
        given = {"kind": "family", "note": "Her father is my cousin."}
        conflicts.declare_about(who, "case", case.id, uuid7(), given)
    with acting(manager):
        _give(manager, who.user_id, to, reason_code="MANAGE", only=case.id)


def _give(manager: Actor, user_id: UUID, to: Actor, *, reason_code: str, only: UUID | None = None) -> None:
    rows = [one for one in leavers.caseload(manager, user_id) if only in (None, one.id)]
    choices = [Choice(one.id, one.version, to.user_id) for one in rows]
    if choices:
        reassign(manager, user_id, choices, reason_code=reason_code, handover_note=_NOTE)


def _describes(who: Actor) -> None:
    with acting(who):
        given = {
            "kind": "neighbours",
            "note": "They live next door.",
            "given_name": "Ottilie",
            "family_name": "Fenwright",
            "date_of_birth": None,
        }
        conflicts.declare(who, uuid7(), given)


def _ends(manager: Actor) -> None:
    """A small charity that loses its rooms: it has asked for a second person to agree that it ends at once."""
    with acting(manager):
        agency = Agency.objects.select_related("partnership").get(pk=manager.agency_id)
        front_door_id = agency.partnership.front_door_id
        given = {"reason": "Our lease ends this week and nobody can take the rooms on.", "successor": front_door_id}
        version = ending.version_of(agencies.work_of(agency.id))
        ending.ask_to_end_at_once(manager, agency.id, version=version, given=given)
