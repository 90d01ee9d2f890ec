"""Loads the partnership, its boards, agencies, people and targets from fixtures/reference; again to update."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password

from backend.agencies.models import Agency, Board, EscalationStep, Membership, Partnership, Target, Team, User
from backend.core import clock

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "reference"
# The demo city's records reach back two years: its people must have been there.
_DEMO_PAST = timedelta(days=3 * 365)
_AGENCY_FIELDS = (
    "name",
    "kind",
    "phone",
    "hours",
    "hours_text",
    "what_it_does",
    "out_of_hours_name",
    "out_of_hours_phone",
    "receives_by_duty",
    "can_be_offered",
)


def read(name: str) -> dict[str, Any]:
    """Return one file of reference data."""
    data: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return data


def load(using: str) -> Partnership:
    """Write everything on connection `using` (the owner's), inside the caller's transaction; return the partnership."""
    told = read("partnership")
    partnership, _ = Partnership.objects.using(using).update_or_create(
        slug=told["slug"], defaults={"name": told["name"]}
    )
    for board in told["boards"]:
        Board.objects.using(using).update_or_create(
            partnership=partnership, code=board["code"], defaults={"name": board["name"]}
        )
    for target in read("targets")["targets"]:
        values = {name: target[name] for name in ("label", "amount", "unit")}
        Target.objects.using(using).update_or_create(partnership=partnership, kind=target["kind"], defaults=values)
    agencies = _load_agencies(using, partnership)
    partnership.front_door = agencies[told["front_door"]]
    partnership.save(using=using)
    for step in told["escalation"]:
        EscalationStep.objects.using(using).update_or_create(
            partnership=partnership,
            stage=step["stage"],
            defaults={"agency": agencies[step["agency"]], "basis": step["basis"]},
        )
    if settings.DEMO:
        _load_people(using, agencies)
    return partnership


def _load_agencies(using: str, partnership: Partnership) -> dict[str, Agency]:
    agencies = {}
    for row in read("agencies")["agencies"]:
        values = {name: row[name] for name in _AGENCY_FIELDS}
        agency, _ = Agency.objects.using(using).update_or_create(
            partnership=partnership, slug=row["slug"], defaults=values
        )
        for name in row["teams"]:
            Team.objects.using(using).get_or_create(agency=agency, name=name)
        agencies[row["slug"]] = agency
    return agencies


def _load_people(using: str, agencies: dict[str, Agency]) -> None:
    unusable = make_password(None)
    long_ago = clock.now() - _DEMO_PAST
    for row in read("people")["people"]:
        user, _ = User.objects.using(using).get_or_create(
            email=row["email"], defaults={"name": row["name"], "password": unusable}
        )
        places = [row, *({**other, "job_title": row["job_title"]} for other in row["other_memberships"])]
        for place in places:
            agency = agencies[place["agency"]]
            team = Team.objects.using(using).filter(agency=agency, name=place["team"]).first()
            known = Membership.objects.using(using).filter(user=user, agency=agency, role=place["role"])
            # Whoever has left since the last start stays away.
            if not known.exists():
                known.create(
                    user=user,
                    agency=agency,
                    role=place["role"],
                    team=team,
                    job_title=place["job_title"],
                    started_at=long_ago,
                )
