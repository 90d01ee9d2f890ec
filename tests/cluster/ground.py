"""What a drilled cluster stands on: a temporary folder, an account that is not root, certificates, its processes."""

import os
import pwd
import shutil
import signal
import ssl
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from backend.operations import processes
from backend.operations.surroundings import ROOT
from tests.certificates import of_an_authority

HERE = "127.0.0.1"
ACCOUNT = "postgres"
DEPLOY = ROOT / "deploy"


class Ground:
    """A folder in the place of /etc, /var/run and /var/lib, in which the files of deploy/ are used as they are."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="alongside-cluster-"))
        self.folder.chmod(0o711)
        self._account = pwd.getpwnam(ACCOUNT)
        self._taken = set[int]()
        self._places = {
            "/etc/alongside": self.made("etc"),
            "/var/run/postgresql": self.made("run"),
            "/var/lib/pgbackrest": self.made("backups"),
        }
        of_an_authority(self.made("etc/tls", mode=0o755))
        for file in (self.folder / "etc/tls").iterdir():
            file.chmod(0o600 if file.suffix in (".key", ".pem") else 0o644)
            self._own(file)
        for file in (*(DEPLOY / "cluster").glob("*.[yc]*"), *(DEPLOY / "haproxy").glob("*.cfg")):
            self._copy(file)
        self.trusts = ssl.create_default_context(cafile=self.authority)

    @property
    def authority(self) -> Path:
        """The certificate that all others are signed by."""
        return self.folder / "etc/tls/ca.crt"

    def made(self, name: str, *, mode: int = 0o711) -> Path:
        """A folder of the account's own."""
        path = self.folder / name
        path.mkdir(mode=mode, parents=True, exist_ok=True)
        path.chmod(mode)
        self._own(path)
        return path

    def port(self) -> int:
        """A port that nobody has, and that nobody else here is given."""
        while (port := processes.free_port(HERE, preferred=None)) in self._taken:
            continue
        self._taken.add(port)
        return port

    def configuration(self, name: str) -> str:
        """Where the copy of a file or folder of deploy/ lies."""
        return str(self.folder / "etc" / name)

    def start(self, name: str, command: list[str], environment: Mapping[str, str]) -> "subprocess.Popen[bytes]":
        """Start a program by the account; the kernel ends it when the drill ends, however that does."""
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd="/",
                env=self._environment(name) | dict(environment),
                user=self._account.pw_uid,
                group=self._account.pw_gid,
                extra_groups=[],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,
                preexec_fn=processes.die_with_parent(signal.SIGTERM),
            )

    def run(self, name: str, command: list[str], environment: Mapping[str, str], *, seconds: float = 300) -> None:
        """Run a program by the account to its end; raise where it does not end well."""
        process = self.start(name, command, environment)
        code = process.wait(timeout=seconds)
        if code:
            raise RuntimeError(f"{command[0]} ended with {code}: {self.last_words(name)}")

    def last_words(self, name: str) -> str:
        """The end of a program's log."""
        lines = (self.folder / f"{name}.log").read_text(errors="replace").strip().splitlines()
        return "\n".join(lines[-12:])

    def clear(self) -> None:
        """Throw everything away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _environment(self, name: str) -> dict[str, str]:
        own = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": str(self.made(f"home-{name}"))}
        return own | {"PGBACKREST_LOCK_PATH": str(self.folder / "run")}

    def _own(self, path: Path) -> None:
        os.chown(path, self._account.pw_uid, self._account.pw_gid)

    def _copy(self, file: Path) -> None:
        text = file.read_text()
        for there, here in self._places.items():
            text = text.replace(there, str(here))
        folder = "etc" if file.parent.name == "cluster" else f"etc/{file.parent.name}"
        copy = self.made(folder) / file.name
        copy.write_text(text)
        self._own(copy)


def kill(pids: Iterable[int], sign: signal.Signals = signal.SIGKILL) -> None:
    """Send a signal to each of these that still lives."""
    for pid in pids:
        try:
            os.kill(pid, sign)
        except ProcessLookupError:
            continue


def children_of(pid: int) -> list[int]:
    """Whatever a process has started and not yet outlived."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
        except (OSError, IndexError):
            continue
        if parent == str(pid):
            found.append(int(entry.name))
    return found
