"""How cases of the whole partnership ended, for those who see no child: nothing of it that was not published."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from django.db import connection

from backend.core import clock
from backend.deadlines.calendar import at_local, local
from backend.insights.disclosure import Published, publish

DIMENSIONS = ("month", "theme", "agency", "reason")
MONTHS = 12
_CELLS = "SELECT month, theme, agency, reason, number FROM app.closings_counted(%s)"


def closings() -> Published:
    """Return the ends of cases from the first one to the end of last month, by what reports may ask for.

    Always from the beginning and whole: cells of another stretch of time would be published twice. Of an analyst
    the database asks who they are itself, and it answers nobody else.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CELLS, [at_local(_this_month(), time.min)])
        return publish(DIMENSIONS, {row[:-1]: row[-1] for row in cursor.fetchall()})


def last_months() -> Sequence[str]:
    """Return the whole months that a report is about, the first one first."""
    months = [_this_month()]
    for _each in range(MONTHS):
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return [month.strftime("%Y-%m") for month in reversed(months[1:])]


def _this_month() -> date:
    return local(clock.now()).date().replace(day=1)
