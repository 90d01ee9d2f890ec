"""The rules are tried on made-up years with planted snooping, by seeds other than those they were chosen with."""

import pytest

from bench.reading.__main__ import PROVED_WITH
from bench.reading.scoring import score, watch
from bench.reading.ways import WAYS
from bench.reading.year import Year


def test_in_a_small_year_most_of_it_is_found_and_most_of_what_is_said_is_right() -> None:
    year = Year(7, people=20, days=180, each=2)
    found = score(year, watch(year))
    assert len(year.planted) == 2 * len(WAYS)
    assert found.recall >= 0.85, found
    assert found.precision >= 0.4, found
    assert found.said < 4 * len(year.planted), "no storm"


@pytest.mark.deep
def test_in_whole_years_of_sixty_people_recall_and_precision_hold() -> None:
    """`python -m bench.reading` prints them."""
    years = [Year(seed) for seed in PROVED_WITH]
    scores = [score(year, watch(year)) for year in years]
    assert sum(one.found for one in scores) / sum(one.planted for one in scores) >= 0.95, scores
    assert min(one.precision for one in scores) >= 0.5, scores
