"""`make drill-cluster`: a cluster of three on loopback loses its leader, again and again, under people at work."""

import os
import signal
import sys
import time
from pathlib import Path

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
    # Whoever ends the drill early has everything ended that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    ground = Ground()
    servers = Servers(ground)
    _say(f"A cluster in {ground.folder} …")
    try:
        servers.start()
        _say(f"  one leads, two follow after {time.monotonic() - began:.0f} s")
        broken = _drilled(servers)
    finally:
        servers.end()
        if not os.environ.get("KEEP"):
            ground.clear()
    _say(f"{'NOT MET' if broken else 'All met'}, in {time.monotonic() - began:.0f} s")
    return int(broken)


def _drilled(servers: Servers) -> bool:
    environment = product.environment_of(servers)
    os.environ.update(environment)
    product.prepare(environment)
    django.setup()
    # Once the settings are those of the cluster.
    from tests.cluster.rounds import rounds  # noqa: PLC0415 - the same

    with override_settings(DEMO=True), Path(os.devnull).open("w") as nowhere:
        call_command("load_reference", stdout=nowhere)
    _say(COLUMNS.format("", "writes", "whole", "kept", "slowest", "answers", "broken"))
    broken = False
    with product.serving(servers, environment):
        for one in rounds(servers, environment, kills=KILLS):
            times = f"{one.back:.1f} s", f"{one.whole:.1f} s", one.acknowledged, f"{one.slowest:.1f} s"
            _say(COLUMNS.format(one.name, *times, one.answers, "; ".join(one.breaches) or "-"))
            broken = broken or bool(one.breaches)
    return broken


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - the drill is a program, and this is what it measures


if __name__ == "__main__":
    sys.exit(main())
