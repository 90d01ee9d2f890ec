"""`make drill-cluster`: a cluster of three on loopback loses its leader, again and again, under people at work."""

import os
import sys
import time
from collections.abc import Iterable

import django
from django.core.management import call_command
from django.test import override_settings

from tests.cluster import product
from tests.cluster.ground import Ground
from tests.cluster.servers import Servers

KILLS = int(os.environ.get("KILLS", "5"))
COLUMNS = "{:30} {:>8} {:>8} {:>7} {:>9}  {:24} {}"


def main() -> int:
    """Run every drill; return 1 where one of them was not met."""
    began = time.monotonic()
    ground = Ground()
    servers = Servers(ground)
    print(f"A cluster in {ground.folder} ...", flush=True)
    try:
        servers.start()
        print(f"  one leads, two follow after {time.monotonic() - began:.0f} s", flush=True)
        broken = _drilled(servers)
    finally:
        servers.end()
        if not os.environ.get("KEEP"):
            ground.clear()
    print(f"{'NOT MET' if broken else 'All met'}, in {time.monotonic() - began:.0f} s")
    return int(broken)


def _drilled(servers: Servers) -> bool:
    environment = product.environment_of(servers)
    os.environ.update(environment)
    for command in product.RELEASE:
        product.run(command, environment)
    django.setup()
    from tests.cluster.drill import Drills  # noqa: PLC0415 - once the settings are those of the cluster
    from tests.cluster.faults import faults  # noqa: PLC0415 - the same
    from tests.faults.web import Door  # noqa: PLC0415 - the same

    with override_settings(DEMO=True):
        call_command("load_reference", stdout=open(os.devnull, "w"))
    drills = Drills(servers, Door(port=servers.people, trusts=servers.ground.trusts))
    print(COLUMNS.format("fault", "writes", "whole", "kept", "slowest", "answers", "broken"), flush=True)
    with product.serving(servers, environment):
        for fault in faults(servers, kills=KILLS):
            drills.meet(fault)
            _say(drills.outcomes[-1:])
    return any(one.breaches for one in drills.outcomes)


def _say(outcomes: Iterable[object]) -> None:
    for one in outcomes:
        times = f"{one.back:.1f} s", f"{one.whole:.1f} s", one.acknowledged, f"{one.slowest:.1f} s"
        print(COLUMNS.format(one.name, *times, one.answers, "; ".join(one.breaches) or "-"), flush=True)


if __name__ == "__main__":
    sys.exit(main())
