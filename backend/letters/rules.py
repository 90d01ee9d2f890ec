"""What a template may name, how it is filled, and which way a letter may go to somebody of the family."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.children.contacting import CHANNELS, refusal

TEMPLATES = "letter_templates"
# What is typed of a letter is kept under this name until it is kept as one.
FORM = "letter"
FAMILY, AGENCY = "family", "agency"
CHILD, OTHER = "child", "other"
POST = "letter"
# How a letter reaches somebody, of the ways in which people are told things (vocabulary told_methods).
THROUGH = "through_trusted_adult"
WAYS = ("letter", "in_person", "secure_message", THROUGH)
# What a template may name, and what stands for it in a letter where it is not known.
FIELDS: Mapping[str, str] = {
    "recipient_name": "name of whoever gets it",
    "child_name": "the child’s name",
    "child_first_name": "what the child is called",
    "worker_name": "the lead practitioner",
    "writer_name": "your name",
    "agency_name": "your agency",
    "agency_phone": "the agency’s number",
    "next_date": "the day of what happens next",
    "reference": "the reference of the case",
    "today": "today’s date",
}
_FIELD = re.compile(r"\{([^{}]*)\}")
_OPEN = re.compile(r"\[[^\[\]]+\]")
# What reads like a postcode of this country, and like a number with a street. More is found than is meant: whoever
# writes the letter answers for it.
_POSTCODE = re.compile(r"\b[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}\b")
_STREETS = "avenue close court crescent drive gardens grove hill lane mews parade place road row square street terrace"
_STREET = re.compile(
    rf"\b[0-9]+[a-z]?,? (?:[\w’'-]+ ){{1,3}}(?:{'|'.join([*_STREETS.split(), 'walk', 'way'])})\b", re.IGNORECASE
)
MAY_KNOW = "everybody_may_know"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody a letter may go to: of the family, of an agency here, or somebody else by name."""

    value: str
    name: str
    hint: str
    reader: str
    agency_id: UUID | None = None
    agency_kind: str = ""
    # Where they live, if everybody who reads the case may know it; a protected address is never here.
    address: tuple[str, ...] = ()


def unknown_fields(text: str) -> list[str]:
    """Return what a template names that no letter can be filled with, each once."""
    return [name for name in dict.fromkeys(_FIELD.findall(text)) if name.strip() not in FIELDS]


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a template's text with its fields filled; what is not known stands in square brackets."""

    def value(found: re.Match[str]) -> str:
        name = found[1].strip()
        return values.get(name) or f"[{FIELDS.get(name, name)}]"

    return _FIELD.sub(value, text)


def left_open(text: str) -> list[str]:
    """Return what still stands in square brackets, each once: a letter does not go out with it."""
    return list(dict.fromkeys(_OPEN.findall(text)))


def addresses_in(text: str, known: Collection[str]) -> list[str]:
    """Return what reads like an address in a letter, each once, besides what everybody on the case knows."""
    found = [match[0] for pattern in (_STREET, _POSTCODE) for match in pattern.finditer(text)]
    there = _compared(" ".join(known))
    return [one for one in dict.fromkeys(found) if _compared(one) not in there]


def _compared(text: str) -> str:
    """Return a text as it compares, however it is spaced."""
    return re.sub(r"[\W_]+", "", text).casefold()


def address_problems(text: str, known: Collection[str], answer: str) -> Iterator[str]:
    """Yield why a letter may not be kept for an address in its words, until its writer has said that it may.

    Whether the family has a protected address is not asked: nobody learns from a refusal that it has one, or which.
    """
    found = addresses_in(text, known)
    if found and answer != MAY_KNOW:
        named = ", ".join(f"“{one}”" for one in found)
        yield (
            f"The letter seems to name an address: {named}. Everybody who reads this case will read it, and where a "
            "family lives may be protected. Take it out, or say below that everybody may know it."
        )


def obstacles(
    recipient: Recipient, way: str, rules: Collection[tuple[str, str, str]], *, has_died: bool, at: datetime
) -> Iterator[str]:
    """Yield why a letter may not go to somebody of the family in this way now.

    `rules` are (whose, what the rule is called, its code) of the family's contact rules. Those said of this very
    person count; where there are none, everybody's do: somebody else may open it.
    """
    if recipient.reader != FAMILY:
        return
    if has_died:
        yield "The child has died. Nothing goes out to the family from a template: speak to them."
        return
    channel = CHANNELS.get(way)
    if channel is None:
        return
    own = [one for one in rules if one[0].strip().casefold() == recipient.name.strip().casefold()]
    for whose, _label, code in own or rules:
        refused = refusal(code, channel, at)
        if refused is not None:
            yield f"{whose}: {refused.sentence} Hand it over in person instead."
    if not rules:
        yield "Nobody has said whether this is safe for the family. Ask first, or hand it over in person."
    if way == POST and not recipient.address:
        yield "There is no address that everybody on this case may know. Hand it over in person instead."
