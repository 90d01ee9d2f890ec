"""Identifiers: UUIDv7 keys in the order of the business clock, and references people can read aloud."""

import secrets
from datetime import UTC, datetime
from uuid import UUID

from uuid_utils.compat import uuid7 as _uuid7

from backend.core import clock

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: letters and digits that are mistaken for one another by eye or on the telephone.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
_BODY_LENGTH = 7
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def uuid7() -> UUID:
    """Return a new UUIDv7 that carries the business clock's time, so keys sort as things happened."""
    since_epoch = clock.now() - _EPOCH
    nanoseconds = (since_epoch.days * 86_400 + since_epoch.seconds) * 1_000_000_000 + since_epoch.microseconds * 1_000
    made: UUID = _uuid7(nanoseconds=nanoseconds)
    return made


def check_character(body: str) -> str:
    """Return the check character of a body: weighted sum modulo 23, a prime, so each single slip and swap shows."""
    total = sum(weight * ALPHABET.index(character) for weight, character in enumerate(body, start=2))
    return ALPHABET[total % len(ALPHABET)]


def new_reference(prefix: str) -> str:
    """Return a fresh human reference such as `R-7KQ-MXDA4`: 23^7 bodies, check character last."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_BODY_LENGTH))
    return f"{prefix}-{body[:3]}-{body[3:]}{check_character(body)}"


def is_reference(text: str) -> bool:
    """Say whether `text` is a well-formed reference whose check character agrees."""
    _prefix, _, rest = text.upper().partition("-")
    characters = rest.replace("-", "")
    if len(characters) != _BODY_LENGTH + 1 or any(character not in ALPHABET for character in characters):
        return False
    return check_character(characters[:-1]) == characters[-1]
