"""File locks that the operating system releases when their holder dies, however it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Wait for the lock and hold it for the block."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


class SharedUse:
    """Many processes use one thing; the one that lets go last is told so."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def is_last(self) -> bool:
        """Whether nobody else uses it; if so, nobody else can begin until `release`."""
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Let go."""
        os.close(self._handle)


class OnlyOne:
    """A lock for a whole process, with a note for whoever finds it taken."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def take(self) -> bool:
        """Whether the lock is ours now."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._handle = handle
        self.note("")
        return True

    def note(self, text: str) -> None:
        """Leave a note in the lock file."""
        if self._handle is not None:
            os.truncate(self._handle, 0)
            os.pwrite(self._handle, text.encode(), 0)

    def read(self) -> str:
        """The note of whoever holds the lock."""
        try:
            return self.path.read_text()
        except OSError:
            return ""
