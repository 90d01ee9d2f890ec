"""One PostgreSQL server of this checkout: made, started, found again and stopped without trusting stale files."""

import json
import os
import secrets
import shlex
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg

from backend.operations import processes
from backend.operations.locks import SharedUse, exclusive
from backend.operations.postgres.binaries import CannotRun, find_binaries
from backend.operations.postgres.unprivileged import Place, place_for

ADDRESS = "127.0.0.1"
SUPERUSER = "postgres"
START_SECONDS = 60
ARCHIVE_SECONDS = "60"
# Personal data must not reach the server's own log: no statements, no details of errors.
ALWAYS = {
    "listen_addresses": ADDRESS,
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
    "shared_buffers": "256MB",
    "max_connections": "200",
    "max_wal_size": "2GB",
    "timezone": "UTC",
}
# Tests throw their databases away: nothing needs to survive a power cut, or to be read by another server.
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class Cluster:
    """A server with locks, port, secrets and log in `folder`; its data too, unless another account must own them."""

    def __init__(self, folder: Path, *, durable: bool = True, archive: Path | None = None) -> None:
        self.folder = folder.resolve()
        self.durable = durable
        # Where every change is kept as well, a minute after it at most (operations/backups).
        self.archive = archive.resolve() if archive else None
        self._use: SharedUse | None = None

    # --- using it ---

    def start(self, *, dies_with_us: bool = False) -> None:
        """Have the server running and count ourselves among its users; safe to call from many processes at once."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self._use is None:
            self._use = SharedUse(self.folder / "users.lock")
        with exclusive(self.folder / "start.lock"):
            if self.answers():
                return
            place = place_for(self.folder, find_binaries())
            self._make(place)
            self._clear_stale_pid_file(place)
            if not self.answers():
                self._launch(place, dies_with_us=dies_with_us)

    def leave(self, *, stop_anyway: bool = False) -> None:
        """Stop using the server; the last user stops it."""
        if self._use is None:
            return
        if self._use.is_last() or stop_anyway:
            self.stop()
        self._use.release()
        self._use = None

    def stop(self) -> None:
        """End the server, keeping its data: connections are closed, what was committed is safe."""
        pid = self._postmaster()
        if pid is None:
            return
        for sign, seconds in ((signal.SIGINT, 20), (signal.SIGQUIT, 10)):
            try:
                os.kill(pid, sign)
            except ProcessLookupError:
                return
            if processes.wait_until_gone(pid, seconds=seconds):
                return

    def is_alive(self) -> bool:
        """Whether the server's own process lives, without asking the server."""
        return self._postmaster() is not None

    def url(self, user: str = SUPERUSER, *, database: str = "postgres") -> str:
        """The address of a database on this server; the port can differ from one start to the next."""
        return f"postgres://{user}:{self.secret(user)}@{ADDRESS}:{self._port()}/{database}"

    def secret(self, user: str) -> str:
        """The password of a role, made at the first question."""
        path = self.folder / "secrets.json"
        with exclusive(self.folder / "secrets.lock"):
            known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
            if user not in known:
                known[user] = secrets.token_urlsafe(24)
                processes.write_private(path, json.dumps(known, indent=1))
            return known[user]

    def answers(self) -> bool:
        """Whether this very server, and not another program on its port, takes our password."""
        if not (self.folder / "port").exists() or not (self.folder / "secrets.json").exists():
            return False
        try:
            with psycopg.connect(self.url(), connect_timeout=2, autocommit=True) as connection:
                row = connection.execute("SELECT current_setting('data_directory')").fetchone()
        except psycopg.OperationalError:
            return False
        return row is not None and row[0] == self._recorded_data()

    # --- making it ---

    def _make(self, place: Place) -> None:
        processes.write_atomically(self.folder / "data_directory", str(place.data))
        version = place.data / "PG_VERSION"
        if version.exists():
            made_by = int(version.read_text().split(".")[0])
            if made_by != place.binaries.major:
                raise CannotRun(
                    f"The data in {place.data} were made by PostgreSQL {made_by}, but this is {place.binaries.major}: "
                    f"set PG_BIN to a PostgreSQL {made_by}, or move the folder away to start anew."
                )
            return
        staging = place.data.with_name(f"making-{os.getpid()}")
        shutil.rmtree(staging, ignore_errors=True)
        password = place.data.parent / f"password-{os.getpid()}"
        processes.write_private(password, self.secret(SUPERUSER))
        place.own(password)
        try:
            self._initdb(place, staging=staging, password=password)
        finally:
            password.unlink()
        staging.rename(place.data)

    def _initdb(self, place: Place, *, staging: Path, password: Path) -> None:
        reason = ""
        for locale in ("C.UTF-8", "C"):
            command = [
                *place.prefix,
                place.binaries["initdb"],
                f"--pgdata={staging}",
                f"--username={SUPERUSER}",
                f"--pwfile={password}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                f"--locale={locale}",
                *([] if self.durable else ["--no-sync"]),
            ]
            made = subprocess.run(command, capture_output=True, text=True, check=False, **place.popen())
            if made.returncode == 0:
                return
            reason = made.stderr.strip()[-300:]
            shutil.rmtree(staging, ignore_errors=True)
        raise CannotRun(f"PostgreSQL could not make its data folder {place.data}: {reason}")

    # --- starting it ---

    def _launch(self, place: Place, *, dies_with_us: bool) -> None:
        settings = ALWAYS | ({} if self.durable else FORGETFUL) | self._archiving(place)
        for _attempt in range(3):
            port = processes.free_port(ADDRESS, preferred=self._port())
            processes.write_atomically(self.folder / "port", str(port))
            options = [f"--{name}={value}" for name, value in (settings | {"port": str(port)}).items()]
            with (self.folder / "server.log").open("ab") as log:
                server = subprocess.Popen(
                    [*place.prefix, place.binaries["postgres"], "-D", str(place.data), *options],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    preexec_fn=processes.die_with_parent(signal.SIGINT) if dies_with_us else None,
                    **place.popen(),
                )
            if self._wait(server):
                # It may outlive us, so it is nobody's child to wait for any more.
                server.returncode = 0
                return
            # A port taken in the meantime, or the last children of a killed server: both pass.
            time.sleep(0.5)
        raise CannotRun(
            f"PostgreSQL did not start; the end of {self.folder / 'server.log'} says why: {self._last_words()}"
        )

    def _archiving(self, place: Place) -> dict[str, str]:
        """Return what has each piece of the log of changes copied, whole or not at all, before it is used again."""
        if self.archive is None:
            return {}
        # An account that is lent to us has to get through to it, and reads nothing else there.
        self.archive.parent.mkdir(mode=0o711 if place.account else 0o700, parents=True, exist_ok=True)
        self.archive.mkdir(mode=0o700, exist_ok=True)
        place.own(self.archive)
        kept, part = shlex.quote(f"{self.archive}/") + "%f", shlex.quote(f"{self.archive}/") + "%f.part"
        copied = f"cp %p {part} && sync {part} && mv {part} {kept}"
        return {
            "archive_mode": "on",
            "archive_command": f"if test -f {kept}; then cmp -s %p {kept}; else {copied}; fi",
            "archive_timeout": ARCHIVE_SECONDS,
        }

    def _wait(self, server: subprocess.Popen[bytes]) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.answers():
                return True
            if server.poll() is not None:
                return False
            time.sleep(0.05)
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)
        return False

    def _last_words(self) -> str:
        lines = (self.folder / "server.log").read_text(errors="replace").strip().splitlines()
        return " / ".join(lines[-3:])

    # --- what the files say, checked against the processes ---

    def _port(self) -> int | None:
        try:
            return int((self.folder / "port").read_text())
        except (OSError, ValueError):
            return None

    def _recorded_data(self) -> str:
        try:
            return (self.folder / "data_directory").read_text()
        except OSError:
            return ""

    def _postmaster(self) -> int | None:
        """The number of the living server, or None: a number alone may belong to anyone by now."""
        data = self._recorded_data()
        try:
            pid = int((Path(data) / "postmaster.pid").read_text().splitlines()[0])
        except (OSError, ValueError, IndexError):
            return None
        return pid if data and processes.works_in(pid, Path(data)) else None

    def _clear_stale_pid_file(self, place: Place) -> None:
        pid_file = place.data / "postmaster.pid"
        if not pid_file.exists():
            return
        if self._postmaster() is None:
            pid_file.unlink(missing_ok=True)
            return
        # It lives but does not answer yet: it is recovering, or on its way out.
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._postmaster() is not None and not self.answers():
            time.sleep(0.1)
