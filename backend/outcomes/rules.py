"""What a score means: totals, and the published bands of a questionnaire where they are known for its version."""

from collections.abc import Mapping
from datetime import date

from backend.children.ages import years_between
from backend.core import vocabulary
from backend.outcomes.models import GOAL

# The scales of the Strengths and Difficulties Questionnaire, each from 0 to 10; all but the last make its total.
SCALES = ("emotional", "conduct", "hyperactivity", "peer", "prosocial")
_IN_TOTAL = SCALES[:4]
TOTAL = "total"
# The ages for which a version of it is published (measures.csv).
_YOUNGEST, _OLDEST = 4, 17


def total_of(parts: Mapping[str, int]) -> int:
    """Return the total difficulties: every scale but the prosocial one, 0 to 40."""
    return sum(parts[scale] for scale in _IN_TOTAL)


def band_of(measure: str, scale: str, value: int | None) -> str:
    """Return the published band of a number in words; nothing where none is known for this version and scale."""
    if value is None:
        return ""
    for term in vocabulary.get("sdq_bands"):
        more = term.more
        if (more["measure"], more["scale"]) == (measure, scale) and int(more["least"]) <= value <= int(more["most"]):
            return term.label
    return ""


def most_of(measure: str) -> int:
    """Return the highest number of a measure."""
    return int(vocabulary.get("measures").terms[measure].more["most"])


def is_better(measure: str, before: int, now: int) -> bool | None:
    """Say whether a number has moved the right way; None when it has not moved."""
    if before == now:
        return None
    return (now > before) == (measure == GOAL)


def questionnaire_fits(born: date | None, on: date) -> bool:
    """Say whether there is a questionnaire for a child born on this day; not for one whose birth nobody knows."""
    return born is not None and _YOUNGEST <= years_between(born, on) <= _OLDEST
