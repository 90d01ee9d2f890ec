"""Is one answer well formed? A check for each kind of field, yielding where in the answer and a sentence."""

import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from backend.core import vocabulary
from backend.core.vocabulary import NOT_KNOWN
from backend.referrals.form.asking import asked
from backend.referrals.form.choices import choices_of
from backend.referrals.form.parts import Answers, Circumstances, Field, is_empty

Found = tuple[str, str]
CHOOSE = "Choose one of the options."
NOT_A_DATE = "Enter a real date, like 27 3 2026."
MOST_ITEMS = 30
# Characters that turn the direction of reading and could make a name look like another (quality.md, Input).
_TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def check(field: Field, value: Any, circumstances: Circumstances) -> Iterator[Found]:
    """Yield (where, sentence) for each thing wrong with one answer; `where` is empty for the answer as a whole."""
    if is_empty(value):
        if field.required:
            yield "", field.missing or CHOOSE
        return
    if value == NOT_KNOWN and field.not_known:
        return
    yield from _CHECKS[field.kind](field, value, circumstances)


def as_date(value: Any) -> date | None:
    """Return a date written 2015-03-01, or None when it is not one."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def as_moment(value: Any) -> datetime | None:
    """Return an instant written with its offset, or None when it is not one."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def _text(field: Field, value: Any, _circumstances: Circumstances) -> Iterator[Found]:
    if not isinstance(value, str):
        yield "", field.missing or "Enter words."
        return
    if field.max_length and len(value) > field.max_length:
        yield "", f"Use {field.max_length:,} characters or fewer. This has {len(value):,}."
    if any(unicodedata.bidirectional(character) in _TURNS for character in value):
        yield "", "Remove the hidden formatting characters and try again."


def _line(field: Field, value: Any, circumstances: Circumstances) -> Iterator[Found]:
    yield from _text(field, value, circumstances)
    if isinstance(value, str) and any(unicodedata.category(character) == "Cc" for character in value):
        yield "", "Write this on one line."


def _choice(field: Field, value: Any, circumstances: Circumstances) -> Iterator[Found]:
    if not any(value == choice.value for choice in choices_of(field, circumstances) or ()):
        yield "", _not_offered(field)


def _choices(field: Field, value: Any, circumstances: Circumstances) -> Iterator[Found]:
    offered = {choice.value for choice in choices_of(field, circumstances) or ()}
    if not isinstance(value, list) or not all(isinstance(one, str) and one in offered for one in value):
        yield "", "Choose from the options."
    elif len(set(value)) != len(value):
        yield "", "Choose each option once."
    elif len(value) > 1:
        yield from _alone(field, value)


def _alone(field: Field, codes: list[str]) -> Iterator[Found]:
    """Some answers exclude the others: “no disability” (domain 4.7), “no factors identified” (domain 2.5)."""
    terms = vocabulary.get(field.vocabulary).terms if field.vocabulary else {}
    for code in codes:
        if code in terms and terms[code].more.get("alone"):
            yield "", f"“{terms[code].label}” cannot be chosen together with another answer."


def _yes_no(_field: Field, value: Any, _circumstances: Circumstances) -> Iterator[Found]:
    if not isinstance(value, bool):
        yield "", "Choose yes or no."


def _date(_field: Field, value: Any, _circumstances: Circumstances) -> Iterator[Found]:
    if as_date(value) is None:
        yield "", NOT_A_DATE


def _moment(_field: Field, value: Any, _circumstances: Circumstances) -> Iterator[Found]:
    if as_moment(value) is None:
        yield "", "Enter a real date and time, like 27 3 2026 at 14:30."


def _list(field: Field, value: Any, circumstances: Circumstances) -> Iterator[Found]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        yield "", field.missing or "Add them one by one."
        return
    if len(value) > MOST_ITEMS:
        yield "", f"Add {MOST_ITEMS} at most. Put what belongs together into one."
    for index, item in enumerate(value):
        if not is_empty(item):
            for where, sentence in _item(field, item, circumstances):
                yield f"{index}.{where}", sentence


def _item(field: Field, item: Answers, circumstances: Circumstances) -> Iterator[Found]:
    parts = {part.name: part for part in field.fields}
    for name in item.keys() - parts.keys():
        yield name, "This is not something we ask for here."
    for part in asked(field.fields, item, parts):
        for _where, sentence in check(part, item.get(part.name), circumstances):
            yield part.name, sentence


def _not_offered(field: Field) -> str:
    if field.kind == "agency":
        return "Choose an agency from the list, or nobody."
    if field.kind == "service":
        return "This service is not in the directory any more. Choose another, or none."
    if field.name.startswith("share_"):
        return "Choose one that both your organisation and the one that receives this may use."
    return CHOOSE


_CHECKS: dict[str, Callable[[Field, Any, Circumstances], Iterator[Found]]] = {
    "text": _line,
    "long_text": _text,
    "choice": _choice,
    "agency": _choice,
    "service": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
    "date": _date,
    "datetime": _moment,
    "list": _list,
}
