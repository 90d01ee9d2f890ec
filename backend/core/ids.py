"""Identifiers: UUIDv7 keys in the order of the business clock, and references people can read aloud."""

import secrets
from uuid import UUID

from uuid_utils.compat import uuid7 as _uuid7

from backend.core import clock

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: letters and digits that are mistaken for one another by eye or on the telephone.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
_BODY_LENGTH = 7


def uuid7() -> UUID:
    """Return a new UUIDv7 that carries the business clock's time, so keys sort as things happened."""
    moment = clock.now()
    return _uuid7(timestamp=int(moment.timestamp()), nanos=moment.microsecond * 1000)


def check_character(body: str) -> str:
    """Return the check character of a reference body: weighted sum modulo 23, a prime, so every single slip and swap shows."""
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
