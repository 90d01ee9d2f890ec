"""How far a share of few can be trusted: an interval around it."""

from math import sqrt

# Of the normal distribution, for 95 %.
_Z = 1.959964


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Return the bounds of the 95 % interval of a share by Wilson's score, without correction for continuity.

    It stays between nothing and everything and says something sensible of few, which "plus or minus two standard
    errors" does not. E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of
    the American Statistical Association 22 (1927) 209-212; recommended for few by Brown, Cai and DasGupta, "Interval
    Estimation for a Binomial Proportion", Statistical Science 16 (2001) 101-133.
    """
    share, spread = part / whole, _Z * _Z / whole
    middle = share + spread / 2
    half = _Z * sqrt((share * (1 - share) + spread / 4) / whole)
    return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))
