"""Reads of what the actor's own agency owes a panel: what it knows, a decision written down, minutes signed."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.core import clock
from backend.panels.models import Information, Invitation, Panel, PanelItem
from backend.panels.queries import panels_visible_to, visible_to


def owed_by(actor: Actor) -> QuerySet[PanelItem]:
    """Return the items for which the actor's agency has given nothing yet, and those it chairs and has not decided.

    The first are of meetings to come, the second of meetings whose hour has come; only for who sits on panels.
    """
    if Relation.INVITED not in policy.relations_that([Permission.PANEL_ITEM_GIVE_INFORMATION], actor.role):
        return PanelItem.objects.none()
    now = clock.now()
    asked = Invitation.objects.filter(root_id=OuterRef("pk"), agency_id=actor.agency_id, ended_at=None)
    given = Information.objects.filter(root_id=OuterRef("pk"), agency_id=actor.agency_id)
    to_give = Q(Exists(asked), ~Exists(given), panel__state=Panel.PLANNED, panel__starts_at__gt=now)
    to_decide = Q(chair_agency_id=actor.agency_id, panel__state__in=Panel.OPEN, panel__starts_at__lte=now)
    waiting = visible_to(actor).filter(to_give | to_decide, state=PanelItem.ON_AGENDA)
    return waiting.order_by("panel__starts_at", "id")


def to_sign(actor: Actor) -> QuerySet[Panel]:
    """Return the meetings that are being held and have decided about everything, for who signs their minutes."""
    if Relation.KEEPER not in policy.relations_that([Permission.PANEL_SIGN], actor.role):
        return Panel.objects.none()
    undecided = PanelItem.objects.filter(panel_id=OuterRef("pk"), state=PanelItem.ON_AGENDA)
    held = panels_visible_to(actor).filter(chair_agency_id=actor.agency_id, state=Panel.HELD)
    return held.filter(~Exists(undecided)).order_by("starts_at", "id")
