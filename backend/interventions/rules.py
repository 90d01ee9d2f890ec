"""What must be true before an edge of an intervention or of a session: pure generators that yield reasons."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from backend.access.actors import Actor
from backend.core import clock
from backend.directory.models import Service
from backend.directory.rules import ages_in_words
from backend.interventions.models import Intervention, Session
from backend.interventions.states import CALLED_OFF, SERVICE_ENDED
from backend.sharing.rules import basis_of, basis_problems, end_problems
from backend.workflow.machine import Given
from backend.workflow.undo import undo_until


@dataclass(frozen=True, slots=True)
class Named:
    """An agency by its name and kind."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the rules of an intervention need: who asks, the child's age, the service as it is now, agencies."""

    actor: Actor
    today: date
    age: int | None
    service: Service
    agencies: Mapping[UUID, Named]
    # Who could give it, by person; only for those who may say who does.
    givers: Mapping[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """Who asks, and the intervention that a session belongs to."""

    actor: Actor
    intervention: Intervention | None


def service_takes_people(target: Intervention, facts: Facts, given: Given | None) -> Iterator[str]:
    """Nobody is sent to a service that is paused or has ended. How full it is, is shown, not enforced."""
    if facts.service.state != Service.ACTIVE:
        yield f"{facts.service.name} takes nobody now: {Service.LABELS[facts.service.state].lower()}."


def age_fits(target: Intervention, facts: Facts, given: Given | None) -> Iterator[str]:
    """The child is of the age the service is for, where both are known."""
    youngest, oldest = facts.service.min_age, facts.service.max_age
    if facts.age is None:
        return
    if (youngest is not None and facts.age < youngest) or (oldest is not None and facts.age > oldest):
        words = ages_in_words(youngest, oldest)
        yield f"{facts.service.name} is for {words}. The child is {facts.age}. Choose another service."


def basis_is_open_to_both(target: Intervention, facts: Facts, given: Given | None) -> Iterator[str]:
    """What the provider is shown is shared on a basis that it and the lead agency may both use."""
    sender, recipient = sharers(target)
    if given is None:
        return
    if sender is None or recipient is None:
        yield from (sentence for _field, sentence in end_problems(basis_of(given)))
        return
    for _field, sentence in basis_problems(
        facts.agencies[sender].kind, facts.agencies[recipient].kind, basis_of(given)
    ):
        yield sentence


def provider_answers_itself(target: Intervention, facts: Facts, given: Given | None) -> Iterator[str]:
    """Nobody answers for an agency that works here; for one without an account, whoever rang it does."""
    provider = target.provider_agency_id
    if provider is not None and provider != facts.actor.agency_id:
        yield f"{target.organisation} answers this itself. Ring them if it is urgent."


def worker_can_give_it(target: Intervention, facts: Facts, given: Given | None) -> Iterator[str]:
    """The person named works for the provider now, and is not too close to the family."""
    if not facts.givers:
        yield "Nobody in your agency can give this: add somebody first, or tell the lead practitioner."
    elif given is not None and given["worker_id"] not in facts.givers:
        yield "Choose somebody who works for your agency now and can work with this family."


def provider_reads(target: Intervention, facts: Facts, given: Given | None) -> Iterator[str]:
    """Only what somebody reads can be closed to them."""
    if target.provider_agency_id is None or target.is_stopped:
        yield f"{target.organisation} does not read this, so there is nothing to stop."


def provider_reads_no_more(target: Intervention, facts: Facts, given: Given | None) -> Iterator[str]:
    """Only what was closed to its provider is opened again."""
    if not target.is_stopped:
        yield f"{target.organisation} reads this already."


def provider_reads_on(target: Intervention, facts: Facts, given: Given | None) -> Iterator[str]:
    """Nothing goes on with a provider that may no longer read what it is about."""
    if target.is_stopped:
        yield f"{target.organisation} may no longer read this. Share it again on another basis, or cancel it."


def answered_already(target: Intervention, facts: Facts, given: Given | None) -> Iterator[str]:
    """What the family said, they have said."""
    if given is not None and given["agreed_on"] > facts.today:
        yield "The day the family answered cannot be in the future."


def begun_already(target: Intervention, facts: Facts, given: Given | None) -> Iterator[str]:
    """What starts later waits until then."""
    if given is not None and given["started_on"] > facts.today:
        yield "It starts on a day that has come. Put it on the waiting list until then, with the day you expect."


def expected_ahead(target: Intervention, facts: Facts, given: Given | None) -> Iterator[str]:
    """A place is expected from today on."""
    if given is not None and given["expected_on"] is not None and given["expected_on"] < facts.today:
        yield "The day a place is expected cannot be in the past."


def sharers(target: Intervention) -> tuple[UUID | None, UUID | None]:
    """Return from which agency to which an offer shares; nothing where nobody new reads anything."""
    if target.provider_agency_id is None or target.provider_agency_id == target.lead_agency_id:
        return None, None
    return target.lead_agency_id, target.provider_agency_id


def is_read_elsewhere(target: Intervention) -> bool:
    """Say whether another agency than the one that leads the case reads it now."""
    return target.offered_at is not None and not target.is_stopped and sharers(target) != (None, None)


def new_goals_have_a_basis(target: Intervention, facts: Facts, given: Given | None) -> Iterator[str]:
    """The words of more goals are shared with who gives it already on a basis that both agencies may use."""
    if given is not None and is_read_elsewhere(target) and not set(given["goals"]) <= set(target.goals):
        yield from basis_is_open_to_both(target, facts, given)


# --- Sessions --------------------------------------------------------------------------------------------------------


def is_under_way(session: Session, facts: SessionFacts, given: Given | None) -> Iterator[str]:
    """Sessions are held while the service is given."""
    if facts.intervention is None or facts.intervention.state != Intervention.STARTED:
        yield "This service is not under way. Start it first."


def was_under_way(session: Session, facts: SessionFacts, given: Given | None) -> Iterator[str]:
    """A session that was due before the service ended is still recorded, and no other one is planned from it."""
    target = facts.intervention
    if target is None or target.ended_at is None or target.started_on is None or is_ahead(session, target.ended_at):
        yield from is_under_way(session, facts, given)
    elif given is not None and given.get("next_at") is not None:
        yield "This service has ended, so no other session can be planned."


def has_been(session: Session, facts: SessionFacts, given: Given | None) -> Iterator[str]:
    """What was recorded is over; before its time nothing is known of it but that it was called off."""
    if given is None:
        return
    at = given.get("happened_at")
    if at is not None and at > clock.now():
        yield "Record a session when it is over: this time is in the future."
    elif at is None and is_ahead(session, clock.now()) and (given["outcome"] or session.outcome) not in CALLED_OFF:
        yield "This session is still ahead. Say when it was if it has been held already. Else move it or call it off."


def is_ahead(session: Session, moment: datetime) -> bool:
    """Say whether the time at which it is planned, or for which it stands, comes after a moment."""
    at = session.happened_at or session.planned_at
    return at is not None and at > moment


def goals_are_tied(session: Session, facts: SessionFacts, given: Given | None) -> Iterator[str]:
    """A session works on goals that its service is tied to: whoever gives it knows of no others."""
    tied = facts.intervention.goals if facts.intervention else []
    if given is not None and not set(given["goals"]) <= set(tied):
        yield "Choose goals that this service works towards."


def is_moved_ahead(session: Session, facts: SessionFacts, given: Given | None) -> Iterator[str]:
    """A session is moved to a time that is still to come."""
    if given is not None and given["planned_at"] <= clock.now():
        yield "Choose a time that is still to come, or record what happened."


def can_be_undone(session: Session, facts: SessionFacts, given: Given | None) -> Iterator[str]:
    """Within ten minutes, by who wrote it, while nothing has followed from it (architecture.md, Undo)."""
    if session.written_by_id != facts.actor.user_id:
        yield "Only the person who wrote this can take it back. Correct it with a reason instead."
    elif session.passed_on_at is not None:
        yield "The lead practitioner has been told of the concern. Correct the record with a reason instead."
    elif session.not_held_why == SERVICE_ENDED:
        yield "It was called off because the service has ended."
    elif session.corrects_id is not None or session.instead_of_id is not None:
        yield "This took the place of another one, so it cannot be taken back. Correct or move it again."
    elif undo_until(session.written_at) is None:
        yield "More than 10 minutes have passed. Correct it with a reason instead."
