"""What may be published of counts: an attacker who tries everything, and thousands of pairs of reports."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.insights.disclosure import RULE, Key, Published, Rule, publish

DIMENSIONS = ("month", "agency", "reason")
CODES = {"month": ("01", "02", "03"), "agency": ("a", "b", "c"), "reason": ("met", "moved", "other", "withdrew")}
PLACES = list(product(*CODES.values()))
# Reports compared in one example: 10,000 pairs among the thousand examples of the deep profile.
PAIRS = 10

City = dict[Key, int]
Filter = dict[str, frozenset[str]]

cities = st.dictionaries(st.sampled_from(PLACES), st.one_of(st.integers(0, 6), st.integers(0, 60)))
filters = st.fixed_dictionaries({name: st.frozensets(st.sampled_from(codes)) for name, codes in CODES.items()})


@st.composite
def neighbours(draw: st.DrawFn) -> tuple[Filter, Filter]:
    """Two reports that differ by one code of one dimension, or in anything."""
    first: Filter = draw(filters)
    if draw(st.booleans()):
        return first, draw(filters)
    name = draw(st.sampled_from(DIMENSIONS))
    return first, {**first, name: first[name] ^ {draw(st.sampled_from(CODES[name]))}}


def numbers(of: Published) -> dict[Any, int]:
    """Return every number of a report: cells, margins and total, by every choice of dimensions."""
    sizes = range(len(of.dimensions) + 1)
    chosen = [names for size in sizes for names in combinations(of.dimensions, size)]
    return {(names, key): number for names in chosen for key, number in of.by(*names).items()}


def is_small(count: int) -> bool:
    return 0 < count < RULE.threshold


def check_pair(counts: City, first: Filter, second: Filter) -> None:
    """A city without any small cell sends out the same two reports: who reads them cannot tell that there is one."""
    sent = publish(DIMENSIONS, counts)
    innocent = publish(DIMENSIONS, sent.cells)
    both = [sent.where(**one) for one in (first, second)]
    assert [numbers(one) for one in both] == [numbers(innocent.where(**one)) for one in (first, second)]
    one, other = (set(report.cells) for report in both)
    for cells in (one, other, one - other, other - one, one & other, one ^ other):
        assert not is_small(sum(sent.cells[key] for key in cells))
    assert not any(is_small(number) for report in both for number in numbers(report).values())


def check_totals(counts: City, asked: Filter) -> None:
    report = publish(DIMENSIONS, counts).where(**asked)
    for size in range(len(DIMENSIONS) + 1):
        for names in combinations(DIMENSIONS, size):
            assert sum(report.by(*names).values()) == report.total
    table = report.by("month", "reason")
    for (month,), number in report.by("month").items():
        assert number == sum(cell for key, cell in table.items() if key[0] == month)


@given(cities, st.lists(neighbours(), min_size=PAIRS, max_size=PAIRS))
def test_no_small_number_follows_from_two_reports(counts: City, pairs: list[tuple[Filter, Filter]]) -> None:
    for first, second in pairs:
        check_pair(counts, first, second)


@pytest.mark.deep
@given(cities, st.lists(neighbours(), min_size=PAIRS, max_size=PAIRS))
def test_no_small_number_follows_from_ten_thousand_pairs(counts: City, pairs: list[tuple[Filter, Filter]]) -> None:
    for first, second in pairs:
        check_pair(counts, first, second)


@given(cities, filters)
def test_totals_agree_however_a_report_is_cut(counts: City, asked: Filter) -> None:
    check_totals(counts, asked)


# A city of two agencies and two reasons, each cell with up to ten: few enough to try every one.
SQUARE: list[Key] = list(product("ab", "xy"))
EVERY_CITY = [dict(zip(SQUARE, counts, strict=True)) for counts in product(range(11), repeat=len(SQUARE))]
UNIONS = [cells for size in range(1, 5) for cells in combinations(SQUARE, size)]


def given_away(release: Callable[[City], Any]) -> list[tuple[Any, tuple[Key, ...]]]:
    """Return the cells, and unions of cells, of which somebody who knows how it is done can say “some, and few”."""
    by_release = defaultdict(list)
    for city in EVERY_CITY:
        by_release[release(city)].append(city)
    return [
        (released, cells)
        for released, possible in by_release.items()
        for cells in UNIONS
        if all(is_small(sum(city[key] for key in cells)) for city in possible)
    ]


def published(city: City) -> Any:
    return frozenset(numbers(publish(("agency", "reason"), city)).items())


def table_by_table(city: City) -> Any:
    """The rule “fewer than 5 hidden, the rest rounded to 5”, for each number of a table by itself."""
    exact = numbers(Published(("agency", "reason"), city))
    return frozenset((name, 5 * round(count / 5)) for name, count in exact.items() if count >= RULE.threshold)


def test_an_attacker_who_tries_every_city_learns_of_no_small_number() -> None:
    assert given_away(published) == []


def test_the_same_attacker_learns_many_where_each_table_is_treated_by_itself() -> None:
    assert len(given_away(table_by_table)) > 100


@given(cities, st.integers(1, 12), st.integers(1, 10))
def test_numbers_are_multiples_near_to_what_they_were_and_never_below_the_threshold(
    counts: City, threshold: int, base: int
) -> None:
    rule = Rule(threshold, base)
    sent = publish(DIMENSIONS, counts, rule).cells
    assert all(number >= threshold and number % base == 0 for number in sent.values())
    assert all(abs(sent.get(key, 0) - count) < max(rule.least, base) for key, count in counts.items())
    # Nobody is made up where there is nobody.
    assert all(counts[key] for key in sent)


@pytest.mark.parametrize(("threshold", "base", "count", "around"), [
    (5, 5, 0, (0, 0)), (5, 5, 1, (0, 5)), (5, 5, 5, (5, 5)), (5, 5, 12, (10, 15)),
    (10, 5, 5, (0, 10)), (10, 5, 15, (15, 15)), (6, 5, 9, (0, 10)), (3, 1, 2, (0, 3)), (3, 1, 4, (4, 4)),
])  # fmt: skip
def test_what_a_count_may_become(threshold: int, base: int, count: int, around: tuple[int, int]) -> None:
    assert Rule(threshold, base).around(count) == around


def of_months(names: Iterable[str], counts: Mapping[Key, int]) -> City:
    return {key: count for key, count in counts.items() if key[0] in names}


@given(cities)
def test_what_was_published_of_a_month_stays_when_the_next_is_added(counts: City) -> None:
    before = publish(DIMENSIONS, of_months(["01", "02"], counts)).cells
    assert of_months(["01", "02"], publish(DIMENSIONS, counts).cells) == before


@given(cities, cities, st.lists(neighbours(), min_size=PAIRS, max_size=PAIRS))
def test_months_that_stay_although_their_cases_change_tell_nothing_small_beside_a_new_one(
    before: City, after: City, pairs: list[tuple[Filter, Filter]]
) -> None:
    """Two months are published; then any of their cases are opened again or written down late, and a third is added."""
    stands = ("01", "02")
    first = publish(DIMENSIONS, of_months(stands, before))
    second = publish(DIMENSIONS, after, before=first, times=stands)
    assert second.where(month=stands) == first
    # A city without any small cell would have sent out the same, both times.
    assert publish(DIMENSIONS, second.cells) == publish(DIMENSIONS, second.cells, before=first, times=stands) == second
    for one, other in pairs:
        earlier, later = first.where(**one), second.where(**other)
        assert not is_small(abs(earlier.total - later.total))
        for cells in (set(earlier.cells) - set(later.cells), set(later.cells) - set(earlier.cells)):
            assert not is_small(sum(second.cells[key] for key in cells))


@given(cities)
def test_the_order_in_which_rows_come_changes_nothing(counts: City) -> None:
    assert publish(DIMENSIONS, dict(reversed(counts.items()))) == publish(DIMENSIONS, counts)


def test_many_cells_of_one_each_add_up_to_about_as_many_as_there_are() -> None:
    """Treated cell by cell, 36 ones would all go down, and the city would seem to have no child in need."""
    ones = publish(DIMENSIONS, dict.fromkeys(PLACES, 1))
    assert abs(ones.total - len(PLACES)) <= 6
    for name, codes in CODES.items():
        expected = len(PLACES) // len(codes)
        assert all(abs(ones.by(name)[(code,)] - expected) <= 4 for code in codes), (name, ones.by(name))


@pytest.mark.parametrize(
    ("part", "whole", "share"), [(5, 20, None), (0, 25, 0), (10, 30, 33), (20, 30, 67), (30, 30, 100)]
)
def test_a_share_is_that_of_published_numbers_and_of_enough(part: int, whole: int, share: int | None) -> None:
    assert publish((), {}).share(part, whole) == share


def test_a_threshold_of_nobody_is_refused() -> None:
    for threshold, base in ((0, 5), (5, 0)):
        with pytest.raises(ValueError, match="at least 1"):
            Rule(threshold, base)
