"""What people said, as it may be read outside the agencies: published counts, and words where the counts allow it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from backend.core.vocabulary import NOT_KNOWN
from backend.insights.disclosure import Published
from backend.insights.saying_codes import Said, saying_dimensions, voice_themes

_RELEASED = "SELECT month, ward, speaker, direction, themes, words FROM app.words_released()"
# In which order something is said beside words, as far as the counts allow it.
_BESIDE = ("speaker", "direction", "ward")


@dataclass(frozen=True, slots=True)
class Words:
    """Words that were let out, with what is known of them; what of it is shown, the published counts decide."""

    month: str
    said: Mapping[str, str]
    themes: Collection[str]
    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words as they are shown under a theme, with what may stand beside them: who said them, about what, and where."""

    text: str
    beside: Sequence[str]


def words_released() -> list[Words]:
    """Return the words of the partnership that were let out; the database gives them to analysts alone."""
    with connection.cursor() as cursor:
        cursor.execute(_RELEASED)
        rows = cursor.fetchall()
    names = tuple(saying_dimensions())
    return [
        Words(month, dict(zip(names, Said(ward, speaker, direction).codes, strict=True)), themes, text)
        for month, ward, speaker, direction, themes, text in rows
    ]


def among(words: Sequence[Words], months: Collection[str], asked: Mapping[str, str]) -> list[Words]:
    """Return the words of some months that are of what is asked for."""
    return [
        one
        for one in words
        if one.month in months and all(one.said[name] == code for name, code in asked.items() if code)
    ]


def quotations(report: Published, words: Sequence[Words], *, most: int) -> Mapping[str, list[Quotation]]:
    """Return, by theme, the words of a report: of no theme that has too few to show, and with nothing beside them by
    which they would be one of too few."""
    return {
        theme: [Quotation(one.text, list(_beside(report.marked(theme), one))) for one in words if theme in one.themes][
            :most
        ]
        for theme in voice_themes()
        if theme in report.by_mark()
    }


def _beside(of_theme: Published, words: Words) -> Iterator[str]:
    """Yield what is shown beside words: with each further thing there still are enough who said something alike."""
    shown: list[str] = []
    for name in _BESIDE:
        code = words.said[name]
        wanted = [*shown, name]
        if code != NOT_KNOWN and tuple(words.said[one] for one in wanted) in of_theme.by(*wanted):
            shown.append(name)
            yield saying_dimensions()[name].codes[code]
