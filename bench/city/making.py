"""Makes cities of some size on the tests' own server, connects to them, and throws them away."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import StringIO

from django.core.management import call_command
from django.db import connections

from backend.insights import checking, refreshing
from backend.insights.models import Counted
from backend.insights.queries.kept import shape
from backend.operations.surroundings import ROOT, urls_of
from bench.city.copies import Source
from bench.city.filling import fill
from tests import databases

Say = Callable[[str], None]
# Referrals up to which everything is copied; beyond, what is past.
_WHOLE = 10_000


class CopiesDiffer(SystemExit):
    """Figures of a copied city are not what its records say: whatever was measured in it would say nothing."""


def grown_template() -> str:
    """The demo city with its past and its figures, made by the product's commands; once for each state of the code."""

    def make() -> None:
        database = str(connections["owner"].settings_dict["NAME"])
        environment = os.environ | urls_of(databases.server(), database=database)
        environment |= {"DEMO": "true", "DJANGO_SETTINGS_MODULE": "backend.config.settings"}
        for command in ("demo_city", "demo_past"):
            asked = [sys.executable, "manage.py", command]
            subprocess.run(asked, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        refreshing.refresh(using="owner")

    return databases.template("grown", base=databases.plain_template(), fill=make)


@contextmanager
def cities_of(sizes: Sequence[int], *, keep: bool, say: Say) -> Iterator[Sequence[str]]:
    """Make a city of at least so many referrals for each size, and yield the names of their databases.

    Open work is that of a city of ten thousand in each that is larger: they have worked for longer.
    """
    names = [databases.own_name(f"bench_{size}") for size in sizes]
    template = grown_template()
    say("the demo city is there")
    source = Source(databases.server().url(database=template))
    try:
        for size, name in zip(sizes, names, strict=True):
            whole = -(-min(size, _WHOLE) // source.referrals)
            past = max(0, -(-(size - whole * source.referrals) // source.past_referrals))
            databases.renew(name, template=template)
            fill(databases.server().url(database=name), source, whole=whole, past=past, say=say)
            say(f"{referrals_in(name):,} referrals in {databases.size_of(name)}")
            verify(name, say=say)
        yield names
    finally:
        connections.close_all()
        if keep:
            say(f"kept; to measure them again: --on {' '.join(names)}")
        else:
            with suppress(KeyboardInterrupt):
                for name in names:
                    databases.drop(name)


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Work in a database."""
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    try:
        _connect(dict.fromkeys(before, name))
        yield
    finally:
        _connect(before)


def referrals_in(name: str) -> int:
    """Return how many referrals there are in a city."""
    with connected_to(name), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM referrals_referral")
        return int(cursor.fetchone()[0])


def bring_up(name: str, *, say: Say) -> None:
    """Give the database of a city that was kept the tables, indexes and functions of this state of the code."""
    with connected_to(name):
        call_command("migrate", database="owner", interactive=False, verbosity=0)
        call_command("secure_tables", stdout=StringIO())
        is_kept = Counted.objects.using("owner").filter(shape=shape(), as_of__isnull=False).exists()
    say(f"{name} has the tables and functions of this code")
    if not is_kept:
        say("this code keeps other figures than were copied: they are counted when they are asked for")


def verify(name: str, *, say: Say) -> None:
    """Stop where a sum is not what all children add, or what some children add is not what their records say."""
    with connected_to(name):
        differences = checking.differences(using="owner")
    if differences:
        raise CopiesDiffer("The figures of the copies are not what their records say:\n" + "\n".join(differences))
    say("figures verified: sums are what all children add, and some hundred children add what their records say")


def _connect(names: dict[str, str]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
