"""etcd, PostgreSQL under Patroni and HAProxy on loopback, by the files of deploy/."""

import http.client
import secrets
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

import psycopg

from tests.cluster.ground import HERE, Ground, children_of, kill

START_SECONDS = 120
MEMBERS = 3
# Each standby that follows, and how the leader counts on it.
_FOLLOWING = "SELECT application_name, sync_state FROM pg_stat_replication WHERE state = 'streaming'"


class DidNotHappen(Exception):
    """What a drill waited for did not come about in its time."""


def wait_for(what: str, is_so: Any, *, seconds: float = START_SECONDS) -> float:
    """Wait until it is so; return after how many seconds it was, or raise DidNotHappen."""
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > seconds:
            raise DidNotHappen(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.1)
    return time.monotonic() - began


@dataclass
class Program:
    """One program of a machine, killed, halted and started by its own numbers only."""

    ground: Ground
    name: str
    command: list[str]
    environment: Mapping[str, str]
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it."""
        self.process = self.ground.start(self.name, self.command, self.environment)

    def pids(self) -> list[int]:
        """The program and what it has started."""
        return [self.process.pid, *children_of(self.process.pid)] if self.process else []

    def kill(self) -> None:
        """As a machine dies: all of it at once."""
        kill(self.pids())
        if self.process:
            self.process.wait()
            self.process = None

    def halt(self) -> None:
        """All of it stands still, and takes what it is sent."""
        kill(self.pids(), signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it go on as if nothing had been."""
        kill(self.pids(), signal.SIGCONT)

    def end(self) -> None:
        """Ask it to end, and insist."""
        self.go_on()
        if self.process and self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=30)
        self.kill()


