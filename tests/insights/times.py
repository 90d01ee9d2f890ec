"""Times as pages of figures tell them, worked out by hand."""

from collections.abc import Collection

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def at_most(share: float, seconds: Collection[float]) -> int:
    """The first time within which that share of them was done, in whole minutes, hours or days."""
    took = next(one for one in sorted(seconds) if sum(other <= one for other in seconds) >= share * len(seconds))
    unit = _MINUTE if took < _HOUR else _HOUR if took < 2 * _DAY else _DAY
    return int(took // unit * unit)
