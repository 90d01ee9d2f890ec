"""A worker that is killed with SIGKILL in the middle of an order; run as a program of its own, with where it dies.

`rows`: when half of a child's rows are deleted, in the open transaction. `between`: when the rows are gone and no file
is. `file`: when one file of two is gone.
"""

import os
import signal
import sys
from typing import Any

import django

django.setup()

from backend.retention.commands import disposing  # noqa: E402 - the apps are there only now


def _die(*_given: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_after(name: str, store: str) -> None:
    _forget(name, store)
    _die()


_forget = disposing.storing.forget
_WAYS = {"between": _die, "file": _die_after}
where = sys.argv[1]
if where == "rows":
    statements = disposing._statements()
    half = statements[: len(statements) // 2]

    def dying() -> Any:
        """Yield half of what there is to do, then die."""
        yield from half
        _die()

    disposing._statements = dying  # type: ignore[assignment] # in its place, to die there
else:
    disposing.storing.forget = _WAYS[where]  # type: ignore[assignment] # in its place, to die there
disposing.carry_out_all()
