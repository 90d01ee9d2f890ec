"""What may be published of marks that things bear, several each: thousands of pairs of reports, and months."""

from collections.abc import Mapping
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.insights.disclosure import RULE, Key, Published, publish
from tests.insights.test_disclosure import PAIRS, City, is_small

DIMENSIONS = ("month", "ward", "age")
CODES = {"month": ("01", "02", "03"), "ward": ("a", "b", "c"), "age": ("child", "teen")}
PLACES = list(product(*CODES.values()))
FACTORS = ("weapon", "grief", "absent")

Marked = Mapping[Key, Mapping[str, int]]
# The codes of each dimension that a report is narrowed to, and the factor, if any, that its referrals name.
Asked = tuple[dict[str, frozenset[str]], str]


@st.composite
def cities(draw: st.DrawFn) -> tuple[City, Marked]:
    """Some referrals in each cell, and of them some, never more than there are, that name each factor."""
    counts = draw(st.dictionaries(st.sampled_from(PLACES), st.one_of(st.integers(1, 6), st.integers(1, 40))))
    named = {
        key: {factor: draw(st.one_of(st.integers(0, min(number, 6)), st.integers(0, number))) for factor in FACTORS}
        for key, number in counts.items()
    }
    return counts, {key: {code: some for code, some in of.items() if some} for key, of in named.items()}


filters = st.tuples(
    st.fixed_dictionaries({name: st.frozensets(st.sampled_from(codes)) for name, codes in CODES.items()}),
    st.sampled_from(("", *FACTORS)),
)


@st.composite
def neighbours(draw: st.DrawFn) -> tuple[Asked, Asked]:
    """Two reports that differ by one code, by the factor alone, or in anything."""
    asked, factor = draw(filters)
    kind = draw(st.sampled_from(("code", "factor", "anything")))
    if kind == "anything":
        return (asked, factor), draw(filters)
    if kind == "factor":
        return (asked, factor), (asked, draw(st.sampled_from(("", *FACTORS))))
    name = draw(st.sampled_from(DIMENSIONS))
    return (asked, factor), ({**asked, name: asked[name] ^ {draw(st.sampled_from(CODES[name]))}}, factor)


def report(of: Published, asked: Asked) -> Published:
    narrowed = of.where(**asked[0])
    return narrowed.marked(asked[1]) if asked[1] else narrowed


def numbers(of: Published) -> list[int]:
    """Return every number of a report: by every choice of dimensions, and by factor."""
    sizes = range(len(of.dimensions) + 1)
    chosen = [names for size in sizes for names in combinations(of.dimensions, size)]
    return [*(number for names in chosen for number in of.by(*names).values()), *of.by_mark().values()]


def check_pair(sent: Published, innocent: Published, first: Asked, second: Asked) -> None:
    """A city without any small cell sends out the same two reports; and no difference of their numbers is small."""
    both = [report(sent, one) for one in (first, second)]
    assert both == [report(innocent, one) for one in (first, second)]
    assert not any(is_small(number) for one in both for number in numbers(one))
    one, other = (found.cells for found in both)
    assert not any(is_small(abs(one.get(key, 0) - other.get(key, 0))) for key in {*one, *other})
    assert not is_small(abs(both[0].total - both[1].total))


def check_pairs(city: tuple[City, Marked], pairs: list[tuple[Asked, Asked]]) -> None:
    counts, marks = city
    sent = publish(DIMENSIONS, counts, marks=marks)
    innocent = publish(DIMENSIONS, sent.cells, marks=sent.marks)
    for first, second in pairs:
        check_pair(sent, innocent, first, second)


@given(cities(), st.lists(neighbours(), min_size=PAIRS, max_size=PAIRS))
def test_no_small_number_follows_from_two_reports(city: tuple[City, Marked], pairs: list[tuple[Asked, Asked]]) -> None:
    check_pairs(city, pairs)


@pytest.mark.deep
@given(cities(), st.lists(neighbours(), min_size=PAIRS, max_size=PAIRS))
def test_no_small_number_follows_from_ten_thousand_pairs(
    city: tuple[City, Marked], pairs: list[tuple[Asked, Asked]]
) -> None:
    check_pairs(city, pairs)


@given(cities())
def test_the_published_city_could_be_true(city: tuple[City, Marked]) -> None:
    """Of each cell no more name a factor than are in it: so neither who names it nor who does not is ever few."""
    counts, marks = city
    sent = publish(DIMENSIONS, counts, marks=marks)
    for key, named in sent.marks.items():
        for factor, number in named.items():
            assert 0 < number <= sent.cells[key]
            assert number % RULE.base == 0
            assert marks[key][factor], "nobody is made up where nobody names it"
            assert not is_small(sent.cells[key] - number)


@given(cities(), filters)
def test_totals_agree_however_a_report_is_cut(city: tuple[City, Marked], asked: Asked) -> None:
    counts, marks = city
    found = report(publish(DIMENSIONS, counts, marks=marks), asked)
    assert all(sum(found.by(name).values()) == found.total for name in DIMENSIONS)
    if asked[1]:
        assert found.by_mark() == ({asked[1]: found.total} if found.total else {})
    else:
        assert found.by_mark() == {one: some for one in FACTORS if (some := found.marked(one).total)}


@given(cities(), cities())
def test_months_that_were_published_stay_and_a_new_one_tells_nothing_small(
    before: tuple[City, Marked], after: tuple[City, Marked]
) -> None:
    """The first two months are published; then any of their records change, and the third is added."""
    stands = ("01", "02")
    counts = {key: number for key, number in before[0].items() if key[0] in stands}
    first = publish(DIMENSIONS, counts, marks={key: before[1][key] for key in counts})
    second = publish(DIMENSIONS, after[0], marks=after[1], before=first, times=stands)
    assert second.where(month=stands) == first
    innocent = publish(DIMENSIONS, second.cells, marks=second.marks, before=first, times=stands)
    assert innocent == second == publish(DIMENSIONS, second.cells, marks=second.marks)
