"""Entries in words, and what is different between two versions: labels and words instead of names and codes."""

from collections.abc import Mapping
from typing import Any

from backend.configuration.kinds import Entries, Entry, Kind

Line = dict[str, str]


def lines(kind: Kind, entry: Entry, form: list[dict[str, Any]]) -> list[Line]:
    """Return what an entry says, question by question, without those that nobody answered."""
    said = ((field["label"], _words(field, entry.get(field["name"]))) for field in form)
    return [{"label": label, "value": value} for label, value in said if value]


def differences(kind: Kind, before: Entries, after: Entries) -> list[dict[str, Any]]:
    """Return what was added, changed and removed, each with what it says and what it said before."""
    form = kind.form()
    old, new = ({entry["code"]: entry for entry in entries} for entries in (before, after))
    found = [_difference(kind, form, old.get(code), entry) for code, entry in new.items() if old.get(code) != entry]
    found += [_difference(kind, form, entry, None) for code, entry in old.items() if code not in new]
    return found


def _difference(kind: Kind, form: list[dict[str, Any]], old: Entry | None, new: Entry | None) -> dict[str, Any]:
    said = _by_label(kind, old, form), _by_label(kind, new, form)
    labels = [field["label"] for field in form if said[0].get(field["label"]) != said[1].get(field["label"])]
    return {
        "what": "added" if old is None else "removed" if new is None else "changed",
        "title": kind.title(new or old or {}),
        "lines": [
            {"label": label, "before": said[0].get(label, ""), "after": said[1].get(label, "")} for label in labels
        ],
    }


def _by_label(kind: Kind, entry: Entry | None, form: list[dict[str, Any]]) -> dict[str, str]:
    return {line["label"]: line["value"] for line in lines(kind, entry, form)} if entry else {}


def _words(field: Mapping[str, Any], value: Any) -> str:
    if value in (None, "", []):
        return ""
    if field["kind"] == "yes_no":
        return "Yes" if value else "No"
    words = {choice["value"]: choice["label"] for choice in field["choices"] or ()}
    if isinstance(value, list):
        return ", ".join(words.get(one, str(one)) for one in value)
    return str(words.get(value, value))
