"""Reads of what was said: those of one's own agency, and how many wait to be read."""

from collections.abc import Callable, Mapping

from django.db.models import Q, QuerySet

from backend.access import policy
from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.voices.models import WORDS, Saying

# Words that wait for a second person.
TO_READ = Q(state=Saying.RECORDED, agreement=WORDS) & ~Q(words="")


def visible_to(actor: Actor) -> QuerySet[Saying]:
    """Return what the actor's own agency wrote down, for whoever works with children there."""
    found = Saying.objects.select_related("agency")
    if actor.is_system:
        return found
    if not policy.holds(actor, Permission.SAYING_SEE):
        return found.none()
    return found.filter(agency_id=actor.agency_id)


VIEWS: Mapping[str, Callable[[QuerySet[Saying]], QuerySet[Saying]]] = {
    "standing": lambda found: found.filter(state__in=Saying.STANDING),
    "to-read": lambda found: found.filter(TO_READ),
    "released": lambda found: found.filter(state=Saying.RELEASED),
    "kept-back": lambda found: found.filter(state=Saying.KEPT_BACK),
    "taken-back": lambda found: found.filter(state=Saying.TAKEN_BACK),
}


def listed(actor: Actor, view: str) -> QuerySet[Saying]:
    """Return one list of them, the latest first."""
    return VIEWS[view](visible_to(actor)).order_by("-id")
