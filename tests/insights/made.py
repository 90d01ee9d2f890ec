"""Referrals and closed cases of a past month for what is published of them, and the worker who publishes it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from backend.access.models import Named
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core import clock
from backend.referrals.models import Referral, ReferralFactor
from tests.actors import actor
from tests.cases.conftest import World
from tests.cases.working import assessing, now, work
from tests.worker import worker_login

ACOCKS_GREEN, SHELDON = "E05011118", "E05011166"


def analyst() -> Any:
    """Who reads what was published, and no record."""
    return actor("community-safety", Role.PARTNERSHIP_ANALYST)


def by_worker(run: Callable[[], Any]) -> Any:
    """Run as the worker, by its own login."""
    with worker_login():
        return run()


def close(world: World, number: int, *, at: datetime, reason: str = "outcomes_met", sealed: bool = False) -> list[Case]:
    """So many cases that closed at a moment, alike in all that is published."""
    with clock.at(at):
        ended = [
            work(world, "close", now(world, assessing(world)), reason_code=reason, goes_on="School nurse.")
            for _each in range(number)
        ]
    for case in ended if sealed else ():
        Named.objects.using("owner").create(user_id=world.manager.user_id, child_id=case.child_id)
    return ended


def refer(
    world: World, number: int, *, at: datetime, factor: str = "", sealed: bool = False, **child: Any
) -> list[Referral]:
    """So many referrals of a moment, alike in all that is published."""
    with clock.at(at):
        children = [world.referred(**child) for _each in range(number)]
    found = list(Referral.objects.using("owner").filter(child__in=[one.pk for one in children]))
    for referral in found:
        if factor:
            ReferralFactor.objects.using("owner").create(root_id=referral.id, child_id=referral.child_id, code=factor)
        if sealed:
            Named.objects.using("owner").create(user_id=world.manager.user_id, child_id=referral.child_id)
    return found
