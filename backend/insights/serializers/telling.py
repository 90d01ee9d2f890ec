"""The words beside the numbers of outcomes: what each figure finds, and how much it can be trusted."""

from collections.abc import Mapping, Sequence
from typing import Any

Counts = Mapping[str, Any]
Numbers = Mapping[str, Counts]

TITLES: Mapping[str, str] = {
    "reasons": "Why cases closed",
    "steps": "Stepped up and stepped down",
    "sustained": "Whether it has lasted, half a year on",
    "again": "Who came back within twelve months",
    "goals": "What came of goals",
    "goal_scores": "How near goals came, from 0 to 10",
    "questionnaires": "Strengths and Difficulties scores, from the beginning to the end",
    "views": "What was said about the help at the end",
    "services": "Services that were given to the end",
    "services_met": "Needs met, by service",
}
# Fewer give no share at all; under the second, a share comes with a word of caution.
SHARE_FROM, FEW_UNDER = 5, 20

_BOTH_ENDS = "a score from the beginning and one from the end"


def finding(code: str, numbers: Numbers) -> str:
    """Return what a figure says in a sentence or two."""
    return _FINDINGS[code](numbers) if numbers[code]["whole"] else _NONE[code]


def caution(code: str, whole: int) -> str:
    """Return what its reader should keep in mind, of the largest number that shares are of; nothing of none."""
    return " ".join(filter(None, (_ALWAYS.get(code, ""), few(whole)))) if whole else ""


def few(whole: int) -> str:
    """Return a word of caution where few are counted."""
    if whole < SHARE_FROM:
        return "These are too few for a share: one child more or less would be the figure."
    if whole < FEW_UNDER:
        return "These are few: chance alone could make each share anything between its two bounds."
    return ""


def overlapping(rows: Sequence[Mapping[str, Any]], what: str) -> str:
    """Return whether chance alone may have made the difference between shares; nothing of fewer than two."""
    if len(rows) < 2:
        return ""
    if max(row["low"] for row in rows) <= min(row["high"] for row in rows):
        return f"The bounds of all {what} overlap: chance may have made much of the difference."
    return (
        f"The bounds of some {what} do not overlap: chance alone hardly makes such a difference. "
        "What does, these numbers do not say."
    )


def _reasons(numbers: Numbers) -> str:
    return f"{_cases(numbers['reasons']['whole'])} closed."


def _steps(numbers: Numbers) -> str:
    found = numbers["steps"]
    up, down = found["part_up"], found["part_down"]
    return (
        f"Of {_cases(found['whole'])} that closed, {up} ended by stepping up to statutory services such as children’s "
        f"social care, and {down} by stepping down to universal services."
    )


def _goals(numbers: Numbers) -> str:
    return f"{several(numbers['goals']['whole'], 'goal')} stood in the plans of the cases that closed."


def _goal_scores(numbers: Numbers) -> str:
    found = numbers["goal_scores"]
    said = f"Of {several(numbers['goals']['whole'], 'goal')}, {found['whole']} had {_BOTH_ENDS}."
    return said if found["mean"] is None else f"{said} {moved(found['mean'], 'nearer', 'further away')}"


def _questionnaires(numbers: Numbers) -> str:
    found = numbers["questionnaires"]
    said = f"Of {_cases(numbers['reasons']['whole'])}, {found['cases']} had {_BOTH_ENDS}."
    if found["mean"] is None:
        return said
    return f"{said} {moved(found['mean'], 'lower', 'higher')} Lower is better, of 40."


def _views(numbers: Numbers) -> str:
    return f"When {_cases(numbers['views']['whole'])} closed, child and parents were asked what they make of the help."


def _sustained(numbers: Numbers) -> str:
    return f"Half a year was over for {_cases(numbers['sustained']['whole'])} that had closed."


def _again(numbers: Numbers) -> str:
    return f"A year was over for {_cases(numbers['again']['whole'])} that had closed."


def _services(numbers: Numbers) -> str:
    times = several(numbers["services"]["whole"], "service")
    return f"{times} had begun within the cases that closed, and came to the end or ended early."


def _services_met(numbers: Numbers) -> str:
    whole = numbers["services_met"]["whole"]
    return f"{several(whole, 'service')} came to the end. In how many did the case close because needs were met?"


_FINDINGS = {
    "reasons": _reasons,
    "steps": _steps,
    "goals": _goals,
    "goal_scores": _goal_scores,
    "questionnaires": _questionnaires,
    "views": _views,
    "sustained": _sustained,
    "again": _again,
    "services": _services,
    "services_met": _services_met,
}
_NOBODY_CLOSED = "No case of your agency closed in these days."
_NONE: Mapping[str, str] = {
    "reasons": _NOBODY_CLOSED,
    "steps": _NOBODY_CLOSED,
    "views": _NOBODY_CLOSED,
    "goals": "No goal stood in the plan of a case that closed in these days.",
    "goal_scores": f"No goal had {_BOTH_ENDS}.",
    "questionnaires": f"No case that closed had {_BOTH_ENDS}.",
    "sustained": "For no case was half a year over in these days.",
    "again": "For no case was a year over in these days.",
    "services": "No service had begun within the cases that closed.",
    "services_met": "No service came to the end within the cases that closed.",
}
_NOT_ALL = "Those with both scores may have done better or worse than the others."
_ALWAYS: Mapping[str, str] = {
    "steps": "A step up may be the right end: these say where families went, not how well the work was done.",
    "goal_scores": _NOT_ALL,
    "questionnaires": _NOT_ALL,
    "again": "A referral that your agency may not see is not counted.",
    "services_met": (
        "This does not show that a service works: children in different services differ, and most had other help too."
    ),
}


def _cases(number: int) -> str:
    return several(number, "case")


def several(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def moved(mean: float, up: str, down: str) -> str:
    """Return how far scores went on average."""
    by = abs(round(float(mean), 1))
    return (
        f"On average they ended {by} {up if mean > 0 else down}." if by else "On average they ended where they began."
    )
