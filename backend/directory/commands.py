"""What writes services: adding one, the machine that changes and ends it, and taking in what a feed says."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.audit.commands import record
from backend.core import clock
from backend.core.errors import Conflict, Forbidden
from backend.directory import queries, rules
from backend.directory.models import Service
from backend.workflow.changing import Change, changing
from backend.workflow.machine import Edge, Machine

_CAPACITY = ("capacity", "spaces", "wait_weeks")
_CLOSED_FOR_NOW = "Closed for now, as its own directory says."
_OPEN = (Service.ACTIVE, Service.PAUSED)


def add(actor: Actor, service_id: UUID, given: Mapping[str, Any]) -> Service:
    """Write a new entry that the actor's agency keeps; raise Conflict `not_ready` with what is wrong with it."""
    policy.require(actor, Permission.SERVICE_ADD)
    reasons = [reason for rule in rules.ENTRY_RULES for reason in rule(None, None, given)]
    if reasons:
        raise Conflict(*reasons, code="not_ready")
    service = Service(
        id=service_id,
        partnership_id=actor.partnership_id,
        kept_by_id=_agency(actor),
        capacity=rules.NOT_SAID,
    )
    _describe(service, actor, given)
    record(actor, "service.add", service, root_id=service.id)
    return service


def take_in(actor: Actor, service_id: UUID, values: Mapping[str, Any]) -> Service:
    """Write an entry that a feed has and the directory does not; it opens already described, with its source."""
    policy.require(actor, Permission.SERVICE_IMPORT)
    service = Service(
        **values,
        id=service_id,
        partnership_id=actor.partnership_id,
        kept_by_id=_agency(actor),
        capacity=rules.NOT_SAID,
        evidence=rules.NO_EVIDENCE,
        source_seen_at=clock.now(),
    )
    record(actor, "service.import", service, root_id=service.id)
    return service


def bring_up_to_date(actor: Actor, service: Service, values: Mapping[str, Any], *, is_paused: bool) -> None:
    """Write what a feed says now over an entry that came from it, and pause or open it as the feed says."""
    with _importing(actor, service) as change:
        target = change.target
        for name, value in values.items():
            setattr(target, name, value)
        target.source_seen_at = clock.now()
        if is_paused and target.state == Service.ACTIVE:
            target.pause(actor, {"reason": _CLOSED_FOR_NOW})
        elif not is_paused and target.state == Service.PAUSED and target.state_reason == _CLOSED_FOR_NOW:
            target.resume(actor, {})


def end_gone(actor: Actor, service: Service, reason: str) -> None:
    """End an entry that its feed has no more; nothing is deleted."""
    with _importing(actor, service) as change:
        change.reason = reason
        change.target.end(actor, {"reason": reason})


def _importing(actor: Actor, service: Service) -> Any:
    return changing(
        actor,
        queries.kept_by(actor).order_by(),
        service.id,
        permission=Permission.SERVICE_IMPORT,
        verb="service.import",
        version=service.version,
    )


def _agency(actor: Actor) -> UUID:
    if actor.is_system:
        raise Forbidden("Only a person can keep the directory.")
    return actor.agency_id


def _describe(service: Service, actor: Actor, given: Mapping[str, Any]) -> None:
    """Put what was typed on the entry; no organisation means that the agency which keeps it offers it."""
    for name, value in given.items():
        setattr(service, name, value)
    if given["organisation"]:
        service.agency_id = None
    else:
        service.agency_id, service.organisation = _agency(actor), actor.agency_name
    if service.is_citywide:
        service.wards = []


def _revise(change: Change[Service], inputs: dict[str, Any]) -> None:
    service = change.target
    before = {name: getattr(service, name) for name in inputs}
    _describe(service, change.actor, inputs)
    change.data = {"fields": sorted(name for name, value in before.items() if value != getattr(service, name))}


def _say_capacity(change: Change[Service], inputs: dict[str, Any]) -> None:
    for name in _CAPACITY:
        setattr(change.target, name, inputs[name])
    change.data = {name: inputs[name] for name in _CAPACITY}
    _confirm_capacity(change, inputs)


def _confirm_capacity(change: Change[Service], inputs: dict[str, Any]) -> None:
    change.target.capacity_said_at = clock.now()
    change.target.capacity_said_by_name = change.actor.name


service_machine: Machine[Service] = Machine(
    noun="service",
    model=Service,
    edges={
        "say_capacity": Edge(
            permission=Permission.SERVICE_SAY_CAPACITY,
            label="Say how much room there is",
            hint="Everybody who looks for a service reads it at once, with today’s date.",
            rules=(rules.spaces_mean_space,),
            first=_say_capacity,
            sources=_OPEN,
        ),
        "confirm_capacity": Edge(
            permission=Permission.SERVICE_CONFIRM_CAPACITY,
            label="Room and wait are still right",
            hint="They are shown with today’s date.",
            first=_confirm_capacity,
            sources=_OPEN,
        ),
        "revise": Edge(
            permission=Permission.SERVICE_REVISE,
            label="Change the entry",
            hint="What stood there before stays in its history.",
            rules=rules.ENTRY_RULES,
            first=_revise,
            sources=_OPEN,
        ),
        "pause": Edge(
            permission=Permission.SERVICE_PAUSE,
            label="Pause the service",
            hint="It stays in the directory and says that it takes nobody for now.",
        ),
        "resume": Edge(
            permission=Permission.SERVICE_RESUME,
            label="Open the service again",
            hint="Say afterwards how much room there is.",
        ),
        "end": Edge(
            permission=Permission.SERVICE_END,
            label="End the service",
            hint="Nobody finds it any more. Referrals that were sent to it keep its name. This cannot be undone.",
        ),
    },
    visible_to=queries.visible_to,
    facts=lambda _service, _actor: None,
    fields=lambda service: {"reference": service.name},
    path=lambda service: f"/services/{service.id}",
    owner_agency=lambda service: service.kept_by_id,
    labels=Service.LABELS,
)
