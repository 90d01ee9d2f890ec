"""How complete records are in one agency: each question of the referral form, and each of the child's details.

A question counts where it was asked: of a referral that was not asked it, nothing is missing. What may bear a label is
left out, because some of it may not be read by whoever reads these numbers, and would look like a gap.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from backend.access.actors import Actor
from backend.access.marks import Mark
from backend.cases import queries as cases
from backend.cases.models import Case
from backend.core.vocabulary import NOT_KNOWN
from backend.insights.queries.figures import WHOLE, Figure, Said
from backend.insights.queries.flow import DAY_OF_NOW, Period, Records
from backend.insights.queries.received import received
from backend.insights.queries.whose import Counter, countable
from backend.referrals.form.asking import is_asked, was_asked
from backend.referrals.form.marking import may_be_marked
from backend.referrals.form.parts import Field, is_empty
from backend.referrals.form.sections import FIELDS
from backend.referrals.models import SentAnswers
from backend.referrals.queries import lists

REFERRAL, CHILD = PARTS = ("referral", "child")
# The latest ones where there are more, until the worker has counted everybody: enough to see what is not asked.
MOST = 2_000
QUESTIONS: Mapping[str, Field] = {
    name: one for name, one in FIELDS.items() if one.mark is Mark.NONE and not may_be_marked(one)
}
# Of a child who is helped now: what a worker keeps right. Where the child lives may be protected.
DETAILS: Mapping[str, str] = {
    "date_of_birth": "Date of birth, or when the baby is expected",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "ethnicity_said_by": "Who said the ethnicity",
    "language": "First language",
    "school": "School, college or nursery",
    "nhs_number": "NHS number",
    "upn": "Unique pupil number",
}
_UNKNOWN = (NOT_KNOWN, "not_yet_asked")
# Of a baby who is not born yet, no more is asked.
_OF_A_BABY = ("date_of_birth", "sex", "ethnicity")
_LATEST_FIRST = ("-submitted_at", "-id")
ASKED, NOT_SAID, EMPTY = "asked", "not_known", "empty"


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of one question: of how many it was asked, and how many say that it is not known, or nothing."""

    asked: int
    not_known: int
    empty: int

    @property
    def answered(self) -> int:
        """Return how many have an answer."""
        return self.asked - self.not_known - self.empty


def part_of(became: str, question: str) -> str:
    """Return the name of a number of one question."""
    return f"{became}.{question}"


def _received(actor: Actor, period: Period) -> Records:
    """Return the referrals that were sent, each with its answers as they were then; nothing that may bear a label."""
    answers = SentAnswers.objects.filter(root_id=OuterRef("id"), mark=Mark.NONE).values("answers")[:1]
    sent: Records = received(actor, period)
    if not isinstance(actor, Counter):
        # Answers are read one by one: of so many, and where there are more, of the latest.
        sent = sent.filter(id__in=sent.order_by(*_LATEST_FIRST).values("id")[:MOST])
    found: Records = sent.annotate(answers=Subquery(answers)).filter(answers__isnull=False)
    return found


def _said(answers: Mapping[str, Any]) -> Iterator[str]:
    """Yield what became of each question in one referral; of what is always asked not that it was asked."""
    for name, one in QUESTIONS.items():
        if not is_asked(one, answers):
            continue
        if one.show_if is not None:
            yield part_of(ASKED, name)
        value = answers.get(name)
        if is_empty(value):
            yield part_of(EMPTY, name)
        elif value in _UNKNOWN:
            yield part_of(NOT_SAID, name)


def _without(question: str) -> Q:
    """Return the referrals in which a question was asked and left empty: of what is empty nothing is kept."""
    return was_asked(QUESTIONS[question], "answers") & ~Q(answers__has_key=question)


def _detail(name: str) -> Mapping[str, Q]:
    """Return the cases in which a detail of the child is asked for, is said not to be known, and is missing."""
    column = f"child__{name}"
    baby = Q(child__date_of_birth=None, child__expected_date__isnull=False)
    asked = Q() if name in _OF_A_BABY else ~baby
    if name == "date_of_birth":
        return {ASKED: asked, NOT_SAID: Q(pk__in=[]), EMPTY: Q(child__date_of_birth=None, child__expected_date=None)}
    if name == "ethnicity_said_by":
        asked &= ~Q(child__ethnicity__in=("", *_UNKNOWN))
    return {
        ASKED: asked,
        NOT_SAID: asked & Q(**{f"{column}__in": _UNKNOWN}),
        EMPTY: asked & Q(**{column: ""}),
    }


def _helped(actor: Actor, _period: Period) -> Records:
    led = Case.objects.filter(lead_agency_id=actor.agency_id, state__in=Case.OPEN)
    found: Records = countable(actor, led)
    return found


SENT = Figure(
    _received,
    {},
    _LATEST_FIRST,
    {"said": Said("answers", says=_said, of=tuple(f"{name} {one.show_if}" for name, one in QUESTIONS.items()))},
)
HELPED = Figure(
    _helped,
    {part_of(became, name): chosen for name in DETAILS for became, chosen in _detail(name).items()},
    ("-opened_at", "-id"),
    day=DAY_OF_NOW,
)


def tallies(part: str, numbers: Mapping[str, Any]) -> tuple[int, Mapping[str, Tally]]:
    """Return of how many records numbers are, and what became of each question."""
    whole = numbers[WHOLE]
    if part == CHILD:
        counts = {name: [numbers[f"part_{part_of(one, name)}"] for one in (ASKED, NOT_SAID, EMPTY)] for name in DETAILS}
        return whole, {name: Tally(*three) for name, three in counts.items()}
    said = numbers["said"]
    return whole, {
        name: Tally(
            whole if one.show_if is None else said.get(part_of(ASKED, name), 0),
            said.get(part_of(NOT_SAID, name), 0),
            said.get(part_of(EMPTY, name), 0),
        )
        for name, one in QUESTIONS.items()
    }


def missing(actor: Actor, period: Period, *, part: str, question: str) -> QuerySet[Any]:
    """Return the very records in which one question was asked and left empty, the latest first."""
    if part == REFERRAL:
        ids = _received(actor, period).filter(_without(question)).values("id")
        return lists.held(actor).filter(pk__in=ids).order_by(*_LATEST_FIRST)
    ids = HELPED.of(actor, period).filter(HELPED.parts[part_of(EMPTY, question)]).values("id")
    return cases.led(actor).filter(pk__in=ids).order_by(*HELPED.order)
