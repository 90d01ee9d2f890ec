"""How a page is built, for the checker of barriers: it takes longer than the page, and is asked once for each way."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"])
# Parts of a page that have to be told apart by what they are called.
LANDMARKS = frozenset(["nav", "section", "aside", "form", "fieldset", "dialog"])
DRAWN = ("d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "points", "transform", "viewbox")
# What a checker does not look at: which words, which record, which place in a drawing.
CONTENTS = frozenset(
    [*("value", "datetime", "content", "href", "src", "aria-label", "alt", "title", "placeholder"), *DRAWN]
)
# What refers to another element, or is referred to: which key or number it is made of says nothing.
NAMES = frozenset(["id", "for", "name", "list", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns"])
KEYS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
KEY_OR_NUMBER = re.compile(rf"{KEYS.pattern}|\d+")
# Around a key or a number, until it is known the how-many-th of its element it is.
MARKED = re.compile("\x01([^\x02]*)\x02")


@dataclass
class _Element:
    opened: str = ""
    children: list[str] = field(default_factory=list)

    def built(self) -> str:
        """Itself, with one of those inside it that are built alike: a list of ten is a list of one."""
        kept: dict[str, str] = {}
        for child in self.children:
            kept.setdefault(_by_place(child), child)
        return f"{self.opened}{''.join(kept.values())}</>"


class _Builder(HTMLParser):
    """Reads a page and keeps what a checker of barriers would see of it."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [_Element()]
        self.tags: list[str] = []
        self.looks: list[str] = []
        self.worded: set[str] = set()
        self.ids: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; one that has no end is over with it."""
        self.ids.update(value for name, value in attrs if name == "id" and value)
        opened = f"<{tag} {' '.join(_told(tag, attrs))}>"
        looks = f"{tag} {' '.join(_told(tag, [one for one in attrs if one[0] not in NAMES]))}"
        if tag in VOID:
            self.open[-1].children.append(opened)
            self.worded.add("/".join([*self.looks, looks]))
            return
        self.tags.append(tag)
        self.looks.append(looks)
        self.open.append(_Element(opened))

    def handle_endtag(self, tag: str) -> None:
        """Close it, and whatever was left open in it."""
        while tag in self.tags:
            inner = self.open.pop()
            self.open[-1].children.append(inner.built())
            self.looks.pop()
            if self.tags.pop() == tag:
                return

    def handle_data(self, data: str) -> None:
        """Say that there are words."""
        if data.strip():
            self.open[-1].children.append("words")
            self.worded.add("/".join(self.looks))


@dataclass(frozen=True)
class Built:
    """How a page is built, and in what its words stand: every element around them, by all that styles speak of.

    `structure` is what another record's page has in common with it, however many there are of each.
    """

    structure: str
    worded: frozenset[str]


def built(html: str) -> Built:
    """Read a page."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    while builder.tags:
        builder.handle_endtag(builder.tags[-1])
    twice = sum(times > 1 for times in builder.ids.values())
    structure = f"{_by_place(builder.open[0].built())} {twice} twice"
    return Built(structure, frozenset(_by_place(one) for one in builder.worded))


def _told(tag: str, attrs: list[tuple[str, str | None]]) -> Iterator[str]:
    for name, value in attrs:
        if value and name in CONTENTS and tag not in LANDMARKS:
            yield name
            continue
        keyless = (KEY_OR_NUMBER if name in NAMES else KEYS).sub("\x01\\g<0>\x02", value or "")
        yield f'{name}="{keyless}"'


def _by_place(built: str) -> str:
    """Each key and number as the how-many-th it is here."""
    places: dict[str, str] = {}
    return MARKED.sub(lambda found: places.setdefault(found[1], f"key {len(places)}"), built)
