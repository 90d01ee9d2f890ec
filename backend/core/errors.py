"""Refusals: each is one HTTP status, one code, and sentences a tired practitioner can act on."""

from collections.abc import Mapping, Sequence
from typing import Any


class Refusal(Exception):
    """A request that is answered with reasons instead of an effect; raising one rolls the transaction back."""

    status = 400
    code = "invalid"

    def __init__(
        self,
        *reasons: str,
        code: str | None = None,
        fields: Mapping[str, Sequence[str]] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(*reasons)
        self.code = code or self.code
        self.reasons = list(reasons)
        self.fields = {name: list(sentences) for name, sentences in (fields or {}).items()}
        self.more = more
        self.headers: dict[str, str] = {}

    def as_body(self) -> dict[str, Any]:
        """Return the one error shape: `code`, `reasons`, `fields` and what this refusal adds."""
        return {"code": self.code, "reasons": self.reasons, "fields": self.fields, **self.more}


class Invalid(Refusal):
    """The request is not well formed: 400 with a sentence for each field."""


class NotSignedIn(Refusal):
    """Nobody is signed in, or the session has ended: 401."""

    status = 401
    code = "not_signed_in"


class FreshSignInNeeded(Refusal):
    """The act needs a sign-in of the last five minutes: 401 with a challenge."""

    status = 401
    code = "fresh_sign_in"


class Forbidden(Refusal):
    """The actor may see the record but not do this: 403."""

    status = 403
    code = "forbidden"


class NotFound(Refusal):
    """Not there, or not yours to see: the same 404, byte for byte."""

    status = 404
    code = "not_found"

    def __init__(self) -> None:
        super().__init__("We could not find that, or you do not have access to it.")


class Conflict(Refusal):
    """The record is not as supposed: 409 `in_flight`, `stale`, `wrong_state`, `not_ready`, `already_open` and more."""

    status = 409
    code = "conflict"


class TooLarge(Refusal):
    """The body is over the limit: 413."""

    status = 413
    code = "too_large"


class UnsupportedType(Refusal):
    """The body is not JSON in UTF-8: 415."""

    status = 415
    code = "unsupported_media_type"


class KeyReused(Refusal):
    """An Idempotency-Key came back with another request: 422."""

    status = 422
    code = "key_reused"


class Throttled(Refusal):
    """Too many requests: 429."""

    status = 429
    code = "throttled"


class Unavailable(Refusal):
    """Something we depend on does not answer: 503, try again."""

    status = 503
    code = "unavailable"
