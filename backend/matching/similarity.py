"""How alike two texts are: Jaro–Winkler for names, one wrong character for numbers."""

from functools import lru_cache

_PREFIX, _PREFIX_WEIGHT, _BOOST_FROM = 4, 0.1, 0.7


@lru_cache(maxsize=65_536)
def jaro_winkler(one: str, other: str) -> float:
    """Return the Jaro–Winkler similarity of two texts: 1 for equal, 0 for nothing in common."""
    if one == other:
        return 1.0
    similarity = _jaro(one, other)
    if similarity <= _BOOST_FROM:
        return similarity
    prefix = 0
    for mine, theirs in zip(one[:_PREFIX], other[:_PREFIX], strict=False):
        if mine != theirs:
            break
        prefix += 1
    return similarity + prefix * _PREFIX_WEIGHT * (1 - similarity)


def one_character_off(one: str, other: str) -> bool:
    """Say whether two texts differ by one wrong, missing or extra character, or by two neighbours exchanged."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    at = next((place for place, mine in enumerate(short) if mine != long[place]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    exchanged = long[:at] + long[at + 1 : at + 2] + long[at : at + 1] + long[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or short == exchanged


def _jaro(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    window = max(max(len(one), len(other)) // 2 - 1, 0)
    taken = [False] * len(other)
    mine = []
    for place, letter in enumerate(one):
        for there in range(max(0, place - window), min(len(other), place + window + 1)):
            if not taken[there] and other[there] == letter:
                taken[there] = True
                mine.append(letter)
                break
    common = len(mine)
    if not common:
        return 0.0
    theirs = [letter for letter, is_taken in zip(other, taken, strict=True) if is_taken]
    moved = sum(a != b for a, b in zip(mine, theirs, strict=True)) // 2
    return (common / len(one) + common / len(other) + (common - moved) / common) / 3
