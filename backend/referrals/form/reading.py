"""The answers as somebody else reads them: labels, words instead of codes, dates as people say them."""

from collections.abc import Callable, Mapping, Set
from typing import Any

from backend.access.marks import Mark
from backend.core import vocabulary
from backend.core.vocabulary import NOT_KNOWN
from backend.deadlines.calendar import in_words, local
from backend.referrals.form.asking import asked, that_count
from backend.referrals.form.marking import Marked, apart
from backend.referrals.form.parts import MARK, Answers, Field, Section, is_empty
from backend.referrals.form.sections import FIELDS, SECTIONS
from backend.referrals.form.values import as_date, as_moment

Shown = str | list[str]


def sections_for_reading(
    answers: Answers, agencies: Mapping[str, str], *, amended: Set[tuple[str, Mark]] = frozenset()
) -> list[dict[str, Any]]:
    """Return [{name, title, answers: [{name, label, value, mark, amended}]}], only what was asked and answered.

    A value is a text or a list of texts; `agencies` gives names by id for answers that are an agency. What was said
    under several labels is an answer for each of them.
    """
    # Apart before they are told by section: the answer that gives another its label may stand in another one.
    marked = apart(that_count(answers))
    read = [_section(section, marked, agencies, amended) for section in SECTIONS]
    return [section for section in read if section["answers"]]


def mark_words(mark: str) -> str:
    """Return a label in words; nothing where there is none."""
    return vocabulary.get("labels").label(mark)


def _section(
    section: Section, marked: Marked, agencies: Mapping[str, str], amended: Set[tuple[str, Mark]]
) -> dict[str, Any]:
    places = {field.name: place for place, field in enumerate(section.fields)}
    given = sorted((key for key in marked if key[0] in places), key=lambda key: places[key[0]])
    shown = [
        {
            "name": name,
            "label": FIELDS[name].heading,
            "value": display(FIELDS[name], marked[name, mark], agencies),
            "mark": mark_words(mark),
            "amended": (name, mark) in amended,
        }
        for name, mark in given
    ]
    return {"name": section.name, "title": section.title, "answers": shown}


def display(field: Field, value: Any, agencies: Mapping[str, str]) -> Shown:
    """Return one answer in words; what cannot be read as its kind is shown as it was typed."""
    if value == NOT_KNOWN and (field.not_known or field.kind == "choice"):
        return "Not known"
    if field.kind == "service":
        return agencies.get(str(value), "A service that has left the directory")
    if field.kind == "agency":
        return agencies.get(str(value), "An agency that has left")
    return _SHOWS[field.kind](field, value)


def _words(_field: Field, value: Any) -> Shown:
    return str(value)


def _code(field: Field, value: Any) -> Shown:
    if field.vocabulary:
        return vocabulary.get(field.vocabulary).label(str(value))
    return next((choice.label for choice in field.choices if choice.value == value), str(value))


def _codes(field: Field, value: Any) -> Shown:
    return [str(_code(field, one)) for one in value] if isinstance(value, list) else str(value)


def _yes_no(_field: Field, value: Any) -> Shown:
    return "Yes" if value is True else "No"


def _date(_field: Field, value: Any) -> Shown:
    day = as_date(value)
    return f"{day.day} {day:%B %Y}" if day else str(value)


def _moment(_field: Field, value: Any) -> Shown:
    moment = as_moment(value)
    return f"{in_words(moment)} {local(moment):%Y}" if moment else str(value)


def _list(field: Field, value: Any) -> Shown:
    return [_item(field, item) for item in value] if isinstance(value, list) else str(value)


def _item(field: Field, item: Any) -> str:
    """Return one statement: its words, then in brackets what they rest on and how old they are."""
    if not isinstance(item, dict):
        return str(item)
    parts = {part.name: part for part in field.fields}
    given = [part for part in asked(field.fields, item, parts) if not is_empty(item.get(part.name))]
    # The label stands beside the answer.
    said = [part for part in given if part.name != MARK]
    words = str(display(said[0], item[said[0].name], {})) if said else ""
    return f"{words} ({', '.join(_beside(part, item[part.name]) for part in said[1:])})" if said[1:] else words


def _beside(field: Field, value: Any) -> str:
    """Return a smaller answer inside a sentence: a code's words in lower case, except "I"; text as it is.

    One that would not be understood alone, such as a yes, comes after the label it has when it is read.
    """
    words = str(display(field, value, {}))
    if field.reads:
        return f"{field.reads[:1].lower()}{field.reads[1:]}: {words}"
    return words[:1].lower() + words[1:] if field.kind == "choice" and words[:2] != "I " else words


_SHOWS: dict[str, Callable[[Field, Any], Shown]] = {
    "text": _words,
    "long_text": _words,
    "choice": _code,
    "choices": _codes,
    "yes_no": _yes_no,
    "date": _date,
    "datetime": _moment,
    "list": _list,
}
