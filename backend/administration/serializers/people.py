"""People of an agency, and what passes on when one leaves: shapes in and out."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from rest_framework import serializers

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.administration.models import PasswordLink
from backend.administration.queries import people as queries
from backend.administration.serializers.inviting import invited, options_of
from backend.agencies.models import Membership, Team
from backend.agencies.roles import Role
from backend.core.api.serializers import NameField, StrictSerializer
from backend.workflow import fields
from backend.workflow.serializers import ChoiceShape

_GIVEN = tuple(role for role in Role if role is not Role.SYSTEM)
_ROLES = [(role.value, role.label) for role in _GIVEN]


class HeldShape(serializers.Serializer[Any]):
    """How much somebody has."""

    cases = serializers.IntegerField()
    tasks = serializers.IntegerField()
    actions = serializers.IntegerField()
    services = serializers.IntegerField()
    referrals = serializers.IntegerField()
    outcomes = serializers.IntegerField()
    questions = serializers.IntegerField()
    drafts = serializers.IntegerField()


class PersonShape(serializers.Serializer[Any]):
    """One role of one person in one's agency."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    email = serializers.CharField()
    role = serializers.CharField()
    role_label = serializers.CharField()
    team_id = serializers.UUIDField(allow_null=True)
    team = serializers.CharField(allow_blank=True)
    job_title = serializers.CharField(allow_blank=True)
    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    invited = serializers.CharField(
        allow_blank=True, help_text="How it stands with the invitation of somebody who has not signed in yet."
    )


class PersonDetailShape(PersonShape):
    """The same with what passes to whom when they leave, and what may be chosen for them."""

    held = HeldShape()
    passes_to = serializers.CharField(allow_blank=True)
    is_last_manager = serializers.BooleanField()
    leaves_the_queue_alone = serializers.BooleanField()
    successors = ChoiceShape(many=True)
    roles = ChoiceShape(many=True)
    teams = ChoiceShape(many=True)
    may_reassign = serializers.BooleanField()
    may_reset_sign_in = serializers.BooleanField()
    may_invite = serializers.BooleanField()
    may_withdraw_invitation = serializers.BooleanField()


class _Placed(StrictSerializer):
    role = serializers.ChoiceField(
        choices=_ROLES, error_messages=dict.fromkeys(("required", "invalid_choice"), fields.CHOOSE)
    )
    team_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    job_title = NameField(max_length=120, required=False, allow_blank=True, default="")


class AddPersonInput(_Placed):
    """Somebody new, by their address at work."""

    email = serializers.EmailField(
        max_length=254,
        error_messages=dict.fromkeys(
            ("required", "blank", "invalid"), "Enter an email address, like name@agency.example."
        ),
    )
    name = NameField(error_messages=dict.fromkeys(("required", "blank"), "Enter the person’s name."))


class ChangePersonInput(_Placed):
    """Another role, team or title."""


class EndInput(StrictSerializer):
    """That somebody leaves; for the last manager, who manages the agency from then on."""

    successor_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    front_door_minds = serializers.BooleanField(required=False, default=False)


def person_data(row: Membership, links: Mapping[UUID, PasswordLink]) -> dict[str, Any]:
    """Return one role of one person; `links` are invitations by whom they are for."""
    return {
        "id": row.id,
        "name": row.user.name,
        "email": row.user.email,
        "role": row.role,
        "role_label": Role(row.role).label,
        "team_id": row.team_id,
        "team": row.team.name if row.team else "",
        "job_title": row.job_title,
        "started_at": row.started_at,
        "ended_at": row.ended_at,
        "invited": "" if row.ended_at else invited(links.get(row.user_id)),
    }


def person_detail(actor: Actor, row: Membership, *, passes_to: str, may_reassign: bool) -> dict[str, Any]:
    """Return one role of one person with what their leaving would mean."""
    last = queries.is_last_manager(row)
    held = queries.held_by(row.user_id)
    links = queries.invitations([row.user_id])
    return {
        **person_data(row, links),
        "held": asdict(held),
        "passes_to": passes_to,
        "is_last_manager": last,
        "leaves_the_queue_alone": queries.leaves_the_queue_alone(row, row.agency),
        "successors": _successors(actor, row) if last else [],
        "roles": [_choice(role.value, role.label) for role in _GIVEN],
        "teams": [
            _choice(str(team.id), team.name) for team in Team.objects.filter(agency_id=row.agency_id).order_by("name")
        ],
        "may_reassign": may_reassign,
        "may_reset_sign_in": row.ended_at is None
        and row.user_id != actor.user_id
        and policy.allows(actor, Permission.PEOPLE_RESET_SIGN_IN),
        **options_of(row, links.get(row.user_id)),
    }


def _successors(actor: Actor, leaving: Membership) -> list[dict[str, str]]:
    people = queries.active(queries.people_of(actor)).exclude(user_id=leaving.user_id).order_by("user__name", "id")
    return [_choice(str(one.id), one.user.name, Role(one.role).label) for one in people]


def _choice(value: str, label: str, hint: str = "") -> dict[str, str]:
    return {"value": value, "label": label, "hint": hint, "group": ""}
