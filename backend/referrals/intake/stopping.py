"""The pages that stop the form: a child in danger whom nobody has called about, and a family that said no."""

from typing import Any

from backend.referrals.form.agreeing import AT_RISK
from backend.referrals.form.parts import Answers, is_empty
from backend.referrals.intake.receiving import Receiver, Receivers

TITLE = "Call now, then come back"
LINES = [
    "If the child is in danger right now, call 999.",
    "Then call the front door. Tell them what you have seen and where the child is.",
    "Write down who you spoke to and when. What you typed is saved.",
]
AFTER = "When you have called, go on: the form is then the written follow-up of your call. What you typed is saved."
NO_TITLE = "The family said no: stop here first"
NO_LINES = [
    "Early help is theirs to refuse. It does not begin against their will, and no form gets round their no.",
    "You can talk with them again, and say what the help would be.",
    "You can ask the front door for advice without saying who the family is.",
    "If you believe that a child may be harmed, their no does not stop you: go on, and say why it cannot wait.",
]
NO_AFTER = "What you typed is saved whatever you choose."


def in_danger(answers: Answers) -> bool:
    """Say whether the child was in danger when this was written."""
    return answers.get("danger_now") is True


def stop(answers: Answers, receivers: Receivers) -> dict[str, Any] | None:
    """Return the page that stops the form now, {title, lines, phones, after, go_on, is_urgent}, else None."""
    if in_danger(answers) and is_empty(answers.get("danger_called")):
        numbers = [("Emergency services", "999"), *_reached(answers, receivers)]
        return _page(TITLE, LINES, numbers, after=AFTER, go_on="I have called", is_urgent=True)
    if answers.get("agreement") == "refused" and answers.get("without_agreement") != AT_RISK:
        return _page(NO_TITLE, NO_LINES, _reached(answers, receivers), after=NO_AFTER, go_on="Go on")
    return None


def _page(
    title: str,
    lines: list[str],
    numbers: list[tuple[str, str]],
    *,
    after: str,
    go_on: str,
    is_urgent: bool = False,
) -> dict[str, Any]:
    return {
        "title": title,
        "lines": lines,
        "phones": [{"label": label, "number": number} for label, number in dict.fromkeys(numbers) if number],
        "after": after,
        "go_on": go_on,
        "is_urgent": is_urgent,
    }


def _reached(answers: Answers, receivers: Receivers) -> list[tuple[str, str]]:
    agencies = (receivers.front_door, receivers.chosen(answers.get("receiving_agency")))
    return [number for agency in agencies for number in _numbers(agency)]


def _numbers(agency: Receiver | None) -> list[tuple[str, str]]:
    if agency is None:
        return []
    after_hours = f"{agency.out_of_hours_name or agency.name} (evenings, nights, weekends)"
    return [(agency.name, agency.phone), (after_hours, agency.out_of_hours_phone)]
