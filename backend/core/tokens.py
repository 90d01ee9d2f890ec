"""Tokens of links that work once: random, sent to one person, kept as a hash only."""

import hashlib
import secrets

_BYTES = 32


def new_token() -> str:
    """Return a token that nobody can guess, in letters that an address takes."""
    return secrets.token_urlsafe(_BYTES)


def hash_of(token: str) -> str:
    """Return what is kept of a token: with so many random bits a plain hash cannot be turned round."""
    return hashlib.sha256(token.encode()).hexdigest()
