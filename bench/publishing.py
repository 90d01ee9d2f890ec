"""How near published margins stay: `.venv/bin/python manage.py shell -c "from bench.publishing import run; run()"`.

Made-up referrals of a year, drawn with a fixed seed: wards, themes and the rest as uneven as such things are, and of
75 factors one to five each, few of them often. Nothing here comes from anybody's records.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from random import Random

from backend.core import vocabulary
from backend.insights.codes import DIMENSIONS
from backend.insights.disclosure import Key, Marks, publish

SIZES = (1_500, 20_000)
FACTORS = 75
# How often each code of a dimension is, beside each other.
WEIGHTS: Mapping[str, Sequence[int]] = {
    "theme": (45, 20, 15, 10, 10),
    "source": (30, 20, 15, 10, 8, 7, 5, 3, 2),
    "decision": (60, 15, 10, 8, 4, 3),
    "age": (25, 22, 20, 18, 10, 3, 2),
    "sex": (55, 43, 2),
    "ethnicity": (35, 27, 15, 10, 8, 5),
    "needs": (50, 18, 15, 9, 8),
}


def run(*sizes: int) -> None:
    """Measure for each number of referrals."""
    for number in sizes or SIZES:
        measure(number)


def made(number: int, seed: int = 1) -> tuple[dict[Key, int], dict[Key, Counter[str]]]:
    """Return the counts of so many referrals in their finest cells, and how many in each name which factor."""
    random = Random(seed)
    wards = [*vocabulary.get("wards").codes, "not_known"]
    of_wards = [*(random.uniform(5, 30) for _each in wards[1:]), 60]
    often = [1 / (place + 1) ** 0.7 for place in range(FACTORS)]
    counts: Counter[Key] = Counter()
    marks: defaultdict[Key, Counter[str]] = defaultdict(Counter)
    for _each in range(number):
        ward = random.choices(wards, of_wards)[0]
        rest = (str(random.choices(range(len(weights)), weights)[0]) for weights in WEIGHTS.values())
        key = (f"{random.randrange(12):02}", ward, *rest)
        counts[key] += 1
        marks[key].update(
            {f"{one:02}" for one in random.choices(range(FACTORS), often, k=random.choice((1, 2, 3, 3, 4, 5)))}
        )
    return counts, marks


def off(true: Mapping[Key, int], sent: Mapping[Key, int], places: Sequence[int]) -> tuple[float, int, float]:
    """Return by how much margins are off on average and at most, and how large they are on average."""
    margins = (Counter[Key](), Counter[Key]())
    for found, counts in zip(margins, (true, sent), strict=True):
        for key, number in counts.items():
            found[tuple(key[place] for place in places)] += number
    wrong = [abs(margins[0][key] - margins[1][key]) for key in margins[0]]
    return sum(wrong) / len(wrong), max(wrong), sum(margins[0].values()) / len(wrong)


def flat(marks: Mapping[Key, Marks]) -> dict[Key, int]:
    """Return factors as one more dimension."""
    return {(*key, code): number for key, of_cell in marks.items() for code, number in of_cell.items()}


def tell(what: str, found: Sequence[tuple[float, int, float]]) -> None:
    """Print one line for all margins of a kind."""
    mean, size = (sum(one[place] for one in found) / len(found) for place in (0, 2))
    print(f"  {what:34} off by {mean:5.1f} on average of {size:7.1f}, at most {max(one[1] for one in found):3}")


def measure(number: int) -> None:
    """Publish, and print how near it is."""
    counts, marks = made(number)
    began = time.perf_counter()
    sent = publish(DIMENSIONS, counts, marks=marks)
    took = time.perf_counter() - began
    named = sum(sum(of_cell.values()) for of_cell in marks.values())
    print(f"{number} referrals in {len(counts)} cells, {named} factors: {took:.1f} s")
    print(f"  total {sent.total}, factors {sum(sent.by_mark().values())}, in {len(sent.cells)} published cells")
    last = len(DIMENSIONS)
    for size in (1, 2, 3):
        tell(f"margins of {size}", [off(counts, sent.cells, places) for places in combinations(range(last), size)])
    tell("ward by month", [off(counts, sent.cells, (0, 1))])
    tell("factor", [off(flat(marks), flat(sent.marks), (last,))])
    tell("factor by another dimension", [off(flat(marks), flat(sent.marks), (place, last)) for place in range(last)])
