"""The demo city keeps a report of the last quarter, made by its analyst and once only."""

import pytest

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.demonstration.kept import report_on_the_quarter
from backend.demonstration.stage import company
from backend.reports.models import Report
from backend.reports.rules import spans
from tests.actors import actor

pytestmark = pytest.mark.django_db


def test_the_last_quarter_is_reported_on_once() -> None:
    report_on_the_quarter(company())
    report_on_the_quarter(company())
    with acting(actor("community-safety", Role.PARTNERSHIP_ANALYST)):
        [report] = Report.objects.all()
    assert report.content["period"] == next(iter(spans().values())).said
