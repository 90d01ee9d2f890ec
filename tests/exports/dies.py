"""A worker that is killed with SIGKILL while it makes an export; run as a program of its own, with the kill's number.

It counts its signs of life, and ends at the one it is told as a process ends that is killed: with the workspace, the
half-written file and an open transaction left as they are.
"""

import os
import signal
import sys

import django

django.setup()

from backend.exports.commands import making  # noqa: E402 - the apps are there only now

_signs = 0
_beat = making._Making._beat


def beat(of: making._Making, **progress: int) -> None:
    """Give the sign, and die after the one that is asked for."""
    global _signs
    _beat(of, **progress)
    _signs += 1
    if _signs == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)


making.PART = 1
making._Making._beat = beat  # type: ignore[method-assign]
making.make_all()
