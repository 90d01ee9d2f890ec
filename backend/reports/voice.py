"""What a needs assessment says of what people said: themes that were counted, and words that were released."""

from collections.abc import Iterator, Sequence
from typing import Any

from backend.insights.disclosure import Published
from backend.insights.queries.published import SAYINGS
from backend.insights.queries.tables import NUMBERS_OF, marks_table, months_table, table_of
from backend.insights.queries.voice import Words, among, quotations
from backend.insights.saying_codes import saying_dimensions, voice_themes
from backend.reports.rules import Span

Section = dict[str, Any]
TITLE = "What people said"
_NOUN = NUMBERS_OF[SAYINGS]
# Of each theme so many are quoted: a report is read from end to end.
_MOST_WORDS = 4
# A table each; wards stand in the report's own page of figures, where they can be asked for one by one.
_CUTS = ("speaker", "direction")


def voice_sections(
    report: Published, published: Sequence[str], words: Sequence[Words], span: Span
) -> Iterator[Section]:
    """Yield the section; `published` are the months of the span that have been published so far."""
    themes = voice_themes()
    quoted = quotations(report, among(words, published, {}), most=_MOST_WORDS)
    cuts = [(name, saying_dimensions()[name]) for name in _CUTS]
    yield {
        "id": "voice",
        "title": TITLE,
        "finding": _finding(report, span),
        "tables": [
            marks_table(report, "themes", "Themes", themes, _NOUN),
            *(table_of(report, name, one.label, list(one.codes), one.codes.get, _NOUN) for name, one in cuts),
            months_table(report, span.months, _NOUN),
        ],
        "quotations": [
            {"about": themes[theme], "text": one.text, "beside": list(one.beside)}
            for theme, found in quoted.items()
            for one in found
        ],
    }


def _finding(report: Published, span: Span) -> str:
    if not report.total:
        return f"Too few people said something from {span.said} to show any number."
    return (
        f"About {report.total} things that children, parents and others said were written down from {span.said}. One "
        "may touch several themes."
    )
