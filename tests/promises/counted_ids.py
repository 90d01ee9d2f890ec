"""In a walk: identifiers in the order they are made, so that the same draws lead the same way each time.

Below its millisecond a UUIDv7 is chance, and in a walk an hour is one instant: which of two records is the first would
differ each time, and Hypothesis could neither trust nor shorten a walk that went wrong.
"""

from collections.abc import Callable
from itertools import count
from uuid import UUID

_VERSION, _VARIANT = 7 << 76, 2 << 62


def counted() -> Callable[..., UUID]:
    """Return a maker of UUIDv7: the instant's milliseconds, then one more than the last."""
    numbers = count(1)

    def made(*, nanoseconds: int) -> UUID:
        return UUID(int=nanoseconds // 1_000_000 << 80 | _VERSION | _VARIANT | next(numbers))

    return made
