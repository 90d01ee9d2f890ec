"""Refuses to serve where a setting would undo what keeps strangers out: said at the start, not found out later."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from backend.config.demo_guard import is_loopback

# What Django's own check asks of a key, kept a little lower: 32 random bytes in base64 are 43 characters.
_SHORTEST_KEY = 32
_FEWEST_DIFFERENT = 10


def refuse_unsafe_serving(settings: Any) -> None:
    """Stop the start outside the demo, which has a guard of its own, and say everything that has to be put right."""
    if settings.DEMO:
        return
    found = list(_dangers(settings))
    if found:
        raise ImproperlyConfigured(" ".join(found))


def refuse_logins_of_others(settings: Any) -> None:
    """Stop a web server that has been given a login of the owner or of who deletes: one hole in it would be enough."""
    if "owner" in settings.DATABASES:
        raise ImproperlyConfigured(
            "OWNER_DATABASE_URL is set for a web server: it must not be able to change its tables."
        )
    if settings.DISPOSAL_DATABASE_URL:
        raise ImproperlyConfigured(
            "DISPOSAL_DATABASE_URL is set for a web server: only the worker may be able to delete records."
        )


def _dangers(settings: Any) -> Iterator[str]:
    if settings.DEBUG:
        yield "DEBUG is on: errors would show code and records."
    for name, key in (("SECRET_KEY", settings.SECRET_KEY), *_former(settings.SECRET_KEY_FALLBACKS)):
        if len(key) < _SHORTEST_KEY or len(set(key)) < _FEWEST_DIFFERENT:
            yield f"{name} is too short or too simple: use at least {_SHORTEST_KEY} random characters."
    if any(host.strip().startswith("*") for host in settings.ALLOWED_HOSTS):
        yield "ALLOWED_HOSTS takes any name: list the names that Alongside is reached by."
    for name, address in (("PUBLIC_URL", settings.PUBLIC_URL), *_trusted(settings.CSRF_TRUSTED_ORIGINS)):
        url = urlsplit(address)
        if "*" in address:
            yield f"{name} names any address: list each one."
        elif url.scheme != "https" and not is_loopback(url.hostname or ""):
            yield f"{name} is {address}: only https keeps what is sent from being read on the way."


def _former(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    return (("A key in SECRET_KEY_FALLBACKS", key) for key in keys)


def _trusted(origins: Iterable[str]) -> Iterator[tuple[str, str]]:
    return (("An address in CSRF_TRUSTED_ORIGINS", origin) for origin in origins)
