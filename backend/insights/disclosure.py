"""What may be published of counts: the one place through which every number passes that leaves case level (ADR 54).

Counts are published once, in the finest cells that any report may ask for: each becomes none, or a multiple of the
base that is not below the threshold. Every table, total, filter, share and chart is then made of the published cells
and of nothing else. So totals agree everywhere, and whatever is subtracted from whatever, only published cells come
out of it.

Why nobody can conclude from them that somebody is in a cell with fewer others than the threshold: counts that can be
published as they are, are published as they are. So the published city is one of the cities that all the reports may
tell of, and no cell in it, nor any union of cells, has somebody and fewer than the threshold.

Sources: protecting the building blocks of which all tables are made, against differencing, is technique 1 of Wooton
and Fraser, "A Review of Confidentiality Protections for Statistical Tables", Australian Bureau of Statistics 2005
(1352.0.55.072). Rounding so that the margins stay near what they were is controlled rounding: Handbook on Statistical
Disclosure Control, 5.5 (https://sdctools.github.io/HandbookSDC/05-frequency-tables.html). Thresholds in use: 1 to 5
suppressed and secondary suppression in "Characteristics of children in need" of the Department for Education; fewer
than 10 suppressed and the rest rounded to 5, the "10-5 rule" of the Office for National Statistics; fewer than 5
suppressed and the rest rounded to 5 at Ofqual (rounding policy, 2025).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

# A code of each dimension, in their order.
Key = tuple[str, ...]

# Margins of up to so many dimensions are kept near: those of which tables are made.
_KEPT_NEAR = 2
# A share of fewer says more about rounding than about children.
_SHARE_FROM_BASES = 5


@dataclass(frozen=True, slots=True)
class Rule:
    """How small a number may be, and of what every number is a multiple."""

    threshold: int = 5
    base: int = 5

    def __post_init__(self) -> None:
        if self.base < 1 or self.threshold < 1:
            raise ValueError("A threshold and a base are at least 1.")

    @property
    def least(self) -> int:
        """Return the smallest number that is published."""
        return -(-self.threshold // self.base) * self.base

    def around(self, count: int) -> tuple[int, int]:
        """Return the numbers nearest to a count that can be published, from below and from above."""
        if count % self.base == 0 and (count == 0 or count >= self.least):
            return count, count
        if count < self.least:
            return 0, self.least
        below = count // self.base * self.base
        return below, below + self.base


RULE = Rule()


@dataclass(frozen=True, slots=True)
class Published:
    """Cells that may be shown to anybody; whatever is not among them is too few to show, be it none or some."""

    dimensions: tuple[str, ...]
    cells: Mapping[Key, int]
    rule: Rule = RULE

    def where(self, **wanted: Collection[str]) -> "Published":
        """Return the cells that have one of the wanted codes in each dimension that is named."""
        asked = [(self.dimensions.index(name), codes) for name, codes in wanted.items()]
        kept = {key: number for key, number in self.cells.items() if all(key[place] in codes for place, codes in asked)}
        return Published(self.dimensions, kept, self.rule)

    def by(self, *dimensions: str) -> Mapping[Key, int]:
        """Return the numbers by some of the dimensions: the cells of a table, its margins, or by none its total."""
        places = [self.dimensions.index(name) for name in dimensions]
        found: Counter[Key] = Counter()
        for key, number in self.cells.items():
            found[tuple(key[place] for place in places)] += number
        return found

    @property
    def total(self) -> int:
        """Return how many there are, as far as it is published."""
        return sum(self.cells.values())

    def share(self, part: int, whole: int) -> int | None:
        """Return a published number in per cent of another, without decimals; None where the whole is too small."""
        return (200 * part + whole) // (2 * whole) if whole >= _SHARE_FROM_BASES * self.rule.base else None


def publish(dimensions: Sequence[str], counts: Mapping[Key, int], rule: Rule = RULE) -> Published:
    """Return what may be published of the finest counts there are.

    Cell by cell in the order of their keys, each goes up or down to where the total and the margins of one and two
    dimensions are nearest to what they were. Where the first dimension is a time, what was published of earlier times
    stays as it is when later ones are added. A secret is not needed: knowing this text helps nobody, see above.
    """
    off: dict[tuple[tuple[int, ...], Key], int] = defaultdict(int)
    cells = {}
    for key in sorted(counts):
        margins = list(_margins(key))
        number = _nearest(rule.around(counts[key]), counts[key], sum(off[one] for one in margins), len(margins))
        for one in margins:
            off[one] += number - counts[key]
        if number:
            cells[key] = number
    return Published(tuple(dimensions), cells, rule)


def _margins(key: Key) -> Iterator[tuple[tuple[int, ...], Key]]:
    for size in range(_KEPT_NEAR + 1):
        for places in combinations(range(len(key)), size):
            yield places, tuple(key[place] for place in places)


def _nearest(candidates: tuple[int, int], count: int, off: int, margins: int) -> int:
    """Return the candidate that leaves the squares of how far the margins are off smallest, less what both share."""
    return min(candidates, key=lambda number: (number - count) * (2 * off + margins * (number - count)))
