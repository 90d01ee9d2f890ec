"""Links by which people choose a password: invited by a manager, asked for by whoever forgot theirs, used once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection

from backend.access import policy, security
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.administration.models import PasswordLink
from backend.administration.queries import people as queries
from backend.agencies.models import Membership, User
from backend.core import clock
from backend.core.errors import Conflict, Invalid, NotFound
from backend.core.ids import uuid7
from backend.core.tokens import hash_of
from backend.notifications.audience import Person
from backend.notifications.commands import tell
from backend.notifications.models import Delivery

_NOTHING_TO_SEND = (
    "They have chosen a password already. Whoever has forgotten it uses “I have forgotten my password” where they "
    "sign in."
)
_NOTHING_OPEN = "There is no invitation to withdraw: it was used, or withdrawn before. Look at the page again."
# One that was asked for is used at once, by whoever is waiting for it.
_RESET_LASTS = timedelta(hours=2)
_AT_MOST_EVERY = timedelta(minutes=5)
# One statement whether or not anybody has the address: nobody learns from how long it takes who works here.
_ASK = """
    INSERT INTO administration_passwordlink (id, user_id, is_invitation, token_hash, made_by_name, agency_name, made_at,
                                             expires_at, state, attempts, next_try_at, last_error)
    SELECT %(id)s, u.id, false, '', '', '', %(now)s, %(until)s, 'pending', 0, %(now)s, ''
      FROM agencies_user u
     WHERE u.email = %(address)s AND u.is_active AND u.password NOT LIKE '!%%'
       AND EXISTS (SELECT 1 FROM agencies_membership m WHERE m.user_id = u.id AND m.ended_at IS NULL)
    ON CONFLICT (user_id, is_invitation) DO UPDATE
       SET token_hash = '', made_at = EXCLUDED.made_at, expires_at = EXCLUDED.expires_at, used_at = NULL,
           ended_at = NULL, state = 'pending', attempts = 0, next_try_at = EXCLUDED.next_try_at, sent_at = NULL
     WHERE administration_passwordlink.made_at < %(before)s"""


def invite(actor: Actor, one: Membership) -> None:
    """Let the worker send somebody who has no password a link to choose one, in place of any before it."""
    given = begun(actor.user_id, actor.name, actor.agency_name)
    PasswordLink.objects.update_or_create(user_id=one.user_id, is_invitation=True, defaults=given)


def begun(by_id: UUID, by_name: str, agency_name: str) -> dict[str, Any]:
    """Return an invitation as it is before it is sent, whatever became of one before it."""
    now = clock.now()
    return {
        "token_hash": "",
        "made_by_id": by_id,
        "made_by_name": by_name,
        "agency_name": agency_name,
        "made_at": now,
        "expires_at": now + timedelta(hours=settings.INVITATION_HOURS),
        "used_at": None,
        "ended_at": None,
        "state": Delivery.PENDING,
        "attempts": 0,
        "next_try_at": now,
        "sent_at": None,
    }


def invite_again(actor: Actor, membership_id: UUID) -> Membership:
    """Send the invitation once more, for another three days; raise Conflict for whoever has a password."""
    one = _without_password(actor, membership_id)
    invite(actor, one)
    return one


def withdraw_invitation(actor: Actor, membership_id: UUID) -> Membership:
    """Let the link lead nowhere; sending it again undoes that. Raise Conflict where none is open."""
    one = _without_password(actor, membership_id)
    if not queries.open_invitations([one.user_id]).update(ended_at=clock.now()):
        raise Conflict(_NOTHING_OPEN, code="wrong_state")
    return one


def _without_password(actor: Actor, membership_id: UUID) -> Membership:
    policy.require(actor, Permission.PEOPLE_ADD)
    one = queries.active(queries.people_of(actor)).filter(pk=membership_id).first()
    if one is None:
        raise NotFound
    if one.user.has_usable_password():
        raise Conflict(_NOTHING_TO_SEND, code="wrong_state")
    return one


def ask_for_link(address: str) -> None:
    """Let the worker send whoever has this address a link for another password; nothing is said of whether one has."""
    now = clock.now()
    values: dict[str, Any] = {
        "id": uuid7(),
        "address": address.strip().lower(),
        "now": now,
        "until": now + _RESET_LASTS,
        "before": now - _AT_MOST_EVERY,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ASK, values)


def use_link(token: str, password: str) -> PasswordLink:
    """Give the person of a link the password they chose and return the link.

    Raises NotFound, the same for every token that opens nothing, or Invalid for a password that will not do; the link
    works still then.
    """
    link = queries.open_links().select_for_update(of=("self",)).filter(token_hash=hash_of(token)).first()
    if link is None:
        raise NotFound
    user = link.user
    try:
        validate_password(password, user)
    except ValidationError as refused:
        raise Invalid(fields={"password": refused.messages}) from refused
    user.set_password(password)
    user.save(update_fields=["password"])
    now = clock.now()
    PasswordLink.objects.filter(pk=link.pk).update(used_at=now)
    PasswordLink.objects.filter(user=user, used_at=None, ended_at=None).update(ended_at=now)
    # Whoever else may be signed in as them with the password before this one.
    security.end_all_sessions(user.id)
    _tell(user, "sign_in_password_first" if link.is_invitation else "sign_in_password")
    return link


def _tell(user: User, message: str) -> None:
    tell(
        event_id=None,
        root_id=None,
        audience=Person(user.id),
        message=message,
        fields={"label": ""},
        path="/security",
        urgent=True,
    )
