"""The session as data, role switching, and the demo's one-click sign-in."""

from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from backend.access import factors, fresh, policy
from backend.access.actors import Actor, actor_of
from backend.access.binding import bind
from backend.access.navigation import navigation
from backend.access.policy import Permission
from backend.access.security import DEVICE_KEY, device_of
from backend.access.sessions import MEMBERSHIP_KEY
from backend.agencies.models import Agency, Membership, Partnership
from backend.agencies.reference import read
from backend.agencies.roles import Role
from backend.core.errors import Forbidden, NotFound

log = structlog.get_logger(__name__)
# Whoever acts in these reaches the accounts of others, or what was written down about everybody.
_LOOKS_AFTER_OTHERS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.INFORMATION_GOVERNANCE})
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def describe(request: HttpRequest) -> dict[str, Any]:
    """Return the session's shape; for nobody it says so and names whom to call."""
    actor: Actor | None = getattr(request, "actor", None)
    user = request.user
    if not user.is_authenticated:
        return _empty(None)
    memberships = list(
        Membership.objects.filter(user_id=user.pk, ended_at=None)
        .select_related("agency", "team")
        .order_by("started_at")
    )
    if actor is None:
        return {
            **_empty(None),
            "signed_in": True,
            "needs_second_factor": not factors.suffices(request.session),
            "person": {"id": user.pk, "name": user.get_full_name()},
        }
    mine = next(membership for membership in memberships if membership.id == actor.membership_id)
    return {
        **_empty(actor.partnership_id),
        "signed_in": True,
        "person": {"id": user.pk, "name": actor.name},
        "membership": _membership(mine),
        "memberships": [
            {"id": one.id, "role_label": Role(one.role).label, "agency_name": one.agency.name} for one in memberships
        ],
        "navigation": navigation(actor),
        "can_refer": policy.holds(actor, Permission.REFERRAL_CREATE),
    }


def _empty(partnership_id: UUID | None) -> dict[str, Any]:
    return {
        "signed_in": False,
        "needs_second_factor": False,
        "demo": settings.DEMO,
        "person": None,
        "membership": None,
        "memberships": [],
        "partnership": _partnership(partnership_id),
        "navigation": [],
        "can_refer": False,
        "idle_minutes": settings.SESSION_COOKIE_AGE // 60,
    }


def _membership(membership: Membership) -> dict[str, Any]:
    team = membership.team
    return {
        "id": membership.id,
        "role_label": Role(membership.role).label,
        "job_title": membership.job_title,
        "agency": {"id": membership.agency_id, "name": membership.agency.name},
        "team": {"id": team.id, "name": team.name} if team else None,
    }


def _partnership(partnership_id: UUID | None) -> dict[str, Any] | None:
    rows = Partnership.objects.select_related("front_door")
    partnership = rows.filter(pk=partnership_id).first() if partnership_id else rows.order_by("id").first()
    if partnership is None:
        return None
    return {"name": partnership.name, "front_door": _front_door(partnership.front_door)}


def _front_door(agency: Agency | None) -> dict[str, str] | None:
    if agency is None:
        return None
    names = ("name", "phone", "hours_text", "out_of_hours_name", "out_of_hours_phone")
    return {name: getattr(agency, name) for name in names}


def switch(request: HttpRequest, membership_id: UUID) -> None:
    """Act in another of one's own memberships; the session id rotates. Raise NotFound for anybody else's.

    Whoever has no second factor acts in none: Forbidden. A role that looks after others asks for a fresh sign-in.
    """
    if not factors.suffices(request.session):
        raise Forbidden(factors.MISSING, code="second_factor")
    membership = _active().filter(pk=membership_id, user_id=request.user.pk).first()
    if membership is None:
        raise NotFound
    if Role(membership.role) in _LOOKS_AFTER_OTHERS:
        fresh.require(request)
    before: Actor | None = getattr(request, "actor", None)
    request.session.cycle_key()
    _act_in(request, membership)
    log.info(
        "changed role",
        person=str(membership.user_id),
        membership=str(membership.id),
        before=str(before.membership_id) if before else None,
    )


def demo_people() -> list[dict[str, Any]]:
    """Return the made-up people one can sign in as; raise NotFound unless this is the demo."""
    if not settings.DEMO:
        raise NotFound
    chosen = {row["email"]: row for row in read("people")["people"] if row["demo"]}
    rows = _active().filter(user__email__in=chosen).order_by("started_at", "id")
    people = {(row.user.email, row.agency.slug, row.role): row for row in rows}
    return [
        {
            "id": people[key].id,
            "name": told["name"],
            "role_label": Role(told["role"]).label,
            "job_title": told["job_title"],
            "agency_name": people[key].agency.name,
            "what_they_do": told["what_they_do"],
        }
        for told in chosen.values()
        if (key := (told["email"], told["agency"], told["role"])) in people
    ]


def demo_sign_in(request: HttpRequest, membership_id: UUID) -> None:
    """Sign in as a demo person with one click; raise NotFound unless this is the demo and the person is in it."""
    if membership_id not in {person["id"] for person in demo_people()}:
        raise NotFound
    membership = _active().get(pk=membership_id)
    login(request, membership.user, backend=_BACKEND)
    _act_in(request, membership)


def demo_confirm(request: HttpRequest) -> None:
    """Take one click for a fresh sign-in, as it was taken for the sign-in; raise NotFound unless this is the demo."""
    if not settings.DEMO:
        raise NotFound
    fresh.renew(request)


def begin(request: HttpRequest, user_id: UUID) -> None:
    """Begin the session of somebody who has just signed in, in their longest-standing membership."""
    fresh.mark(request)
    factors.note(request.session, user_id)
    request.arrived = user_id  # type: ignore[attr-defined] # our own mark on Django's request: access.devices reads it
    request.session[DEVICE_KEY] = device_of(request.headers.get("User-Agent", ""))
    membership = _active().filter(user_id=user_id).order_by("started_at", "id").first()
    if membership is not None:
        _act_in(request, membership)


def _active() -> Any:
    return Membership.objects.filter(ended_at=None, user__is_active=True, agency__ended_at=None).select_related(
        "user", "agency", "team"
    )


def _act_in(request: HttpRequest, membership: Membership) -> None:
    request.session[MEMBERSHIP_KEY] = str(membership.id)
    if not factors.suffices(request.session):
        return
    request.actor = actor_of(membership)  # type: ignore[attr-defined] # the same name ActorMiddleware sets
    bind(membership.id)
