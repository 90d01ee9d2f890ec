"""Makes a city of some size on the tests' own server, and throws it away."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connections

from backend.insights import refreshing
from backend.operations.surroundings import ROOT, urls_of
from bench.city.copies import Source, fill
from tests import databases


def grown_template() -> str:
    """The demo city with its past, made by the product's own commands; once for each state of the code."""

    def make() -> None:
        database = str(connections["owner"].settings_dict["NAME"])
        environment = os.environ | urls_of(databases.server(), database=database)
        environment |= {"DEMO": "true", "DJANGO_SETTINGS_MODULE": "backend.config.settings"}
        for command in ("demo_city", "demo_past"):
            asked = [sys.executable, "manage.py", command]
            subprocess.run(asked, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)

    return databases.template("grown", base=databases.plain_template(), fill=make)


@contextmanager
def city_of(referrals: int, *, keep: bool, say: Callable[[str], None]) -> Iterator[int]:
    """Connect to a city of at least so many referrals, and yield how many there are."""
    name, template = databases.own_name(f"bench_{referrals}"), grown_template()
    say("the demo city is there")
    source = Source(databases.server().url(database=template))
    copies = -(-referrals // source.referrals)
    databases.renew(name, template=template)
    fill(databases.server().url(database=name), source, copies=range(1, copies))
    say(f"{copies * source.referrals:,} referrals in {databases.size_of(name)}")
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
    children = refreshing.rebuild(using="owner")
    say(f"the figures of {children:,} children are counted")
    try:
        yield copies * source.referrals
    finally:
        connections.close_all()
        if keep:
            say(f"kept as {name} in {databases.server().url(database=name)}")
        else:
            databases.drop(name)
