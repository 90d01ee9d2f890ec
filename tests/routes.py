"""Every route of the API as the product serves it, with something in place of each key."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import UUIDConverter

from backend.core.api.errors import not_found

SOMETHING = UUID("0198c0de-0000-7000-8000-000000000000")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Route:
    """One address of the API."""

    name: str
    path: str
    view: Any

    @property
    def view_class(self) -> Any:
        """The class behind the callable, if it is one."""
        return getattr(self.view, "cls", getattr(self.view, "view_class", None))

    @property
    def methods(self) -> list[str]:
        """What the view answers."""
        return [method for method in METHODS if hasattr(self.view_class, method.lower())]


def routes() -> list[Route]:
    """Every route below /api/, with something in place of each key."""
    return [route for route in everywhere() if route.path.startswith("/api/")]


def everywhere() -> list[Route]:
    """Every address there is: the API, signing in, and the web app."""
    return list(_walk(get_resolver(), "/", ""))


def _walk(resolver: URLResolver, path: str, space: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, path + _filled(entry), inner)
        elif entry.callback is not not_found:
            yield Route(f"{space}{entry.name}", path + _filled(entry), entry.callback)


def _filled(entry: URLPattern | URLResolver) -> str:
    text = str(entry.pattern)
    for name, converter in getattr(entry.pattern, "converters", {}).items():
        kind = "uuid" if isinstance(converter, UUIDConverter) else "str"
        text = text.replace(f"<{kind}:{name}>", str(SOMETHING))
    return text
