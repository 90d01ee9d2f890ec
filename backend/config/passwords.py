"""What a password may not be: too long to be hashed calmly, or made of nothing but what everybody guesses first."""

import re
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError

_DENIED = Path(__file__).resolve().parent.parent.parent / "fixtures" / "passwords" / "denied.txt"
_MOST = 128
# Different characters that have to be left once the words that everybody knows are taken out.
_LEFT = 5
_TOO_LONG = f"Use at most {_MOST} characters."
_GUESSABLE = (
    "Others would guess this: it is made of names, dates or keys that lie side by side. "
    "Join three or four words that have nothing to do with each other."
)


class NotTooLong:
    """A limit that no passphrase meets."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError for a password over the limit."""
        if len(password) > _MOST:
            raise ValidationError(_TOO_LONG, code="password_too_long")

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _TOO_LONG


class NotGuessable:
    """No rule about kinds of characters: only what everybody tries first is refused, however it is lengthened."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError where too little is left without the words of the deny list."""
        left = password.lower()
        for word in denied():
            left = left.replace(word, " ")
        if len(set(re.sub(r"[\W_]", "", left))) < _LEFT:
            raise ValidationError(_GUESSABLE, code="password_guessable")

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _GUESSABLE


@cache
def denied() -> list[str]:
    """Return the words of the deny list, the longest first."""
    lines = _DENIED.read_text(encoding="utf-8").splitlines()
    return sorted((line for line in lines if line and not line.startswith("#")), key=len, reverse=True)
