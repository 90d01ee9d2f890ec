"""Reads of what of a panel's decisions is in the plan of the case, and of what could be put there."""

from collections.abc import Collection, Iterable
from uuid import UUID

from backend.access import policy
from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.access.relations import Relation
from backend.cases.models import Action, Case
from backend.cases.queries.planning import actions_visible_to
from backend.panels.models import PanelDecision, PanelItem


def in_the_plan(actor: Actor, item: PanelItem, decision_ids: Collection[UUID]) -> dict[UUID, Action]:
    """Return the action that carries out each of these decisions, as far as the actor sees it."""
    found = actions_visible_to(actor).filter(root_id=item.case_id, decision_id__in=decision_ids)
    return {action.decision_id: action for action in found if action.decision_id is not None}


def to_put_in_plan(decisions: Iterable[PanelDecision], there: Collection[UUID]) -> list[PanelDecision]:
    """Return the decisions that an agency is to carry out and that are not in the plan yet."""
    return [one for one in decisions if one.owner_agency_id is not None and one.id not in there]


def case_to_plan(actor: Actor, item: PanelItem, at_case: frozenset[Relation]) -> Case | None:
    """Return the case of an item while its plan is written and the actor may add to it."""
    if not policy.allows(actor, Permission.ACTION_ADD, at_case):
        return None
    written = Case.objects.select_related("lead_agency").filter(state__in=Case.WITH_PRACTITIONER)
    return written.filter(pk=item.case_id).first()
