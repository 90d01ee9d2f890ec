"""What people of the city said: written down, read and mostly released by the real edges, once, and enough to count."""

from collections import Counter

import pytest

from backend.core import clock
from backend.demonstration.emptying import OWNER
from backend.demonstration.stage import company
from backend.demonstration.voices import write_down_what_was_said
from backend.insights.jobs import publish
from backend.insights.models import PublishedMonth
from backend.voices.models import Saying
from tests.insights.made import by_worker

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_people_of_several_wards_were_asked_and_what_they_said_can_be_shown() -> None:
    write_down_what_was_said(company())
    write_down_what_was_said(company())
    sayings = Saying.objects.using(OWNER)
    states = Counter(sayings.values_list("state", flat=True))
    assert sum(states.values()) == 42
    assert set(states) == set(Saying.LABELS)
    assert states[Saying.RELEASED] >= 15
    assert not sayings.filter(recorded_at__gt=clock.now()).exists()
    assert not sayings.filter(released_at__gt=clock.now()).exists()
    by_worker(publish)
    cells = [cell for row in PublishedMonth.objects.using(OWNER).filter(counted="sayings") for cell in row.cells]
    assert abs(sum(cell["number"] for cell in cells) - 42) <= 12
    assert len({cell["key"][0] for cell in cells}) >= 4, "wards"
    assert len({theme for cell in cells for theme in cell["marks"]}) >= 6, "themes"
