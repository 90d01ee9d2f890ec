"""What a directory publishes of itself, fetched and kept for some minutes: never from elsewhere, never for long."""

import json
import time
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

_PATIENCE = 5
_MOST_BYTES = 256 * 1024
_OWN_MACHINE = ("localhost", "127.0.0.1", "::1")
_KEPT_SECONDS = 600
# Keys that were fetched this short a time ago are not asked for again, whatever names tokens come with.
_AT_MOST_EVERY = 30
_kept: dict[str, tuple[float, Any]] = {}


class Away(Exception):
    """The directory does not answer, or not as one does."""


class Turned(Exception):
    """The directory refuses what it was asked."""


class _StayThere(HTTPRedirectHandler):
    """A directory that sends us elsewhere is not the one that was configured."""

    def redirect_request(self, *args: Any, **more: Any) -> None:
        """Follow nothing."""


_open = build_opener(_StayThere).open


def configuration(issuer: str) -> Mapping[str, Any]:
    """Return what an issuer says of itself; raise Away if it is another."""
    found: Mapping[str, Any] = _remembered(f"{issuer}/.well-known/openid-configuration", _KEPT_SECONDS)
    if found.get("issuer") != issuer:
        raise Away
    return found


def keys(issuer: str, *, renewed: bool) -> list[Mapping[str, Any]]:
    """Return the keys with which an issuer signs; `renewed` where one of them is not known."""
    answer = _remembered(configuration(issuer)["jwks_uri"], _AT_MOST_EVERY if renewed else _KEPT_SECONDS)
    found = answer.get("keys")
    return [key for key in found if isinstance(key, dict)] if isinstance(found, list) else []


def is_safe(address: str) -> bool:
    """Say whether an address is reached by TLS, or on this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _OWN_MACHINE)


def json_of(address: str, given: Mapping[str, str] | None = None) -> Any:
    """Return what stands at an address, or what it answers to a form; raise Away or Turned."""
    if not is_safe(address):
        raise Away
    data = urlencode(given).encode() if given is not None else None
    request = Request(address, data=data, headers={"Accept": "application/json"})  # noqa: S310 - judged just above
    try:
        with _open(request, timeout=_PATIENCE) as answer:
            found = json.loads(answer.read(_MOST_BYTES))
    except HTTPError as error:
        raise (Turned if error.code in (400, 401, 403) else Away) from error
    except (OSError, HTTPException, ValueError) as error:
        raise Away from error
    if not isinstance(found, dict):
        raise Away
    return found


def _remembered(address: str, seconds: float) -> Any:
    at, found = _kept.get(address, (0.0, None))
    if found is None or time.monotonic() - at > seconds:
        found = json_of(address)
        _kept[address] = (time.monotonic(), found)
    return found


def forget() -> None:
    """Ask everything anew: for whoever has changed a directory."""
    _kept.clear()
