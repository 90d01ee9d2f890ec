"""Invitations and forgotten passwords: what is typed, and an invitation in a sentence."""

from typing import Any

from rest_framework import serializers

from backend.administration.models import PasswordLink
from backend.core import clock
from backend.core.api.serializers import StrictSerializer
from backend.deadlines.calendar import day_in_words
from backend.notifications.models import Delivery

_LONGEST_TOKEN = 200
_LONGEST_PASSWORD = 1000
# Some directories write much into theirs.
_LONGEST_CODE = 4000
_ADDRESS = "Enter your email address at work, like name@agency.example."


class ChoosePasswordInput(StrictSerializer):
    """The token of a link, as it stands behind the # of its address, and the password that its person chose."""

    token = serializers.CharField(max_length=_LONGEST_TOKEN)
    # How long it may be the validators say, in their own words.
    password = serializers.CharField(
        max_length=_LONGEST_PASSWORD,
        trim_whitespace=False,
        error_messages=dict.fromkeys(("required", "blank"), "Enter a password."),
    )


class ForgottenInput(StrictSerializer):
    """Whoever cannot sign in, by their address at work."""

    email = serializers.EmailField(
        max_length=254, error_messages=dict.fromkeys(("required", "blank", "invalid"), _ADDRESS)
    )


class BeginDirectoryInput(StrictSerializer):
    """By which agency's directory; with the token of an invitation, to tie its person to it."""

    agency = serializers.CharField(max_length=80)
    token = serializers.CharField(max_length=_LONGEST_TOKEN, required=False, allow_blank=True, default="")


class FinishDirectoryInput(StrictSerializer):
    """What a directory gave the browser to carry back."""

    # Its `state`, by which it says which try it answers.
    echo = serializers.CharField(max_length=_LONGEST_TOKEN)
    code = serializers.CharField(max_length=_LONGEST_CODE)


class DirectoryShape(serializers.Serializer[Any]):
    """An agency by whose directory one may sign in."""

    agency = serializers.CharField()
    name = serializers.CharField()


class DirectoriesShape(serializers.Serializer[Any]):
    """All of them."""

    results = DirectoryShape(many=True)


class DirectoryAddressShape(serializers.Serializer[Any]):
    """Where the browser goes."""

    address = serializers.CharField()


class SecondStepShape(serializers.Serializer[Any]):
    """Which kinds of second step are asked for still; none, and one is signed in."""

    second_step = serializers.ListField(child=serializers.CharField())


def invited(link: PasswordLink | None) -> str:
    """Return how it stands with somebody who was invited and has not signed in yet; nothing for anybody else."""
    if link is None or link.used_at is not None:
        return ""
    day = day_in_words(link.made_at)
    if link.ended_at is not None:
        return f"Invited on {day}, and the invitation was withdrawn"
    if link.expires_at <= clock.now():
        return f"Invited on {day}, not yet signed in: the link has run out"
    if link.state == Delivery.DEAD:
        return f"Invited on {day}, but the email could not be delivered"
    return f"Invited on {day}, not yet signed in"


def options_of(row: Any, link: PasswordLink | None) -> dict[str, bool]:
    """Return what may be done about somebody's invitation."""
    waits = row.ended_at is None and not row.user.has_usable_password()
    is_open = link is not None and link.used_at is None and link.ended_at is None
    return {"may_invite": waits, "may_withdraw_invitation": waits and is_open}
