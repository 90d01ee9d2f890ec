"""The edges by which it is recorded of a referral that the child has died, and by which that is taken back."""

from collections.abc import Mapping, Sequence

from backend.access.policy import Permission
from backend.children.dying import NO_PAGE
from backend.notifications.audience import AgencyRoles, Audience
from backend.referrals.commands import dying
from backend.referrals.commands.telling import MANAGERS, officer
from backend.referrals.models import Referral
from backend.referrals.rules import dying as rules
from backend.workflow.machine import Clocks, Edge, Tell


def _concerned(referral: Referral) -> Sequence[Audience]:
    return referral.concerned


def _managers(referral: Referral) -> AgencyRoles:
    return AgencyRoles(referral.holder_id, MANAGERS, referral.child_id)


def _always(_referral: Referral) -> bool:
    return True


def _tells(to_managers: str, to_others: str) -> tuple[Tell, ...]:
    """Tell at once everybody who may have something planned: none of it may reach the family."""
    return (
        Tell(to_managers, _managers, lambda one: f"The managers of {one.holder.name}"),
        Tell(to_others, officer, lambda one: f"Whoever decides about it at {one.holder.name}", _always),
        Tell(to_others, _concerned, lambda _one: "Everybody else who has to do with it", _always, lambda _one: NO_PAGE),
    )


EDGES: Mapping[str, Edge] = {
    "record_death": Edge(
        permission=Permission.REFERRAL_RECORD_DEATH,
        label="Record that the child has died",
        hint="When a second manager agrees, all messages and reminders stop, only named people open it, and everybody "
        "else who has to do with it is asked to ring.",
        rules=(rules.day_of_death_fits,),
        clocks=Clocks(stops_all_but=()),
        tells=_tells("referral_kept_for_review", "referral_rests"),
        first=dying.died,
        then=dying.tell_siblings,
        second_person=rules.death_asks_for_a_second_person,
        seldom=True,
    ),
    "take_back_death": Edge(
        permission=Permission.REFERRAL_TAKE_BACK_DEATH,
        label="Record that the child is alive",
        hint="It was recorded in error. When a second manager agrees, everything goes on as it stood.",
        rules=(rules.is_taken_back_where_it_was_recorded, rules.no_other_is_open),
        tells=_tells("referral_goes_on_again", "referral_goes_on_again"),
        first=dying.taken_back,
        then=dying.tell_siblings,
        second_person=rules.taking_back_asks_for_a_second_person,
    ),
}
