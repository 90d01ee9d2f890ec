"""Brings the directory up to date from a feed: all of it in the caller's transaction, or nothing."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.core.errors import Conflict
from backend.core.ids import uuid7
from backend.directory import commands as directory
from backend.directory import queries
from backend.directory.models import Service
from backend.interop.files import SourceFile
from backend.interop.mapping import Entry
from backend.interop.planning import Plan, digest, make_plan

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def check_services(actor: Actor, files: Sequence[SourceFile], *, source: str) -> Plan:
    """Return what a feed would do, and what is wrong with it; nothing is written."""
    policy.require(actor, Permission.SERVICE_IMPORT)
    return make_plan(files, _from(actor, source))


def import_services(actor: Actor, files: Sequence[SourceFile], *, source: str, licence: str) -> Plan:
    """Write what a feed says, and return what was done; a feed that cannot be read raises Conflict and writes nothing.

    `source` names the feed: the same name again brings its own entries up to date. An agency brings in its own feeds;
    the entries of another one's stay untouched.
    """
    policy.require(actor, Permission.SERVICE_IMPORT)
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME, [f"feed {actor.partnership_id} {source}"])
    plan = make_plan(files, _from(actor, source))
    if plan.report.stops:
        raise Conflict(*(f"{one.where}: {one.sentence}" for one in plan.report.found[:20]), code="not_ready")
    licensed = {"source_name": source, "source_licence": licence or plan.licence}
    for entry in plan.new:
        service = directory.take_in(actor, uuid7(), {**_columns(entry), **licensed, "source_id": entry.source_id})
        _pause(actor, service, entry)
    for service, entry, _differs in plan.changed:
        directory.bring_up_to_date(actor, service, {**_columns(entry), **licensed}, is_paused=entry.is_paused)
    for service, why in plan.gone:
        directory.end_gone(actor, service, why)
    return plan


def _pause(actor: Actor, service: Service, entry: Entry) -> None:
    if entry.is_paused:
        directory.bring_up_to_date(actor, service, {}, is_paused=True)


def _columns(entry: Entry) -> dict[str, Any]:
    return {**entry.values, "source_digest": digest(entry)}


def _from(actor: Actor, source: str) -> list[Service]:
    """Return what came from a feed before; raise Conflict when another agency brings that feed in."""
    services = list(queries.visible_to(actor).filter(source_name=source))
    keeper = next((service.kept_by.name for service in services if service.kept_by_id != actor.agency_id), "")
    if keeper:
        raise Conflict(f"{keeper} brings in the feed “{source}”. Choose another name for yours.", code="not_ready")
    return services
