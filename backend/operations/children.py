"""The processes one parent looks after: started in groups of their own, restarted patiently, stopped politely."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from backend.operations import processes
from backend.operations.surroundings import ROOT

PATIENCE = (0.5, 1, 2, 4, 8, 15, 30)
STEADY_SECONDS = 60
LOG_BYTES = 10_000_000


@dataclass
class Child:
    """One process and everything it starts."""

    name: str
    command: list[str]
    environment: Callable[[], Mapping[str, str]]
    log: Path
    # Its work has an end: once it ended well, it is not started again.
    ends: bool = False
    failures: int = 0
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    not_before: float = 0.0
    ended: list[int] = field(default_factory=list)

    def start(self) -> None:
        """Start it in a group of its own; the kernel ends it when we die, however we die."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".previous.log"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=dict(self.environment()),
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,
                preexec_fn=processes.die_with_parent(signal.SIGTERM),
            )
        self.started_at = time.monotonic()

    def has_ended(self) -> bool:
        """Whether it runs no more; what it left behind in its group is killed."""
        if self.process is None or self.process.poll() is None:
            return False
        self.ended.append(self.process.returncode)
        self._signal_group(signal.SIGKILL)
        if time.monotonic() - self.started_at > STEADY_SECONDS:
            self.failures = 0
        self.not_before = time.monotonic() + PATIENCE[min(self.failures, len(PATIENCE) - 1)]
        self.failures += 1
        self.process = None
        return True

    def is_due(self) -> bool:
        """Whether it is down, still has work and has waited long enough."""
        return self.process is None and not self.is_done() and time.monotonic() >= self.not_before

    def is_done(self) -> bool:
        """Whether its work had an end and came to it."""
        return self.ends and self.ended[-1:] == [0]

    def last_words(self) -> str:
        """The end of its log."""
        try:
            lines = self.log.read_text(errors="replace").strip().splitlines()
        except OSError:
            return ""
        return "\n".join(lines[-8:])

    def _signal_group(self, sign: signal.Signals) -> None:
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, sign)


def stop_all(children: list[Child], *, seconds: float = 10) -> None:
    """Ask every group to end, wait, then insist."""
    running = [child for child in children if child.process is not None]
    for child in running:
        child._signal_group(signal.SIGTERM)
    deadline = time.monotonic() + seconds
    for child in running:
        process = child.process
        if process is None:
            continue
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=max(0.0, deadline - time.monotonic()))
        child._signal_group(signal.SIGKILL)
        process.wait()
        child.process = None
