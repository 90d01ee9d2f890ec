"""What is missing or wrong in the answers, and how far each section is: the same for task list and submission."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from backend.referrals.form.asking import asked, that_count
from backend.referrals.form.parts import OPTIONAL_GROUP, Answers, Circumstances, Problem, Section, is_empty
from backend.referrals.form.rules import RULES
from backend.referrals.form.sections import FIELDS, PLACES, SECTIONS
from backend.referrals.form.values import check


class Status(StrEnum):
    """How far a section is."""

    CANNOT_START_YET = "cannot_start_yet"
    NOT_STARTED = "not_started"
    OPTIONAL = "optional"
    INCOMPLETE = "incomplete"
    COMPLETED = "completed"


def problems(answers: Answers, circumstances: Circumstances) -> list[Problem]:
    """Return all that stands between these answers and sending them, in the order of the form; none means it can go.

    `answers` are plain values by field name. Answers to questions that are not asked do not count.
    """
    found: dict[str, list[Problem]] = {}
    for field in asked(FIELDS.values(), answers):
        for where, sentence in check(field, answers.get(field.name), circumstances):
            found.setdefault(field.name, []).append(_problem(field.name, where, sentence))
    counting = that_count(answers)
    for rule in RULES:
        for name, sentence in rule(counting, circumstances):
            if name not in found:
                found[name] = [_problem(name, "", sentence)]
    return [problem for name in FIELDS for problem in found.get(name, ())]


def statuses(answers: Answers, found: Iterable[Problem]) -> Mapping[str, Status]:
    """Return the status of each section, given the problems of the whole."""
    unfinished = {problem.section for problem in found}
    return {section.name: _status(section, answers, unfinished) for section in SECTIONS}


def _status(section: Section, answers: Answers, unfinished: set[str]) -> Status:
    if not unfinished.isdisjoint(section.needs):
        return Status.CANNOT_START_YET
    begun = any(not is_empty(answers.get(field.name)) for field in asked(section.fields, answers))
    if section.name not in unfinished:
        return Status.COMPLETED if begun or section.group != OPTIONAL_GROUP else Status.OPTIONAL
    return Status.INCOMPLETE if begun else Status.NOT_STARTED


def _problem(name: str, where: str, sentence: str) -> Problem:
    section, page = PLACES[name]
    return Problem(f"{name}.{where}" if where else name, section.name, page.name, sentence)
