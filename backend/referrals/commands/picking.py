"""A service picked from the directory while something is decided: which, and its words as they are now."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.core.errors import Conflict
from backend.directory.models import Service
from backend.directory.queries import open_service

_GONE = "That service is not in the directory any more. Choose another, or none."


def in_words(service: Service) -> str:
    """Return a service as people name it: what it is called, and who offers it."""
    return f"{service.name}, {service.organisation}"


def picked(actor: Actor, service_id: UUID | None) -> Mapping[str, Any]:
    """Return the columns that keep a pick, empty for none; raise Conflict when it cannot be chosen any more."""
    if service_id is None:
        return {"service_id": None, "service_words": ""}
    service = open_service(actor, service_id)
    if service is None:
        raise Conflict(_GONE, code="not_ready")
    return {"service_id": service.id, "service_words": in_words(service)}


def picked_for(actor: Actor, service_id: UUID | None, agency_id: UUID, agency_name: str) -> Mapping[str, Any]:
    """Return the same for an offer to an agency; raise Conflict when another one offers that service."""
    if service_id is not None:
        service = open_service(actor, service_id)
        if service is not None and service.agency_id != agency_id:
            raise Conflict(
                f"{agency_name} does not offer {service.name}. Choose the agency that does, or no service.",
                code="not_ready",
            )
    return picked(actor, service_id)
