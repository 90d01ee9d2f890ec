"""The page that stops the form while a child is in danger and nobody has been called: numbers, and no questions."""

from typing import Any

from backend.referrals.form.parts import Answers, is_empty
from backend.referrals.intake.receiving import Receiver, Receivers

TITLE = "Call now, then come back"
LINES = [
    "If the child is in danger right now, call 999.",
    "Then call the front door. Tell them what you have seen and where the child is.",
    "Write down who you spoke to and when. What you typed is saved.",
]


def in_danger(answers: Answers) -> bool:
    """Say whether the child was in danger when this was written."""
    return answers.get("danger_now") is True


def stop(answers: Answers, receivers: Receivers) -> dict[str, Any] | None:
    """Return the stop page {title, lines, phones: [{label, number}]} while a call is missing, else None."""
    if not in_danger(answers) or not is_empty(answers.get("danger_called")):
        return None
    numbers = [("Emergency services", "999")]
    for agency in (receivers.front_door, receivers.chosen(answers.get("receiving_agency"))):
        numbers += _numbers(agency)
    return {
        "title": TITLE,
        "lines": LINES,
        "phones": [{"label": label, "number": number} for label, number in dict.fromkeys(numbers) if number],
    }


def _numbers(agency: Receiver | None) -> list[tuple[str, str]]:
    if agency is None:
        return []
    after_hours = f"{agency.out_of_hours_name or agency.name} (evenings, nights, weekends)"
    return [(agency.name, agency.phone), (after_hours, agency.out_of_hours_phone)]
