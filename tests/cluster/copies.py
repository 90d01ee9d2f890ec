"""pgBackRest in the drill: a whole backup under load, and a database as it was at a moment, made from that."""

from datetime import datetime
from typing import Any

import psycopg

from backend.operations.postgres import roles
from tests.cluster.drill import Drills, Outcome
from tests.cluster.ground import HERE
from tests.cluster.servers import DidNotHappen, Program, Servers, wait_for
from tests.faults.invariants import violations

# So many are sent before the moment to go back to, and so many after it.
EARLIER, LATER = 30, 10
_SUBMITS = "SELECT count(*) FROM audit_event WHERE verb = 'referral.submit' AND root_id = ANY (%s::uuid[])"
_ARCHIVED = "SELECT last_archived_wal >= %s FROM pg_stat_archiver"
# What a server is told that is not a member of the cluster: nobody follows it, and it adds nothing to the archive.
ALONE = {"listen_addresses": HERE, "synchronous_standby_names": "", "archive_mode": "off"}


def begin(servers: Servers) -> None:
    """Make the place in the repository that everything is copied to from then on."""
    _pgbackrest(servers, "stanza-create")


def back_up(drills: Drills) -> None:
    """A whole backup of the leader while people work: nobody is turned away for it."""
    load = drills.load(EARLIER)
    found = Outcome("whole backup under load")
    drills.outcomes.append(found)
    with load.running():
        _pgbackrest(drills.servers, "backup", "--type=full")
    load.finish()
    drills.judge(found, load.account, only_200=True)


def go_back(drills: Drills) -> None:
    """A server as it was at a moment: what was acknowledged before is there, and nothing that came after."""
    found = Outcome("gone back to a moment")
    drills.outcomes.append(found)
    earlier = _sent(drills, EARLIER)
    drills.judge(found, earlier.account, only_200=True)
    moment = _value(drills.servers, "SELECT clock_timestamp()")
    later = _sent(drills, LATER)
    file = _value(drills.servers, "SELECT pg_walfile_name(pg_switch_wal())")
    wait_for("the log is copied", lambda: _value(drills.servers, _ARCHIVED, file))
    restored = _restored(drills.servers, moment)
    try:
        found.whole = wait_for("the restored database answers", lambda: _is_ready(restored, drills.servers))
        with psycopg.connect(_address(restored, drills.servers), autocommit=True) as database:

            def seen(statement: str, **values: Any) -> list[tuple[Any, ...]]:
                return list(database.execute(statement, values).fetchall())

            found.breaches += [f"{name} after: {rows[:2]}" for name, rows in violations(drills.asked, seen).items()]
            roots = [one.root for one in later.account.asked if one.key]
            (there,) = database.execute(_SUBMITS, [roots]).fetchone() or (0,)
            if there:
                found.breaches.append(f"{there} that came after the moment are there")
    except DidNotHappen as reason:
        found.breaches.append(str(reason))
    finally:
        restored.end()


def _sent(drills: Drills, number: int) -> Any:
    load = drills.load(number)
    with load.running():
        load.wait_until_all_is_sent()
    return load


def _value(servers: Servers, statement: str, *values: Any) -> Any:
    with psycopg.connect(servers.url(servers.writes), autocommit=True) as server:
        (value,) = server.execute(statement, values).fetchone() or (None,)
        return value


def _pgbackrest(servers: Servers, what: str, *options: str, **environment: str) -> None:
    leader = servers.leader()
    configuration = f"--config={servers.ground.configuration('pgbackrest.conf')}"
    command = ["pgbackrest", configuration, "--stanza=alongside", *options, what]
    servers.ground.run(f"pgbackrest-{what}", command, {**leader.environment, **environment})


def _restored(servers: Servers, moment: datetime) -> Program:
    data, port = servers.ground.made("restored", mode=0o700), servers.ground.port()
    target = ["--type=time", f"--target={moment.isoformat(sep=' ')}", "--target-action=promote"]
    _pgbackrest(servers, "restore", *target, PGBACKREST_PG1_PATH=str(data))
    settings = ALONE | {"port": str(port), "unix_socket_directories": ""}
    options = [f"--{name}={value}" for name, value in settings.items()]
    command = ["/usr/lib/postgresql/15/bin/postgres", "-D", str(data), *options]
    own = {**servers.leader().environment, "PGBACKREST_PG1_PATH": str(data), "PORT": str(port)}
    program = Program(servers.ground, "restored", command, own)
    program.start()
    return program


def _address(restored: Program, servers: Servers) -> str:
    return roles.with_role(
        servers.url(int(restored.environment["PORT"])),
        user="postgres",
        password=servers.passwords["SUPERUSER"],
        database=roles.DATABASE,
    )


def _is_ready(restored: Program, servers: Servers) -> bool:
    if restored.process and restored.process.poll() is not None:
        raise DidNotHappen(f"the restored database: {servers.ground.last_words(restored.name)}")
    try:
        with psycopg.connect(_address(restored, servers), connect_timeout=2) as database:
            (recovers,) = database.execute("SELECT pg_is_in_recovery()").fetchone() or (True,)
            return not recovers
    except psycopg.Error:
        return False
