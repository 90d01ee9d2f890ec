"""OpenID Connect with an agency's own directory: where to send somebody, and what its answer proves (docs/adr/0067).

Written out instead of left to a library: what is checked is the whole of it, and each check has a sentence and a test.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import jwt
from jwt.algorithms import get_default_algorithms

from backend.access import fetching
from backend.access.staff_directories import StaffDirectory
from backend.core import clock

# Signed by a key that only the directory has: never `none`, never a secret that both know.
ALGORITHMS = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC"}
_LEEWAY = 60
# An answer is fetched at once, so an older one was kept by somebody.
_OLDEST = 10 * 60
_LONGEST = 255
_CLAIMS = ["iss", "aud", "exp", "iat", "sub", "nonce"]
# What a directory says of how it was shown (RFC 8176).
_SECOND_FACTOR = frozenset({"mfa", "otp", "hwk", "swk", "fpt", "face", "sc", "pop"})


class Refused(Exception):
    """The answer proves nothing; `why` is a code for the log, `sentence` is for the person."""

    def __init__(self, why: str, sentence: str) -> None:
        super().__init__(why)
        self.why = why
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Begun:
    """One try to sign in, kept in the session of the browser that began it."""

    agency: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Proved:
    """Whom a directory vouches for, in its own words, and whether it asked for a second factor."""

    issuer: str
    tenant: str
    subject: str
    second_factor: bool


def begin(directory: StaffDirectory) -> Begun:
    """Return a new try; nobody can guess what ties the answer to it."""
    return Begun(directory.agency, *(secrets.token_urlsafe(32) for _ in range(3)))


def address_of(directory: StaffDirectory, begun: Begun, callback: str) -> str:
    """Return where the browser goes; raise fetching.Away when the directory does not answer."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(begun.verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "scope": "openid",
        "client_id": directory.client_id,
        "redirect_uri": callback,
        "state": begun.state,
        "nonce": begun.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    place = fetching.configuration(directory.issuer)["authorization_endpoint"]
    if not fetching.is_safe(place):
        raise fetching.Away
    return f"{place}?{urlencode(asked)}"


def prove(directory: StaffDirectory, begun: Begun, code: str, callback: str) -> Proved:
    """Exchange a code and return whom it stands for; raise Refused, or fetching.Away."""
    given = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": callback,
        "client_id": directory.client_id,
        "client_secret": directory.secret,
        "code_verifier": begun.verifier,
    }
    try:
        answer = fetching.json_of(fetching.configuration(directory.issuer)["token_endpoint"], given)
    except fetching.Turned as turned:
        raise Refused("code", "The code was used already, or is too old. Start again.") from turned
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise Refused("no_token", "It did not say who you are.")
    return _proved(directory, _claims(directory, token), begun.nonce)


def _claims(directory: StaffDirectory, token: str) -> Mapping[str, Any]:
    try:
        header = jwt.get_unverified_header(token)
        key = _key(directory, header)
        claims: Mapping[str, Any] = jwt.decode(
            token,
            key=key,
            algorithms=[header["alg"]],
            audience=directory.client_id,
            issuer=directory.issuer,
            leeway=_LEEWAY,
            options={"require": _CLAIMS},
        )
    except jwt.PyJWTError as error:
        raise _refused(error) from error
    return claims


def _key(directory: StaffDirectory, header: Mapping[str, Any]) -> Any:
    """Return the directory's key of this name, for the kind of signature that such a key makes."""
    kind = ALGORITHMS.get(str(header.get("alg")))
    if kind is None or "crit" in header:
        raise Refused("algorithm", "Its answer is not signed in a way that we trust.")
    for renewed in (False, True):
        for found in fetching.keys(directory.issuer, renewed=renewed):
            if found.get("kid") == header.get("kid") and found.get("kid") and found.get("use", "sig") == "sig":
                if found.get("kty") != kind or found.get("alg", header["alg"]) != header["alg"]:
                    raise Refused("algorithm", "Its answer is not signed in a way that we trust.")
                return get_default_algorithms()[header["alg"]].from_jwk(json.dumps(found))
    raise Refused("key", "Its answer is signed with a key that is not the directory’s.")


_SENTENCES: tuple[tuple[type[jwt.PyJWTError], str, str], ...] = (
    (jwt.ExpiredSignatureError, "expired", "Its answer had run out when it came. Start again."),
    (jwt.ImmatureSignatureError, "not_yet", "Its answer is from the future: a clock is wrong, there or here."),
    (jwt.InvalidIssuedAtError, "not_yet", "Its answer is from the future: a clock is wrong, there or here."),
    (jwt.InvalidAudienceError, "audience", "Its answer was meant for another service."),
    (jwt.InvalidIssuerError, "issuer", "The answer comes from another directory."),
    (jwt.MissingRequiredClaimError, "incomplete", "Its answer leaves out what we need to be sure."),
    (jwt.InvalidSignatureError, "signature", "Its answer was changed on the way, or is not the directory’s."),
)
_UNREADABLE = "We could not read its answer."


def _refused(error: jwt.PyJWTError) -> Refused:
    for kind, why, sentence in _SENTENCES:
        if isinstance(error, kind):
            return Refused(why, sentence)
    return Refused("unreadable", _UNREADABLE)


def _proved(directory: StaffDirectory, claims: Mapping[str, Any], nonce: str) -> Proved:
    if not hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise Refused("nonce", "Its answer belongs to another try to sign in. Start again.")
    _meant_for_us(directory, claims)
    age = clock.now().timestamp() - float(claims["iat"])
    if age > _OLDEST + _LEEWAY:
        raise Refused("old", "Its answer is too old. Start again.")
    tenant = str(claims.get("tid", ""))
    if tenant != directory.tenant:
        raise Refused("tenant", "You signed in to the directory of another organisation.")
    # Where there are tenants, who somebody is in one of them is the object; `sub` differs with each service.
    subject = claims.get("oid") if directory.tenant else claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST:
        raise Refused("subject", "It did not say who you are.")
    return Proved(directory.issuer, tenant, subject, _second_factor(directory, claims))


def _meant_for_us(directory: StaffDirectory, claims: Mapping[str, Any]) -> None:
    """An answer for several services names the one that asked; named or alone, it is us."""
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    asker = claims.get("azp", None if several else directory.client_id)
    if asker != directory.client_id:
        raise Refused("authorised_party", "Its answer was asked for by another service.")


def _second_factor(directory: StaffDirectory, claims: Mapping[str, Any]) -> bool:
    methods = claims.get("amr")
    shown = {str(one) for one in methods} if isinstance(methods, list) else set()
    return bool(shown & _SECOND_FACTOR) or str(claims.get("acr", "")) in directory.strong_acr
