"""Sends status links by email: the token is made in the moment of sending, so that it waits nowhere to be read."""

from datetime import timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import EmailMessage

from backend.access.actors import SYSTEM
from backend.access.binding import acting_as_system
from backend.core import clock
from backend.core.tokens import hash_of, new_token
from backend.deadlines.calendar import in_words
from backend.notifications import attempts
from backend.notifications.commands import tell
from backend.notifications.models import Delivery
from backend.referrals.commands.telling import holder
from backend.referrals.models import Referral, StatusLink
from backend.referrals.queries.facts import facts
from backend.referrals.queries.feedback import to_send
from backend.referrals.rules.feedback import why_not_by_email
from backend.referrals.texts import LINK_BODY, LINK_SUBJECT, referral_fields

JOB = "referrals.send_status_links"
BATCH = 20
# A worker that dies while sending leaves the link to the next one, which makes another token: the first is dead then.
LEASE = timedelta(minutes=2)
log = structlog.get_logger(__name__)


def send_status_links() -> int:
    """Send what waits and return how many were dealt with."""
    with acting_as_system(job=JOB):
        waiting = list(to_send().values_list("id", "root_id")[:BATCH])
    return sum(_send(link_id, root_id) for link_id, root_id in waiting)


def _send(link_id: UUID, root_id: UUID) -> bool:
    with acting_as_system(job=JOB, root_id=root_id):
        link = to_send().select_for_update(skip_locked=True).filter(pk=link_id).first()
        letter = _compose(link) if link else None
    if link is None:
        return False
    if letter is None:
        return True
    attempts.send(link, letter)
    with acting_as_system(job=JOB, root_id=root_id):
        if link.state == Delivery.DEAD:
            _give_up(link, Referral.objects.select_related("holder").get(pk=root_id))
        link.save(update_fields=["state", "attempts", "next_try_at", "last_error", "sent_at", "ended_at"])
    return True


def _compose(link: StatusLink) -> EmailMessage | None:
    """Take the link under lease with a new token and return its email; None when it may not be sent any more."""
    referral = Referral.objects.select_related("holder").get(pk=link.root_id)
    caller = facts(referral, SYSTEM).caller
    if caller is None or why_not_by_email(caller, clock.now()):
        _give_up(link, referral)
        link.save(update_fields=["state", "ended_at"])
        return None
    token = new_token()
    link.token_hash, link.next_try_at = hash_of(token), clock.now() + LEASE
    link.save(update_fields=["token_hash", "next_try_at"])
    words = {
        **referral_fields(referral),
        "url": f"{settings.PUBLIC_URL}/status#{token}",
        "until": in_words(link.expires_at),
    }
    return EmailMessage(
        LINK_SUBJECT.format_map(words),
        LINK_BODY.format_map(words),
        to=[caller.reach],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _give_up(link: StatusLink, referral: Referral) -> None:
    """Let the link lead nowhere and tell the holder, who finds another way."""
    attempts.give_up(link)
    link.ended_at = clock.now()
    tell(
        event_id=None,
        root_id=referral.id,
        audience=holder(referral),
        message="status_link_not_sent",
        fields=referral_fields(referral),
        path=f"/referrals/{referral.id}",
    )
