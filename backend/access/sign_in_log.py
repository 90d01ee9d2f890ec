"""Each sign-in, sign-out and failed try as a line of the log: whose account and in which way, by id and never by name.

Tries leave no row in the database: whoever floods the door must not fill a table.
"""

from typing import Any

import structlog
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.signals import authentication_failed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from backend.agencies.models import User

log = structlog.get_logger(__name__)


def connect() -> None:
    """Listen to what Django and allauth say."""
    user_logged_in.connect(_signed_in, dispatch_uid="access.log_signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="access.log_signed_out")
    user_login_failed.connect(_refused, dispatch_uid="access.log_refused")
    authentication_failed.connect(_step_refused, dispatch_uid="access.log_step_refused")


def _signed_in(sender: Any, request: HttpRequest, user: User, **signal: Any) -> None:
    ways = [record.get("type") or record["method"] for record in get_authentication_records(request, user)]
    log.info("signed in", person=str(user.pk), ways=ways)


def _signed_out(sender: Any, request: HttpRequest, user: User | None, **signal: Any) -> None:
    if user is not None:
        log.info("signed out", person=str(user.pk))


def _refused(sender: Any, credentials: dict[str, Any], **signal: Any) -> None:
    """Somebody gave a wrong password; an address that nobody has is as good as none."""
    known = User.objects.filter(email=str(credentials.get("email", "")).lower()).only("id").first()
    log.warning("sign-in refused", person=str(known.pk) if known else None, way="password")


def _step_refused(sender: Any, user: User, authenticator: Any, **signal: Any) -> None:
    log.warning("sign-in refused", person=str(user.pk), way=authenticator.type)
