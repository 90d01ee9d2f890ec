"""The words of every message, with safe fields only: a message never names a child nor quotes a case."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from string import Formatter
from textwrap import shorten

# What may be filled into a message: references, agencies, staff, times and the words of codes. Never a child's name,
# never text that somebody typed about a family.
SAFE_FIELDS = frozenset(
    {
        "agency",
        "amount",
        "by",
        "clock",
        "due",
        "edge",
        "form",
        "from_agency",
        "holder",
        "label",
        "level",
        "next_step",
        "outcome",
        "person",
        "phone",
        "reason",
        "reference",
        "role",
        "state",
        "to_agency",
        "verb",
        "when",
    }
)
MAX_SUBJECT = 200
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_texts: dict[str, "Text"] = {}


@dataclass(frozen=True, slots=True)
class Text:
    """Subject and body of one message, with `{field}` where a safe field goes."""

    code: str
    subject: str
    body: str
    # Told only this much later, unless it is urgent: by then what it tells of can no longer be undone.
    wait: timedelta = timedelta(0)

    @property
    def fields(self) -> set[str]:
        """Return the names of the fields the words need."""
        return {
            name for part in (self.subject, self.body) for _, name, _, _ in Formatter().parse(part) if name is not None
        }

    def fill(self, fields: Mapping[str, str]) -> tuple[str, str]:
        """Return the subject, one line that fits a mail header, and the body; raise KeyError for a missing field."""
        one_line = " ".join(self.subject.format_map(fields).split())
        return shorten(one_line, MAX_SUBJECT, placeholder="…"), self.body.format_map(fields)


def register_text(code: str, subject: str, body: str, *, wait: timedelta = timedelta(0)) -> None:
    """Add the words of a message, from an app's `ready()`; raise ValueError for a field that is not safe."""
    text = Text(code, subject, body, wait)
    unsafe = text.fields - SAFE_FIELDS
    if unsafe or not _CODE.fullmatch(code):
        raise ValueError(f"the text {code} uses fields a message may not carry: {', '.join(sorted(unsafe))}")
    if _texts.get(code, text) != text:
        raise ValueError(f"there is another text with the code {code}")
    _texts[code] = text


def text(code: str) -> Text:
    """Return the words of a message; raise ValueError when nobody registered them."""
    try:
        return _texts[code]
    except KeyError:
        raise ValueError(f"no text is registered for the message {code}") from None


def registered() -> dict[str, Text]:
    """Return every text by its code, for the reference page and the tests."""
    return dict(sorted(_texts.items()))
