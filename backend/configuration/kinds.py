"""What can be configured: each kind is registered by the app that works by it, with its form and its trial."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.core.errors import Invalid

Entry = Mapping[str, Any]
Entries = Sequence[Entry]


def _nothing_wrong(_entries: Entries) -> Iterator[str]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of configuration, as the app that works by it describes it.

    `form` describes what is asked about one entry; `read` returns an entry as it is kept from what was typed, and
    raises a refusal with a sentence for each mistake; `faults` says what is wrong with all entries together;
    `try_out` counts what new entries would do beside those in force.
    """

    code: str
    label: str
    intro: str
    # One entry, as people call it: “rule”.
    noun: str
    form: Callable[[], list[dict[str, Any]]]
    read: Callable[[Entry], dict[str, Any]]
    title: Callable[[Entry], str]
    # What the product came with; it becomes the first version of each partnership.
    shipped: Callable[[], tuple[str, list[dict[str, Any]]]]
    # The entries there always are, where none is added or removed.
    codes: tuple[str, ...] = ()
    faults: Callable[[Entries], Iterator[str]] = _nothing_wrong
    try_out: Callable[[Entries, Entries], dict[str, Any]] | None = None


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Add a kind; called in the ready() of the app that works by it."""
    _kinds[kind.code] = kind


def kinds() -> dict[str, Kind]:
    """Return every kind by its code, in the order of the ladder."""
    return dict(_kinds)


def kind_of(code: str) -> Kind:
    """Return a kind; raise Invalid where there is none of this code."""
    kind = _kinds.get(code)
    if kind is None:
        raise Invalid("There is nothing of this kind to configure.", fields={"kind": ["Choose one of the options."]})
    return kind
