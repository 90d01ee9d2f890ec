"""A bar that says how far the city is: one line rewritten on a terminal, a line for each tenth anywhere else."""

import sys
from typing import TextIO

_WIDTH = 30
_HUNDRED = 100
_TENTH = 10


class Progress:
    """Counts what is done of `total` and draws it."""

    def __init__(self, total: int, *, what: str, to: TextIO | None = None) -> None:
        self._total, self._what, self._to = max(total, 1), what, to or sys.stdout
        self._done, self._shown = 0, -1
        self._is_terminal = self._to.isatty()

    def advance(self, steps: int) -> None:
        """Note that so many more are done."""
        self._done += steps
        share = min(_HUNDRED, _HUNDRED * self._done // self._total)
        if share == self._shown:
            return
        if self._is_terminal:
            bar = "#" * (_WIDTH * share // _HUNDRED)
            self._to.write(f"\r  [{bar:.<{_WIDTH}}] {share:3d} %  {self._what}")
            self._to.write("\n" if share == _HUNDRED else "")
        elif share // _TENTH > self._shown // _TENTH or self._shown < 0:
            self._to.write(f"  {share:3d} %  {self._what}\n")
        self._to.flush()
        self._shown = share
