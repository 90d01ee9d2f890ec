"""Plain-text email after the commit: composed when it is sent, retried with the same Message-ID, one digest a day."""

from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPConnectError, SMTPServerDisconnected
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.timezone import localtime

from backend.access.binding import acting_as_system
from backend.agencies.models import User
from backend.core import clock
from backend.notifications.attempts import note_failure, note_success
from backend.notifications.models import NOT_EMAILED, PENDING, Email, Message
from backend.notifications.wishes import Wishes, wishes_of

BATCH = 20
DIGEST_LINES = 20
# A worker that dies while sending gives its emails back after this long.
LEASE = timedelta(minutes=2)
# The mail server itself is away: the rest of the batch would only wait for the same.
_UNREACHABLE = (ConnectionError, TimeoutError, SMTPConnectError, SMTPServerDisconnected)
_TRACKED = ["state", "attempts", "next_try_at", "last_error", "sent_at"]
_FOOTER = "This comes from Alongside. Sign in to read more: we send nothing about a child by email."


@dataclass(frozen=True, slots=True)
class Letter:
    """One email ready to go."""

    email: Email
    address: str
    subject: str
    body: str


def send_emails() -> int:
    """Send one batch of waiting emails and return how many were taken; 0 means that none waits."""
    emails, letters = _claim()
    connection = get_connection()
    for email in emails:
        if not _attempt(email, letters.get(email.pk), connection):
            break
    with acting_as_system(job="email"):
        Email.objects.bulk_update(emails, _TRACKED)
    return len(emails)


def _claim() -> tuple[list[Email], dict[UUID, Letter]]:
    """Take a batch under lease and compose it; nothing is sent while rows are locked."""
    now = clock.now()
    with acting_as_system(job="email"):
        waiting = Email.objects.filter(PENDING, next_try_at__lte=now).order_by("next_try_at", "id")
        emails = list(waiting.select_for_update(skip_locked=True)[:BATCH])
        Email.objects.filter(pk__in=[email.pk for email in emails]).update(next_try_at=now + LEASE)
        return emails, _compose(emails)


def _compose(emails: list[Email]) -> dict[UUID, Letter]:
    people = User.objects.filter(is_active=True).in_bulk([email.user_id for email in emails])
    carried: dict[UUID | None, list[Message]] = {email.pk: [] for email in emails}
    for message in Message.objects.filter(email_id__in=list(carried)).order_by("-urgent", "at", "id"):
        carried[message.email_id].append(message)
    letters = {}
    for email in emails:
        person, messages = people.get(email.user_id), carried[email.pk]
        if email.digest_on:
            messages = [message for message in messages if message.read_at is None]
        if person and messages:
            subject, body = _digest(messages) if email.digest_on else _single(messages[0])
            letters[email.pk] = Letter(email, person.email, subject, body)
    return letters


def _single(message: Message) -> tuple[str, str]:
    return message.subject, f"{message.body}\n\n{settings.PUBLIC_URL}{message.path}\n\n{_FOOTER}\n"


def _digest(messages: list[Message]) -> tuple[str, str]:
    count = len(messages)
    subject = "1 message you have not read" if count == 1 else f"{count} messages you have not read"
    lines = [f"- {message.subject}\n  {settings.PUBLIC_URL}{message.path}" for message in messages[:DIGEST_LINES]]
    if count > DIGEST_LINES:
        lines.append(f"and {count - DIGEST_LINES} more: {settings.PUBLIC_URL}/messages")
    return f"Alongside: {subject}", "\n".join([f"You have {subject}:", "", *lines, "", _FOOTER, ""])


def _attempt(email: Email, letter: Letter | None, connection: BaseEmailBackend) -> bool:
    """Send one email and note how it went; return False when the mail server cannot be reached."""
    if letter is None:
        # Read in the meantime, or the person has left: nothing to send and nothing wrong.
        note_success(email)
        return True
    try:
        _send(letter, connection)
    except Exception as error:
        # Whatever a mail server does, the email is tried again and the others go out.
        note_failure(email, type(error).__name__)
        return not isinstance(error, _UNREACHABLE)
    note_success(email)
    return True


def _send(letter: Letter, connection: BaseEmailBackend) -> None:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    # The key of the row: a server that took it and was not heard sees the same message again.
    headers = {"Message-ID": f"<{letter.email.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    EmailMessage(letter.subject, letter.body, to=[letter.address], headers=headers, connection=connection).send()


def make_digests() -> int:
    """Gather what was neither read nor emailed into one digest for each person whose hour has come; return how many.

    One a day, whatever hour somebody chooses in the course of it.
    """
    here = localtime(clock.now())
    today = here.date()
    with acting_as_system(job="digest"):
        waiting = set(Message.objects.filter(NOT_EMAILED).values_list("user_id", flat=True))
        waiting -= set(Email.objects.filter(digest_on=today).values_list("user_id", flat=True))
        chosen = wishes_of(waiting)
        wishes = {user_id: chosen.get(user_id, Wishes()) for user_id in sorted(waiting)}
        people = [user_id for user_id, wish in wishes.items() if here.hour >= wish.digest_hour]
        emails = [
            Email(user_id=user_id, digest_on=today, next_try_at=wishes[user_id].loud_from(here)) for user_id in people
        ]
        Email.objects.bulk_create(emails, ignore_conflicts=True)
        made = dict(Email.objects.filter(digest_on=today, user_id__in=people).values_list("user_id", "id"))
        for user_id, email_id in made.items():
            Message.objects.filter(NOT_EMAILED, user_id=user_id).update(email_id=email_id)
    return len(made)
