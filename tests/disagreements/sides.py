"""The two sides of a disagreement, who answers at which stage, and one in each state."""

from uuid import UUID

from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.disagreements.models import Disagreement
from backend.referrals.models import Referral
from tests.actors import actor
from tests.clocks import clocks
from tests.edges import take
from tests.factories import FRONT_DOOR, disagreed, manager, referral_in, teacher

OWNERS = {1: FRONT_DOOR, 2: "childrens-social-care", 3: "care-board", 4: "community-safety"}


def owner_of(stage: int) -> Actor:
    """Who answers at a stage."""
    return actor(OWNERS[stage], Role.MANAGER)


def act(edge: str, one: Disagreement, who: Actor, **given: str) -> Disagreement:
    """Take one edge of a disagreement."""
    return take(edge, one.id, who, noun="disagreement", **given)


def in_state(state: str) -> Disagreement:
    """A disagreement of the teacher in a state."""
    one = disagreed(referral_in(Referral.DECLINED))
    path = {
        Disagreement.RAISED: (),
        Disagreement.ANSWERED: (("answer", manager()),),
        Disagreement.ESCALATED: (("escalate", teacher()),),
        Disagreement.RESOLVED: (("uphold", manager()),),
        Disagreement.WITHDRAWN: (("withdraw", teacher()),),
    }
    for edge, who in path[state]:
        one = act(edge, one, who)
    return one


def running(root_id: UUID) -> list[str]:
    """The clocks that run."""
    return sorted(kind for kind, state in clocks(root_id).items() if state == "running")