@dataclass
class Member(Program):
    """PostgreSQL under Patroni."""

    port: int = 0
    health: int = 0
    data: Path = Path()

    def pids(self) -> list[int]:
        """Patroni, the database server it started, which is nobody's child, and the server's own processes."""
        try:
            server = int((self.data / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return super().pids()
        return [*super().pids(), server, *children_of(server)]

    def is_leader(self) -> bool:
        """Whether it says so itself."""
        link = http.client.HTTPSConnection(HERE, self.health, timeout=2, context=self.ground.trusts)
        try:
            link.request("GET", "/primary")
            return link.getresponse().status == HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            link.close()


@dataclass
class Servers:
    """Three of etcd, three of PostgreSQL, and the one address of all."""

    ground: Ground
    etcd: list[Program] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    passwords: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.writes, self.reads, self.people = (self.ground.port() for _ in range(3))
        self.web = [self.ground.port() for _ in range(2)]
        for name in ("SUPERUSER", "REPLICATION", "REWIND", "RESTAPI", "BACKUP"):
            self.passwords[name] = secrets.token_urlsafe(24)
        self._plan_etcd()
        for number in range(1, MEMBERS + 1):
            self.members.append(self._member(number))
        proxy = ["haproxy", "-db", "-f", self.ground.configuration("haproxy")]
        self.proxy = Program(self.ground, "haproxy", proxy, self._proxy())

    # --- using them ---

    def start(self) -> None:
        """Start all of them and wait until one leads and two follow."""
        for program in (*self.etcd, *self.members, self.proxy):
            program.start()
        wait_for("three database servers", lambda: self._all_run() and self.is_whole())

    def end(self) -> None:
        """End all of them."""
        for program in (*self.members, self.proxy, *self.etcd):
            program.end()

    def url(self, port: int) -> str:
        """The address of the server's superuser behind one of HAProxy's two ports."""
        proof = f"sslmode=verify-ca&sslrootcert={self.ground.authority}"
        return f"postgres://postgres:{self.passwords['SUPERUSER']}@{HERE}:{port}/postgres?{proof}"

    def leader(self) -> Member:
        """The one that leads; raise DidNotHappen where none does."""
        wait_for("a leader", lambda: any(member.is_leader() for member in self.members))
        return next(member for member in self.members if member.is_leader())

    def following(self) -> dict[str, str]:
        """Who follows the leader, and whether it is waited for before a write is acknowledged."""
        try:
            with psycopg.connect(self.url(self.writes), connect_timeout=2, autocommit=True) as server:
                return dict(server.execute(_FOLLOWING).fetchall())
        except psycopg.Error:
            return {}

    def is_whole(self) -> bool:
        """Whether one leads, all others follow, and the leader waits for one of them."""
        following = self.following()
        return len(following) == MEMBERS - 1 and "sync" in following.values()

    def _all_run(self) -> bool:
        for program in (*self.etcd, *self.members, self.proxy):
            if program.process and program.process.poll() is not None:
                raise DidNotHappen(f"{program.name} does not run: {self.ground.last_words(program.name)}")
        return True

    # --- what each is given ---

    def _plan_etcd(self) -> None:
        ports = {f"etcd{number}": (self.ground.port(), self.ground.port()) for number in range(1, MEMBERS + 1)}
        everybody = ",".join(f"{name}=https://{HERE}:{peer}" for name, (_client, peer) in ports.items())
        self._etcd_hosts = ",".join(f"{HERE}:{client}" for client, _peer in ports.values())
        tls = self.ground.folder / "etc/tls"
        proofs = {"CERT_FILE": "node.crt", "KEY_FILE": "node.key", "TRUSTED_CA_FILE": "ca.crt"}
        for name, (client, peer) in ports.items():
            own = {
                "ETCD_NAME": name,
                "ETCD_DATA_DIR": str(self.ground.made(name, mode=0o700)),
                "ETCD_LISTEN_PEER_URLS": f"https://{HERE}:{peer}",
                "ETCD_INITIAL_ADVERTISE_PEER_URLS": f"https://{HERE}:{peer}",
                "ETCD_LISTEN_CLIENT_URLS": f"https://{HERE}:{client}",
                "ETCD_ADVERTISE_CLIENT_URLS": f"https://{HERE}:{client}",
                "ETCD_INITIAL_CLUSTER": everybody,
                "ETCD_INITIAL_CLUSTER_TOKEN": "alongside",
                "ETCD_INITIAL_CLUSTER_STATE": "new",
                "ETCD_CLIENT_CERT_AUTH": "true",
                "ETCD_PEER_CLIENT_CERT_AUTH": "true",
            }
            for side in ("", "PEER_"):
                own |= {f"ETCD_{side}{what}": str(tls / file) for what, file in proofs.items()}
            self.etcd.append(Program(self.ground, name, ["etcd"], own))

    def _member(self, number: int) -> Member:
        port, health = self.ground.port(), self.ground.port()
        data = self.ground.made(f"db{number}", mode=0o700) / "data"
        own = {
            "PATRONI_NAME": f"db{number}",
            "PATRONI_RESTAPI_LISTEN": f"{HERE}:{health}",
            "PATRONI_RESTAPI_CONNECT_ADDRESS": f"{HERE}:{health}",
            "PATRONI_RESTAPI_USERNAME": "patroni",
            "PATRONI_RESTAPI_PASSWORD": self.passwords["RESTAPI"],
            "PATRONI_ETCD3_HOSTS": self._etcd_hosts,
            "PATRONI_POSTGRESQL_LISTEN": f"{HERE}:{port}",
            "PATRONI_POSTGRESQL_CONNECT_ADDRESS": f"{HERE}:{port}",
            "PATRONI_POSTGRESQL_DATA_DIR": str(data),
            "PATRONI_SUPERUSER_USERNAME": "postgres",
            "PATRONI_SUPERUSER_PASSWORD": self.passwords["SUPERUSER"],
            "PATRONI_REPLICATION_USERNAME": "replicator",
            "PATRONI_REPLICATION_PASSWORD": self.passwords["REPLICATION"],
            "PATRONI_REWIND_USERNAME": "rewinder",
            "PATRONI_REWIND_PASSWORD": self.passwords["REWIND"],
            "PGBACKREST_PG1_PATH": str(data),
            "PGBACKREST_PG1_PORT": str(port),
            "PGBACKREST_REPO1_CIPHER_PASS": self.passwords["BACKUP"],
        }
        command = ["patroni", self.ground.configuration("patroni.yml")]
        return Member(self.ground, f"db{number}", command, own, port=port, health=health, data=data)

    def _proxy(self) -> dict[str, str]:
        binds = {"DATABASE_BIND": self.writes, "REPLICA_BIND": self.reads, "WEB_BIND": self.people}
        binds |= {f"WEB{number}": port for number, port in enumerate(self.web, 1)}
        own = {name: f"{HERE}:{port}" for name, port in binds.items()}
        for number, member in enumerate(self.members, 1):
            own |= {f"DB{number}": f"{HERE}:{member.port}", f"DB{number}_HEALTH": str(member.health)}
        return own
