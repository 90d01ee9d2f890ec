"""Everything that is done to the cluster, one after the other."""

from collections.abc import Iterator, Mapping

import psycopg

from tests.cluster import copies
from tests.cluster.drill import Act, Drills, Fault, Outcome
from tests.cluster.releasing import release
from tests.cluster.servers import Member, Program, Servers
from tests.faults.web import Door

# A proxy that is started again, and an agreement of two of three, are hardly noticed.
SOON = 10.0


def rounds(servers: Servers, environment: Mapping[str, str], *, kills: int) -> Iterator[Outcome]:
    """A backup, a release, every fault, and back to a moment from that backup: each with people at work."""
    drills = Drills(servers, Door(port=servers.people, trusts=servers.ground.trusts))
    copies.begin(servers)
    _warm(drills)
    copies.back_up(drills)
    yield drills.outcomes[-1]
    release(drills, environment)
    yield drills.outcomes[-1]
    for fault in _faults(servers, kills=kills):
        drills.meet(fault)
        yield drills.outcomes[-1]
    yield _read_elsewhere(servers)
    copies.go_back(drills)
    yield drills.outcomes[-1]


def _read_elsewhere(servers: Servers) -> Outcome:
    """The second address leads to one that only follows, and has what was acknowledged."""
    found = Outcome("read from a replica")
    with psycopg.connect(servers.url(servers.reads), autocommit=True) as replica:
        (follows,) = replica.execute("SELECT pg_is_in_recovery()").fetchone() or (False,)
        if not follows:
            found.breaches.append("it leads to one that can write")
    return found


def _warm(drills: Drills) -> None:
    """The first requests of a fresh server pay for what it has still to load."""
    load = drills.load(10)
    with load.running():
        load.wait_until_all_is_sent()
    drills.asked += load.account.asked


def _faults(servers: Servers, *, kills: int) -> Iterator[Fault]:
    for number in range(1, kills + 1):
        yield Fault(f"leader killed ({number} of {kills})", *_kill(servers.leader()))
    leader = servers.leader()
    yield Fault("leader halted", leader.halt, leader.go_on)
    yield Fault("standby killed", *_kill(_standby(servers)))
    yield Fault("one of etcd killed", *_kill(servers.etcd[0]), within=SOON)
    yield Fault("proxy killed, started again", lambda: _again(servers.proxy), within=SOON, cuts=True)


def _kill(program: Program) -> tuple[Act, Act]:
    return program.kill, program.start


def _standby(servers: Servers) -> Member:
    """The one that the leader waits for."""
    names = [name for name, counts in servers.following().items() if counts == "sync"]
    return next(member for member in servers.members if member.name in names)


def _again(program: Program) -> None:
    program.kill()
    program.start()
