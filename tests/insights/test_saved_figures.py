"""What a kept list of figures may say is what the figures take: they stand above the app that keeps it."""

from backend.administration import keeping
from backend.deadlines.kinds import KINDS
from backend.insights.queries import flow


def test_a_kept_figure_is_narrowed_as_the_figures_are() -> None:
    assert tuple(flow.PERIODS) == keeping.PERIODS
    assert tuple(flow.OUTCOMES) == keeping.OUTCOMES
    assert set(flow.COUNTED) <= set(KINDS)
