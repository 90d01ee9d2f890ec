"""Refuses a demo that anyone but the person at this machine could reach, or that holds anyone's real records."""

import json
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_embedded(database_url: str, *, folders: list[Path]) -> bool:
    """Whether the URL is a database that this checkout started itself: its address, port and secret say so."""
    url = urlsplit(database_url)
    if not is_loopback(url.hostname or ""):
        return False
    for folder in folders:
        try:
            port = (folder / "port").read_text().strip()
            secrets = json.loads((folder / "secrets.json").read_text()).values()
        except (OSError, ValueError):
            continue
        if str(url.port) == port and unquote(url.password or "") in secrets:
            return True
    return False


def refuse_unsafe_demo(*, bind: str, database_url: str, folders: list[Path]) -> None:
    """Stop the start of a demo that is not bound to loopback and to its own embedded database."""
    if not is_loopback(bind):
        raise ImproperlyConfigured(
            f"DEMO is on, but the server would listen on {bind}. The demo signs anyone in: it only runs on 127.0.0.1."
        )
    if not is_embedded(database_url, folders=folders):
        raise ImproperlyConfigured(
            "DEMO is on, but DATABASE_URL is not the embedded database of this checkout. "
            "The demo signs anyone in: it never runs on a database of your own."
        )
