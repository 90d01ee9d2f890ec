"""The answers of a draft together with everything that judges them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.core import clock
from backend.drafts import queries as drafts
from backend.referrals.form.checking import problems
from backend.referrals.form.parts import Answers, Circumstances, Problem
from backend.referrals.form.sections import FIELDS, FORM
from backend.referrals.intake.receiving import Receivers, receivers
from backend.referrals.models import Referral


@dataclass(frozen=True, slots=True)
class Intake:
    """Answers so far, who could receive them, and what stands between them and sending."""

    answers: Answers
    receivers: Receivers
    circumstances: Circumstances
    problems: tuple[Problem, ...]

    @property
    def can_be_sent(self) -> bool:
        """Say whether nothing is missing and nothing is wrong."""
        return not self.problems


def load(actor: Actor, referral: Referral) -> Intake:
    """Return the intake of a draft in two statements; a draft nobody has opened has no answers yet."""
    draft = drafts.of_root(actor, referral.id, form=FORM)
    return prepare(actor, draft.answers if draft else {}, receivers(referral.partnership_id))


def prepare(actor: Actor, saved: Mapping[str, Mapping[str, Any]], receivers: Receivers) -> Intake:
    """Return the intake of answers as a draft keeps them: {field: {value, rev, at, by}}."""
    answers = {name: answer["value"] for name, answer in saved.items() if name in FIELDS}
    circumstances = circumstances_of(actor.agency_kind, actor.agency_id, answers, receivers)
    return Intake(answers, receivers, circumstances, tuple(problems(answers, circumstances)))


def circumstances_of(kind: str, agency_id: UUID | None, answers: Answers, receivers: Receivers) -> Circumstances:
    """Return what the rules need to know when an agency of this kind sends these answers now."""
    return Circumstances(
        sender_kind=kind,
        recipient_kind=receivers.kind_of_holder(answers.get("receiving_agency")),
        moment=clock.now(),
        agencies=receivers.choices(agency_id),
    )
