"""Taking a report in: the same few statements and the same answer, whoever the child is."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.audit.commands import record
from backend.core.errors import Forbidden
from backend.moments.models import CriticalMoment


def record_moment(actor: Actor, moment_id: UUID, given: Mapping[str, Any]) -> None:
    """Write down a critical moment; nothing is looked up and nothing returned. Raises Forbidden."""
    policy.require(actor, Permission.MOMENT_RECORD)
    if actor.is_system:
        raise Forbidden("Only a person can report a critical moment.")
    moment = CriticalMoment(
        **{
            **given,
            "id": moment_id,
            "root_id": moment_id,
            "partnership_id": actor.partnership_id,
            "agency_id": actor.agency_id,
            "recorded_by_id": actor.user_id,
            "recorded_by_name": actor.name,
            "recorded_as_id": actor.membership_id,
        }
    )
    record(actor, "moment.record", moment, root_id=moment_id, data={"kind": moment.kind})
