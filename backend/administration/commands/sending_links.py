"""Sends links for a password by email: the token is made while it is sent, so that it waits nowhere to be read."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet

from backend.access.binding import acting_as_system
from backend.administration.models import PasswordLink
from backend.administration.queries import people as queries
from backend.administration.texts_signing_in import FORGOTTEN, INVITED
from backend.core import clock
from backend.core.tokens import hash_of, new_token
from backend.deadlines.calendar import in_words
from backend.notifications import attempts
from backend.notifications.audience import Person
from backend.notifications.commands import tell
from backend.notifications.models import PENDING, Delivery
from backend.notifications.schedule import EVERY_MINUTE, register_job

JOB = "administration.send_password_links"
BATCH = 20
# A worker that dies while sending leaves the link to the next one, which makes another token: the first is dead then.
LEASE = timedelta(minutes=2)
_TRACKED = ("state", "attempts", "next_try_at", "last_error", "sent_at")


def register() -> None:
    """Register it with the worker."""
    register_job(JOB, cron=EVERY_MINUTE, run=send_password_links)


def send_password_links() -> int:
    """Send what waits and return how many were dealt with."""
    with acting_as_system(job=JOB):
        taken = [
            (link, _compose(link)) for link in _waiting().select_for_update(of=("self",), skip_locked=True)[:BATCH]
        ]
    for link, letter in taken:
        attempts.send(link, letter)
        with acting_as_system(job=JOB):
            # Not where it was sent again meanwhile: then it waits for the next round.
            same = PasswordLink.objects.filter(pk=link.pk, token_hash=link.token_hash)
            if same.update(**{name: getattr(link, name) for name in _TRACKED}) and link.state == Delivery.DEAD:
                _tell_who_invited(link)
    return len(taken)


def _waiting() -> QuerySet[PasswordLink]:
    return queries.open_links().filter(PENDING, next_try_at__lte=clock.now()).order_by("next_try_at", "id")


def _compose(link: PasswordLink) -> EmailMessage:
    """Take a link under lease with a new token and return its email."""
    token = new_token()
    link.token_hash, link.next_try_at = hash_of(token), clock.now() + LEASE
    link.save(update_fields=["token_hash", "next_try_at"])
    subject, body = INVITED if link.is_invitation else FORGOTTEN
    words = {
        "name": link.user.name,
        "person": link.made_by_name,
        "agency": link.agency_name,
        # Behind the #, which no browser sends anywhere (docs/adr/0023).
        "url": f"{settings.PUBLIC_URL}/set-password#{token}",
        "until": in_words(link.expires_at),
    }
    return EmailMessage(
        subject, body.format_map(words), to=[link.user.email], headers={"Auto-Submitted": "auto-generated"}
    )


def _tell_who_invited(link: PasswordLink) -> None:
    """A mailbox that takes nothing is for whoever wrote its address to look at."""
    if link.made_by_id is None:
        return
    tell(
        event_id=None,
        root_id=None,
        audience=Person(link.made_by_id),
        message="invitation_not_sent",
        fields={"person": link.user.name},
        path="/people",
    )
