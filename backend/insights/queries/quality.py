"""How complete records are in one agency: each question of the referral form, and each of the child's details.

A question counts where it was asked: of a referral that was not asked it, nothing is missing. What may bear a label is
left out, because some of it may not be read by whoever reads these numbers, and would look like a gap.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from backend.access.actors import Actor
from backend.access.marks import Mark
from backend.cases import queries as cases
from backend.cases.models import Case
from backend.children.models import Child
from backend.core.vocabulary import NOT_KNOWN
from backend.insights.queries.flow import Period
from backend.referrals.form.asking import is_asked
from backend.referrals.form.marking import may_be_marked
from backend.referrals.form.parts import Field, is_empty
from backend.referrals.form.sections import FIELDS
from backend.referrals.models import Referral, SentAnswers
from backend.referrals.queries import lists

REFERRAL, CHILD = PARTS = ("referral", "child")
# The latest ones where there are more: enough to see what is not asked, and the page comes at once.
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
Given = tuple[UUID, Iterable[tuple[str, Any]]]


@dataclass(slots=True)
class Tally:
    """What became of one question: of how many it was asked, and which records have no answer."""

    asked: int = 0
    answered: int = 0
    not_known: int = 0
    empty: list[UUID] = field(default_factory=list)


def quality(actor: Actor, period: Period) -> Mapping[str, tuple[int, Mapping[str, Tally]]]:
    """Return for each part how many records there are and the tally of each question, in two statements a part."""
    sent, helped = list(_sent(actor, period)), list(_helped(actor))
    return {REFERRAL: (len(sent), _tallied(QUESTIONS, sent)), CHILD: (len(helped), _tallied(DETAILS, helped))}


def missing(actor: Actor, period: Period, *, part: str, question: str) -> QuerySet[Any]:
    """Return the very records in which one question was asked and left empty, the latest first."""
    if part == REFERRAL:
        ids = _tallied([question], _sent(actor, period))[question].empty
        return _received(actor, period).filter(pk__in=ids).order_by("-submitted_at", "-id")
    ids = _tallied([question], _helped(actor))[question].empty
    return cases.led(actor).filter(pk__in=ids).order_by("-opened_at", "-id")


def _tallied(names: Iterable[str], given: Iterable[Given]) -> Mapping[str, Tally]:
    tallies = {name: Tally() for name in names}
    for pk, answers in given:
        for name, value in answers:
            if name not in tallies:
                continue
            tally = tallies[name]
            tally.asked += 1
            if is_empty(value):
                tally.empty.append(pk)
            elif value in _UNKNOWN:
                tally.not_known += 1
            else:
                tally.answered += 1
    return tallies


def _received(actor: Actor, period: Period) -> QuerySet[Referral]:
    since, until = period.bounds
    held = lists.held(actor).filter(submitted_at__gte=since, submitted_at__lt=until)
    return held.exclude(state=Referral.ENTERED_IN_ERROR)


def _sent(actor: Actor, period: Period) -> Iterator[Given]:
    """Yield each referral with its answers as they were sent, to what was asked of it."""
    received = _received(actor, period).order_by().select_related(None).values("id")
    found: Sequence[tuple[UUID, Mapping[str, Any]]] = list(
        SentAnswers.objects.filter(root_id__in=received, mark=Mark.NONE)
        .order_by("-sent_at", "-id")
        .values_list("root_id", "answers")[:MOST]
    )
    for pk, answers in found:
        asked = (one for one in QUESTIONS.values() if is_asked(one, answers))
        yield pk, [(one.name, answers.get(one.name)) for one in asked]


def _helped(actor: Actor) -> Iterator[Given]:
    """Yield each open case that the agency leads with the details of its child; a baby to come has few of them."""
    led: Sequence[Case] = list(cases.led(actor).select_related(None).order_by("-opened_at", "-id")[:MOST])
    children = Child.objects.in_bulk({one.child_id for one in led})
    for one in led:
        child = children.get(one.child_id)
        if child is not None:
            yield one.id, _details(child)


def _details(child: Child) -> list[tuple[str, Any]]:
    born = child.date_of_birth
    names = list(DETAILS) if born or not child.expected_date else ["date_of_birth", "sex", "ethnicity"]
    values = {name: getattr(child, name) for name in names}
    if not born and child.expected_date:
        values["date_of_birth"] = child.expected_date
    if not values["ethnicity"] or values["ethnicity"] in _UNKNOWN:
        values.pop("ethnicity_said_by", None)
    return list(values.items())
