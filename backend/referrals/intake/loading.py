"""The answers of a draft together with everything that judges them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.core import clock
from backend.directory.models import Service
from backend.directory.queries import open_service
from backend.drafts import queries as drafts
from backend.referrals.form.checking import problems
from backend.referrals.form.parts import Answers, Choice, Circumstances, Problem
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
    service: Service | None = None
    # When each answer was given, as the draft keeps it.
    at: Mapping[str, str] = field(default_factory=dict)

    def said_at(self, name: str) -> datetime:
        """Return when an answer was given; now, of one that the draft does not have."""
        return datetime.fromisoformat(self.at[name]) if name in self.at else clock.now()

    @property
    def sends_to(self) -> Any:
        """Return the agency it is meant for: that of the chosen service, else the one that was chosen."""
        return meant_for(self.answers, self.service)

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
    service = chosen_service(actor, answers)
    if service is not None and service.receives_directly and service.agency_id is not None:
        receivers = receivers.opened_by(service.agency_id)
    circumstances = circumstances_of(actor.agency_kind, actor.agency_id, answers, receivers, service)
    at = {name: answer["at"] for name, answer in saved.items() if "at" in answer}
    return Intake(answers, receivers, circumstances, tuple(problems(answers, circumstances)), service, at)


def circumstances_of(
    kind: str, agency_id: UUID | None, answers: Answers, receivers: Receivers, service: Service | None = None
) -> Circumstances:
    """Return what the rules need to know when an agency of this kind sends these answers now."""
    return Circumstances(
        sender_kind=kind,
        recipient_kind=receivers.kind_of_holder(meant_for(answers, service)),
        moment=clock.now(),
        agencies=receivers.choices(agency_id),
        services=(Choice(str(service.id), service.name, service.organisation),) if service else (),
    )


def meant_for(answers: Answers, service: Service | None) -> Any:
    """Return the agency an answer means; an organisation without an account is the front door's to reach."""
    if service is not None and service.agency_id is not None:
        return str(service.agency_id)
    return answers.get("receiving_agency")


def chosen_service(actor: Actor, answers: Answers) -> Service | None:
    """Return the service that is chosen if it can be; one statement, and none while nothing is chosen."""
    chosen = answers.get("service")
    try:
        return open_service(actor, UUID(chosen)) if isinstance(chosen, str) and chosen else None
    except ValueError:
        return None
