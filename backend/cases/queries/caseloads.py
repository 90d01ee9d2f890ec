"""What each person of an agency has in hand: their open cases by priority, and what these weigh together."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Case as Placed
from django.db.models import Count, Exists, F, JSONField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject

from backend.access.models import Conflict, Named
from backend.access.queries import about_child
from backend.agencies.models import Membership
from backend.agencies.roles import AGENCY_ROLES, Role
from backend.cases.models import Case
from backend.cases.rules import Caseload, Practitioner
from backend.core import vocabulary

WEIGHTS = "caseload_weights"
# The weights' codes are those of priorities, and these two.
_PAUSED, _NOT_SET = "paused", "not_set"


def staff(agency_id: UUID, *, child_id: UUID | None = None) -> dict[UUID, Practitioner]:
    """Return who works with children in an agency now, by person, in one statement.

    The role that is nearest to casework counts. Whoever may not work with `child_id` is among them, and marked: too
    close to the family, or not named where the child's record is sealed.
    """
    members = _members(agency_id).annotate(load=Subquery(_loads(), output_field=JSONField()))
    if child_id is not None:
        about = about_child(child_id)
        conflicts = Conflict.objects.filter(about, user_id=OuterRef("user_id"), ended_at=None)
        named = Named.objects.filter(about, ended_at=None)
        unnamed = Exists(named) & ~Exists(named.filter(user_id=OuterRef("user_id")))
        members = members.annotate(has_conflict=Exists(conflicts), is_unnamed=unnamed)
    found: dict[UUID, Practitioner] = {}
    for member in members.select_related("user", "team").order_by("user__name", "role", "id"):
        found.setdefault(
            member.user_id,
            Practitioner(
                member.user_id,
                member.user.name,
                Role(member.role).label,
                member.team.name if member.team else "",
                caseload=caseload_of(member.load or {}),
                has_conflict=getattr(member, "has_conflict", False),
                is_unnamed=getattr(member, "is_unnamed", False),
            ),
        )
    return found


def nearest(agency_id: UUID) -> "QuerySet[Membership]":
    """Return who works with children in an agency now, each once, by the role that is nearest to casework."""
    each = _members(agency_id).order_by("user_id", "role", "id").distinct("user_id")
    return Membership.objects.filter(pk__in=each.values("pk")).select_related("user", "team")


def weight_of(case: Case) -> int:
    """Return what one open case weighs, as the caseload of its lead practitioner counts it."""
    weights = vocabulary.get(WEIGHTS).terms
    if case.state == Case.PAUSED:
        return int(weights[_PAUSED].more["weight"])
    return int(weights[case.priority if case.priority in weights else _NOT_SET].more["weight"])


def load_kind() -> Placed:
    """Return as which of the weights' kinds an open case counts."""
    return Placed(
        When(state=Case.PAUSED, then=Value(_PAUSED)),
        When(priority__in=_priorities(), then=F("priority")),
        default=Value(_NOT_SET),
    )


def _members(agency_id: UUID) -> "QuerySet[Membership]":
    return Membership.objects.filter(agency_id=agency_id, role__in=AGENCY_ROLES, ended_at=None, user__is_active=True)


def _priorities() -> list[str]:
    return [code for code in vocabulary.get(WEIGHTS).codes if code not in (_PAUSED, _NOT_SET)]


def _loads() -> Any:
    """Return a subquery of how many open cases of each kind somebody leads, as far as the actor sees them."""
    counts = {code: Count("id", filter=Q(kind=code)) for code in (*_priorities(), _NOT_SET, _PAUSED)}
    theirs = Case.objects.filter(lead_practitioner_id=OuterRef("user_id"), state__in=Case.OPEN).order_by()
    counted = theirs.annotate(kind=load_kind()).values("lead_practitioner_id").annotate(load=JSONObject(**counts))
    return counted.values("load")


def caseload_of(counts: Mapping[str, int]) -> Caseload:
    """Return so many cases of each kind with what they weigh together."""
    weights = vocabulary.get(WEIGHTS).terms
    return Caseload(counts, sum(number * int(weights[code].more["weight"]) for code, number in counts.items()))
