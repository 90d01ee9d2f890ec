"""By what people's sayings are published: fewer codes than are recorded, and never a day nor an agency (ADR 60)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from backend.core import vocabulary
from backend.core.vocabulary import NOT_KNOWN
from backend.insights.codes import Dimension

SAYING_DIMENSIONS = ("month", "ward", "speaker", "direction")
NAMES = SAYING_DIMENSIONS[1:]


@dataclass(frozen=True, slots=True)
class Said:
    """What a saying says of itself, as it is recorded."""

    ward: str
    speaker: str
    direction: str

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the published codes, in the order of the dimensions after the month."""
        return tuple(
            code if code in one.codes else NOT_KNOWN
            for one, code in zip(saying_dimensions().values(), (self.ward, self.speaker, self.direction), strict=True)
        )


@cache
def saying_dimensions() -> Mapping[str, Dimension]:
    """Return what the sayings may be asked by beside the month, in the order in which they are published."""
    found = (
        Dimension("ward", "Ward", {**_words("wards"), NOT_KNOWN: "The whole city, or not said"}),
        Dimension("speaker", "Who said it", _words("voice_speakers")),
        Dimension("direction", "What it is about", _words("voice_directions")),
    )
    return {one.name: one for one in found}


def voice_themes() -> Mapping[str, str]:
    """Return the themes that a saying may touch, with their words: each may touch several."""
    return _words("voice_themes")


def _words(name: str) -> dict[str, str]:
    return {term.code: term.label for term in vocabulary.get(name)}
