"""Fills the directory of the demo city: what its made-up agencies offer, as their managers would have entered it."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.models import Agency
from backend.agencies.roles import Role
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.calendar import local
from backend.demonstration.material import FIXTURES
from backend.demonstration.stage import Company
from backend.directory import commands, queries
from backend.directory.inputs import SERVICE_INPUTS, EntryInput
from backend.directory.models import Service
from backend.workflow.views import validated

_ADDED, _READ = timedelta(days=900), timedelta(days=910)


def open_directory(company: Company, now: datetime) -> int:
    """Enter every service of fixtures/demo/services.json; return how many there are."""
    told = json.loads((FIXTURES / "demo" / "services.json").read_text(encoding="utf-8"))
    keepers = {seat.agency: actor for seat, actor in company.actors.items() if actor.role is Role.MANAGER}
    for row in told["services"]:
        _enter(keepers[row["agency"]], row, told["evidence_source"], now)
    return len(told["services"])


def service_for(actor: Actor, agency: Agency, age: int) -> Service | None:
    """Return a service of an agency that somebody of the city chooses for a child of this age, if there is one.

    Never one that would take the referral where the plan says that the front door does.
    """
    services = queries.listed(actor).filter(agency=agency, state=Service.ACTIVE)
    if not agency.receives_by_duty:
        services = services.filter(receives_directly=False)
    return services.filter(queries.for_age(age)).first()


def provided_services(actor: Actor) -> "QuerySet[Service]":
    """Return the open services that agencies of the city provide themselves, by name."""
    return queries.listed(actor).filter(agency__isnull=False, state=Service.ACTIVE)


def _enter(keeper: Actor, row: Mapping[str, Any], evidence_source: str, now: datetime) -> None:
    with clock.at(now - _ADDED), acting(keeper):
        entry = validated(EntryInput, _entry(row, evidence_source, now))
        service = commands.add(keeper, uuid7(), entry)
    said = {name: row[name] for name in ("capacity", "spaces", "wait_weeks")}
    _take(keeper, service, "say_capacity", now - timedelta(days=row["said_days_ago"]), **said)
    for edge, name in (("pause", "paused"), ("end", "ended")):
        if row[name]:
            _take(keeper, service, edge, now - timedelta(days=2), reason=row[name])


def _take(keeper: Actor, service: Service, edge: str, at: datetime, **raw: Any) -> None:
    with clock.at(at), acting(keeper):
        version = Service.objects.values_list("version", flat=True).get(pk=service.id)
        given = validated(SERVICE_INPUTS[edge], {**raw, "version": version})
        commands.service_machine.perform(keeper, edge, service.id, version=given.pop("version"), given=given)


_COPIED = (
    "name",
    "organisation",
    "kind",
    "summary",
    "description",
    "needs",
    "wards",
    "cost",
    "cost_note",
    "languages",
    "receives_directly",
    "eligibility",
    "how_to_refer",
    "evidence",
    "evidence_note",
    "hours_text",
    "phone",
    "address",
)


def _entry(row: Mapping[str, Any], evidence_source: str, now: datetime) -> dict[str, Any]:
    rated = row["evidence"] != "not_said"
    return {
        **{name: row[name] for name in _COPIED},
        "min_age": row["ages"][0],
        "max_age": row["ages"][1],
        "is_citywide": not row["wards"],
        "evidence_source": evidence_source if rated else "",
        "evidence_on": local(now - _READ).date().isoformat() if rated else None,
    }
