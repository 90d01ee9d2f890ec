"""Somebody has lost their second factor: a manager or an administrator of their agency lets them set up another."""

from uuid import UUID

from backend.access import factors, policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.administration.queries import people as queries
from backend.agencies.models import Membership
from backend.core.errors import Conflict, NotFound
from backend.notifications.audience import Person
from backend.notifications.commands import tell

_ONESELF = "This is you: change it under Sign-in and security, or ask another manager if you have lost it."


def reset_sign_in(actor: Actor, membership_id: UUID) -> Membership:
    """Take away somebody's second factors, sign them out everywhere and tell them; return the membership.

    Raises NotFound, Forbidden, or Conflict for oneself.
    """
    policy.require(actor, Permission.PEOPLE_RESET_SIGN_IN)
    one = queries.active(queries.people_of(actor)).filter(pk=membership_id).first()
    if one is None:
        raise NotFound
    if one.user_id == actor.user_id:
        raise Conflict(_ONESELF, code="not_ready")
    factors.forget(one.user_id)
    fields = {"person": actor.name, "agency": actor.agency_name}
    tell(
        event_id=None,
        root_id=None,
        audience=Person(one.user_id),
        message="sign_in_reset",
        fields=fields,
        path="/security",
        urgent=True,
    )
    return one
