"""Who of the agency that provides a service could give it: they work there now, and may know of the child."""

from django.db.models import Case, IntegerField, QuerySet, Value, When

from backend.access.queries import may_know
from backend.agencies.models import Membership
from backend.agencies.roles import AGENCY_ROLES, Role
from backend.interventions.models import Intervention


def givers(target: Intervention) -> QuerySet[Membership]:
    """Return who could give it, by name: nobody with a conflict of interest, nor unnamed where it is sealed."""
    if target.provider_agency_id is None:
        return Membership.objects.none()
    open_to = Membership.objects.filter(
        may_know(target.child_id),
        agency_id=target.provider_agency_id,
        role__in=AGENCY_ROLES,
        ended_at=None,
        user__is_active=True,
    )
    return open_to.select_related("user", "agency").order_by("user__name", "role", "id")


def next_giver(target: Intervention) -> Membership | None:
    """Return who has it next when nobody was chosen: a manager before anybody else, and never who has it now."""
    managers_first = Case(When(role=Role.MANAGER, then=Value(0)), default=Value(1), output_field=IntegerField())
    others = givers(target) if target.worker_id is None else givers(target).exclude(user_id=target.worker_id)
    return others.annotate(place=managers_first).order_by("place", "started_at", "user__email", "id").first()
