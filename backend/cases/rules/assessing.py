"""What must be true before an assessment is complete, and what was typed turned into what it says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from backend.cases.models import Assessment
from backend.cases.rules.leading import Given
from backend.core import vocabulary

# Answers as a draft keeps them: {name: value of any JSON type}.
Typed = Mapping[str, Any]
_NEEDED = {
    "needs": "Say what the child and family need.",
    "strengths": "Say what is strong already, and who helps.",
    "factors": "Choose at least one factor that you have found.",
}
_SILENT = "Write what the child says in their own words, or choose why the child’s words are missing."


@dataclass(frozen=True, slots=True)
class AssessmentFacts:
    """What the actor has typed so far; nothing when somebody else is writing it."""

    typed: Typed = field(default_factory=dict)
    is_writer: bool = False


def said_in(typed: Typed) -> dict[str, Any]:
    """Return what the answers say, in the types of the table; what is no answer to its question says nothing."""
    factors = typed.get("factors")
    known = vocabulary.get("factors")
    chosen = [code for code in factors if code in known] if isinstance(factors, list) else []
    why_not = typed.get("child_words_why_not")
    return {
        **{name: _text(typed.get(name)) for name in Assessment.TEXTS},
        "factors": list(dict.fromkeys(chosen)),
        "child_words_why_not": why_not if why_not in vocabulary.get("voice_why_not") else "",
    }


def missing_in(typed: Typed) -> Iterator[tuple[str, str]]:
    """Yield (field, sentence) for each answer that the assessment still needs."""
    said = said_in(typed)
    for name, sentence in _NEEDED.items():
        if not said[name]:
            yield name, sentence
    if not said["child_words"] and not said["child_words_why_not"]:
        yield "child_words", _SILENT


def nothing_is_missing(assessment: Assessment, facts: AssessmentFacts, given: Given | None) -> Iterator[str]:
    """Needs, strengths, factors and the child's words are there (workflow.md, `agree_plan`)."""
    if not facts.is_writer:
        yield f"{assessment.started_by_name} is writing this assessment. Only they can say that it is complete."
        return
    for _name, sentence in missing_in(facts.typed):
        yield sentence


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
