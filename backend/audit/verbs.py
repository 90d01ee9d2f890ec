"""The words of verbs: what a timeline, or a refusal because somebody was faster, says of an event."""

from collections.abc import Callable, Mapping
from typing import Any

Details = Callable[[Mapping[str, Any]], str]
_labels: dict[str, str] = {}
_details: dict[str, Details] = {}


def register_verbs(labels: Mapping[str, str]) -> None:
    """Add the words of an app's verbs, from its `ready()`; raise ValueError when a verb has other words already."""
    for verb, label in labels.items():
        if _labels.get(verb, label) != label:
            raise ValueError(f"the verb {verb} has other words already")
        _labels[verb] = label


def label_of(verb: str) -> str:
    """Return a verb in words; one that nobody registered reads as itself."""
    return _labels.get(verb) or verb.rpartition(".")[2].replace("_", " ").capitalize()


def register_details(verb: str, words: Details) -> None:
    """Say what a chronology tells of an event beside its label, from its data."""
    _details[verb] = words


def details_of(verb: str, data: Mapping[str, Any]) -> str:
    """Return what is told of an event beside its label; nothing of most."""
    return _details[verb](data) if verb in _details else ""


def words_of(verb: str) -> str:
    """Return a verb in words, or nothing where nobody registered any."""
    return _labels.get(verb, "")
