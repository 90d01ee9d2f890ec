"""Children of whom everything ended long ago, a schedule by which it is due, and the people who order and agree."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.configuration.models import Version
from backend.core import clock
from backend.core.ids import uuid7
from backend.demonstration.disposed import write_when_agreed
from backend.referrals.models import Referral
from backend.retention import queries
from backend.retention.commands import computing, disposing, ordering
from backend.retention.models import DueChild, Order
from backend.retention.rules import SCHEDULE
from backend.workflow import confirmations
from tests.actors import actor
from tests.edges import take
from tests.factories import open_confirmation, referral_in
from tests.worker import worker_login

ENDED, PROPOSED, AGREED = timedelta(days=60), timedelta(days=20), timedelta(days=9)


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    """Empty stores of documents and exports."""
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "documents": folder, "exports": folder}
    return tmp_path


@pytest.fixture
def due_at_once(db: None) -> None:
    """A schedule by which everything is due on the day on which it ends; what is said of keeping for good stays."""
    shipped = Version.objects.using("owner").get(kind=SCHEDULE)
    shipped.pk, shipped.number = uuid7(), 2
    shipped.entries = [{**entry, "years": 0, "starts_from": "ended"} for entry in shipped.entries]
    shipped.skip_history_when_saving = True
    shipped.save(using="owner", force_insert=True)


class People:
    """Who proposes, who agrees for information governance, and who else there is."""

    def __init__(self) -> None:
        self.manager = actor("front-door", Role.MANAGER)
        self.other_manager = actor("front-door", Role.MANAGER, nth=1)
        self.governs = actor("front-door", Role.INFORMATION_GOVERNANCE)
        self.other_governs = actor("city-early-help", Role.INFORMATION_GOVERNANCE)
        self.stranger = actor("brightwater", Role.MANAGER)


@pytest.fixture
def people(db: None) -> People:
    return People()


@contextmanager
def ago(span: timedelta) -> Iterator[None]:
    """Inside, it is so long ago."""
    with clock.at(clock.now() - span):
        yield


def declined(**answers: Any) -> Referral:
    """A referral that was declined two months ago."""
    with ago(ENDED):
        return referral_in("declined", **answers)


def compute() -> int:
    """Let the worker compute what ended; only in tests with transaction=True."""
    with worker_login():
        return computing.compute_all()


def due(who: Actor) -> list[DueChild]:
    """What is due for somebody."""
    with acting(who):
        return list(queries.due_children(who))


def proposed(who: Actor, *children: UUID, before: timedelta = PROPOSED) -> Order:
    """A list that somebody proposed."""
    with ago(before), acting(who):
        return ordering.propose(who, list(children), order_id=uuid7())


def agreed(
    order: Order, first: Actor, second: Actor, *, before: timedelta = AGREED, by_that_clock: bool = True
) -> None:
    """Two people agree to it; what the database’s own clock says of that only the owner of a demo city changes."""
    with ago(before):
        take("approve", order.id, first, noun="disposal")
        waiting = open_confirmation(order.id, second)
        with acting(second):
            confirmations.confirm(second, waiting.id, given=lambda one: dict(one.given))
    if by_that_clock:
        write_when_agreed(order.id)


def carried_out() -> int:
    """Let the worker do what is due."""
    with worker_login():
        return disposing.carry_out_all()


def stands(order: Order) -> Order:
    """The order as it is now, by the owner."""
    return Order.objects.using("owner").get(pk=order.pk)
