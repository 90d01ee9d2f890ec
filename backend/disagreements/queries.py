"""Reads of disagreements: what is visible to whom, what the rules need, lists, and who answers at a stage."""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.models import Involvement
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.agencies.models import EscalationStep
from backend.disagreements.models import Disagreement, Turn
from backend.disagreements.rules import Facts

ANSWERS = ("answered", "upheld")


def visible_to(actor: Actor) -> QuerySet[Disagreement]:
    """Return the disagreements of the actor's side, and those about a record that the actor's agency holds now."""
    found = Disagreement.objects.select_related("raising_agency", "deciding_agency", "owner_agency")
    if actor.is_system:
        return found
    sees = policy.relations_that([Permission.DISAGREEMENT_SEE], actor.role)
    sides = _sides(actor, sees)
    if Relation.HOLDER in sees:
        holds = Involvement.objects.filter(
            root_id=OuterRef("about_id"), relation=Relation.HOLDER, agency_id=actor.agency_id, ends_at=None
        )
        sides |= Q(Exists(holds))
    return found.filter(sides).exclude(queries.barred(actor))


def _sides(actor: Actor, sees: frozenset[Relation]) -> Q:
    sides = Q(pk__in=[])
    if Relation.DISAGREEING in sees:
        sides |= Q(raising_agency_id=actor.agency_id)
    if Relation.ANSWERING in sees:
        sides |= Q(owner_agency_id=actor.agency_id) | Q(deciding_agency_id=actor.agency_id)
    return sides


def opens(actor: Actor, target: Disagreement, relations: Collection[Relation]) -> bool:
    """Say whether the actor may open one they see on its record's page, to which they stand in `relations`."""
    sees = policy.relations_that([Permission.DISAGREEMENT_SEE], actor.role)
    answers = {target.owner_agency_id, target.deciding_agency_id}
    return (
        (Relation.DISAGREEING in sees and actor.agency_id == target.raising_agency_id)
        or (Relation.ANSWERING in sees and actor.agency_id in answers)
        or (Relation.HOLDER in sees and Relation.HOLDER in relations)
    )


def raised(actor: Actor) -> QuerySet[Disagreement]:
    """Return what the actor's agency has raised, the latest first."""
    return visible_to(actor).filter(raising_agency_id=actor.agency_id).order_by("-id")


def to_answer(actor: Actor) -> QuerySet[Disagreement]:
    """Return what the managers of the actor's agency have to answer or have answered, those due next first."""
    if not policy.holds(actor, Permission.DISAGREEMENT_ANSWER):
        return Disagreement.objects.none()
    mine = visible_to(actor).filter(owner_agency_id=actor.agency_id, state__in=Disagreement.OPEN)
    return mine.order_by("next_due_at", "id")


def about_us(actor: Actor) -> QuerySet[Disagreement]:
    """Return every challenge of a decision of the actor's agency, open or over, the latest first."""
    if not policy.holds(actor, Permission.DISAGREEMENT_ANSWER):
        return Disagreement.objects.none()
    return visible_to(actor).filter(deciding_agency_id=actor.agency_id).order_by("-id")


VIEWS: Mapping[str, Callable[[Actor], QuerySet[Disagreement]]] = {
    "raised": raised,
    "to-answer": to_answer,
    "about-us": about_us,
}


def facts(target: Disagreement, actor: Actor) -> Facts:
    """Return what the rules of a disagreement need, in two statements."""
    answers = Turn.objects.filter(root_id=target.id, kind__in=ANSWERS, stage__lt=target.stage)
    step = next_step(target)
    return Facts(
        actor=actor,
        answered_before=frozenset(by for by in answers.values_list("by_id", flat=True) if by),
        next_agency=step.agency.name if step else "",
    )


def turns(target: Disagreement) -> list[Turn]:
    """Return what was said so far, the first first."""
    return list(Turn.objects.filter(root_id=target.id).order_by("at", "id"))


def next_step(target: Disagreement) -> EscalationStep | None:
    """Return who looks at it next: the first of those the partnership named for a later stage than it has reached.

    Never one of the two sides, who would judge what is theirs, nor who has it now: such a stage is passed over, so
    that each stage is more senior than the one before. None when nobody more senior is left.
    """
    named = EscalationStep.objects.filter(partnership_id=target.partnership_id, agency__ended_at=None)
    sides = {target.raising_agency_id, target.deciding_agency_id, target.owner_agency_id}
    later = named.filter(stage__gt=target.stage).exclude(agency_id__in=sides)
    return later.select_related("agency").order_by("stage").first()


def open_about(about_ids: list[UUID]) -> QuerySet[Disagreement]:
    """Return the open disagreements about some records, as far as row security shows them."""
    return Disagreement.objects.filter(about_id__in=about_ids, state__in=Disagreement.OPEN)
