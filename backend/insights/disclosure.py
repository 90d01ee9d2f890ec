"""What may be published of counts: the one place through which every number passes that leaves case level (ADR 54).

Counts are published once, in the finest cells that any report may ask for: each becomes none, or a multiple of the
base that is not below the threshold. Every table, total, filter, share and chart is then made of the published cells
and of nothing else. So totals agree everywhere, and whatever is subtracted from whatever, only published cells come
out of it.

Why nobody can conclude from them that somebody is in a cell with fewer others than the threshold: counts that can be
published as they are, are published as they are. So the published city is one of the cities that all the reports may
tell of, and no cell in it, nor any union of cells, has somebody and fewer than the threshold.

Of the things in a cell some may bear marks, each several (factors of a referral). How many bear a mark is published in
the same cells, by the same rule, and never as more than the cell: so there still is a city that has just what is
published (ADR 58), and neither those who bear a mark nor those who do not are ever few in it.

Sources: protecting the building blocks of which all tables are made, against differencing, is technique 1 of Wooton
and Fraser, "A Review of Confidentiality Protections for Statistical Tables", Australian Bureau of Statistics 2005
(1352.0.55.072). Rounding so that the margins stay near what they were is controlled rounding: Handbook on Statistical
Disclosure Control, 5.5 (https://sdctools.github.io/HandbookSDC/05-frequency-tables.html). Thresholds in use: 1 to 5
suppressed and secondary suppression in "Characteristics of children in need" of the Department for Education; fewer
than 10 suppressed and the rest rounded to 5, the "10-5 rule" of the Office for National Statistics; fewer than 5
suppressed and the rest rounded to 5 at Ofqual (rounding policy, 2025).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

# A code of each dimension, in their order.
Key = tuple[str, ...]
# How many of a cell are marked with a code, of which each may bear several: a referral names many factors.
Marks = Mapping[str, int]

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
    marks: Mapping[Key, Marks] = field(default_factory=dict)

    def where(self, **wanted: Collection[str]) -> "Published":
        """Return the cells that have one of the wanted codes in each dimension that is named."""
        asked = [(self.dimensions.index(name), codes) for name, codes in wanted.items()]
        kept = {key: number for key, number in self.cells.items() if all(key[place] in codes for place, codes in asked)}
        return Published(self.dimensions, kept, self.rule, {key: self.marks[key] for key in kept if key in self.marks})

    def marked(self, code: str) -> "Published":
        """Return how many of each cell bear a mark, with the marks that cells of them bear besides left out."""
        kept = {key: marks[code] for key, marks in self.marks.items() if code in marks}
        return Published(self.dimensions, kept, self.rule, {key: {code: number} for key, number in kept.items()})

    def by(self, *dimensions: str) -> Mapping[Key, int]:
        """Return the numbers by some of the dimensions: the cells of a table, its margins, or by none its total."""
        places = [self.dimensions.index(name) for name in dimensions]
        found: Counter[Key] = Counter()
        for key, number in self.cells.items():
            found[tuple(key[place] for place in places)] += number
        return found

    def by_mark(self) -> Mapping[str, int]:
        """Return how many bear each mark; one that bears several counts with each."""
        found: Counter[str] = Counter()
        for marks in self.marks.values():
            found.update(marks)
        return found

    @property
    def total(self) -> int:
        """Return how many there are, as far as it is published."""
        return sum(self.cells.values())

    def share(self, part: int, whole: int) -> int | None:
        """Return a published number in per cent of another, without decimals; None where the whole is too small."""
        return (200 * part + whole) // (2 * whole) if whole >= _SHARE_FROM_BASES * self.rule.base else None


class _Margins:
    """How far each margin of so many dimensions is off, by what has been published before the cell at hand."""

    def __init__(self, dimensions: int, kept_near: int) -> None:
        sizes = range(kept_near + 1)
        self._places = [places for size in sizes for places in combinations(range(dimensions), size)]
        self._off: list[dict[Key, int]] = [defaultdict(int) for _each in self._places]

    def off(self, key: Key, mark: Key = ()) -> int:
        """Return by how much those of a cell are off together; a mark is a dimension that they all have."""
        pairs = zip(self._places, self._off, strict=True)
        return sum(off[mark + tuple([key[place] for place in places])] for places, off in pairs)

    def move(self, by: int, key: Key, mark: Key = ()) -> None:
        """Note that a cell is published as so many more than there are."""
        if by:
            for places, off in zip(self._places, self._off, strict=True):
                off[mark + tuple([key[place] for place in places])] += by

    def cost(self, by: int, off: int) -> int:
        """Return what a move adds to the squares of how far the margins are off."""
        return by * (2 * off + len(self._places) * by)


class _Publishing:
    """One publication, cell by cell in the order of their keys."""

    def __init__(self, dimensions: int, rule: Rule) -> None:
        self._rule = rule
        self._margins = _Margins(dimensions, _KEPT_NEAR)
        self._marks = _Margins(dimensions, _KEPT_NEAR - 1)

    def stand(self, key: Key, count: int, marks: Marks, number: int, published: Marks) -> None:
        """Take over what was published of a cell before, whatever is there now."""
        self._margins.move(number - count, key)
        for code in {*marks, *published}:
            self._marks.move(published.get(code, 0) - marks.get(code, 0), key, (code,))

    def choose(self, key: Key, count: int, marks: Marks) -> tuple[int, Marks]:
        """Return what is published of a cell: of its two candidates the one that leaves all margins nearest."""
        off = self._margins.off(key)
        offs = {code: self._marks.off(key, (code,)) for code in marks}
        found = []
        for number in dict.fromkeys(self._rule.around(count)):
            chosen = {code: self._of_mark(marks[code], number, offs[code]) for code in marks}
            cost = self._margins.cost(number - count, off)
            cost += sum(self._marks.cost(chosen[code] - marks[code], offs[code]) for code in marks)
            found.append((cost, number, chosen))
        _cost, number, chosen = min(found, key=lambda one: one[:2])
        self.stand(key, count, marks, number, chosen)
        return number, {code: some for code, some in chosen.items() if some}

    def _of_mark(self, count: int, at_most: int, off: int) -> int:
        """Never more than there are in the cell: then there is a city that has just what is published."""
        candidates = [min(number, at_most) for number in self._rule.around(count)]
        return min(candidates, key=lambda number: self._marks.cost(number - count, off))


def publish(
    dimensions: Sequence[str],
    counts: Mapping[Key, int],
    rule: Rule = RULE,
    *,
    marks: Mapping[Key, Marks] | None = None,
    before: Published | None = None,
    times: Collection[str] = (),
) -> Published:
    """Return what may be published of the finest counts there are, and of how many in each bear which mark.

    Cell by cell in the order of their keys, each goes up or down to where the total, the margins of one and two
    dimensions, and each mark by one dimension, are nearest to what they were. Where the first dimension is a time,
    what was published of earlier times stays as it is when later ones are added; and what was published `before` of
    the `times` that are named stays although their records have changed since. A secret is not needed: knowing this
    text helps nobody, see above.
    """
    marks = marks or {}
    stood = before.where(**{dimensions[0]: times}) if before else Published(tuple(dimensions), {}, rule)
    cells, with_marks = dict(stood.cells), dict(stood.marks)
    publishing = _Publishing(len(dimensions), rule)
    for key in sorted({*counts, *cells}):
        count, of_key = counts.get(key, 0), marks.get(key, {})
        if key[:1] and key[0] in times:
            publishing.stand(key, count, of_key, cells.get(key, 0), with_marks.get(key, {}))
            continue
        number, chosen = publishing.choose(key, count, of_key)
        if number:
            cells[key] = number
        if chosen:
            with_marks[key] = chosen
    return Published(tuple(dimensions), cells, rule, with_marks)
