"""What is done to the cluster."""

from collections.abc import Iterator

from tests.cluster.drill import Fault
from tests.cluster.servers import Member, Program, Servers

# A proxy that is started again, and an agreement of two of three, are hardly noticed.
SOON = 10.0


def faults(servers: Servers, *, kills: int) -> Iterator[Fault]:
    """The leader killed so many times, then halted; one of etcd killed; the proxy killed and started again."""
    for number in range(1, kills + 1):
        yield _of(servers.leader(), f"leader killed ({number} of {kills})")
    leader = servers.leader()
    yield Fault("leader halted", leader.halt, leader.go_on)
    yield Fault("standby killed", *_kill(_standby(servers)))
    yield Fault("one of etcd killed", *_kill(servers.etcd[0]), within=SOON)
    yield Fault("proxy killed, started again", lambda: _again(servers.proxy), within=SOON, cuts=True)


def _of(leader: Member, name: str) -> Fault:
    return Fault(name, *_kill(leader))


def _kill(program: Program) -> tuple[object, object]:
    return program.kill, program.start


def _standby(servers: Servers) -> Member:
    """The one that the leader waits for."""
    names = [name for name, counts in servers.following().items() if counts == "sync"]
    return next(member for member in servers.members if member.name in names)


def _again(program: Program) -> None:
    program.kill()
    program.start()
