"""The lists that somebody keeps under a name, and those that colleagues who manage show them."""

from django.db.models import QuerySet

from backend.access import policy
from backend.access.actors import Actor
from backend.administration.keeping import PLACES
from backend.administration.models import SavedList
from backend.agencies.roles import Role


def own(actor: Actor) -> QuerySet[SavedList]:
    """Return what the actor keeps in this agency, what they removed included."""
    return SavedList.objects.filter(agency_id=actor.agency_id, owner_id=actor.user_id)


def visible_to(actor: Actor) -> QuerySet[SavedList]:
    """Return what the actor keeps, and for a manager what other managers of the agency show, by name."""
    found = own(actor).filter(removed_at=None)
    if actor.role is Role.MANAGER:
        found |= SavedList.objects.filter(agency_id=actor.agency_id, is_shared=True, removed_at=None)
    opens = [path for path, place in PLACES.items() if policy.holds(actor, place.permission)]
    return found.filter(path__in=opens).order_by("name", "id")


def may_share(actor: Actor) -> bool:
    """Say whether there is anybody to show a list to: managers show theirs to each other."""
    return actor.role is Role.MANAGER
