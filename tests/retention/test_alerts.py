"""An unusual reading of a child that was deleted since: that it was is said, and nothing of the child is left in it."""

from datetime import datetime, timedelta

import pytest

from backend.core import clock
from backend.deadlines.calendar import local
from backend.insights import refreshing
from backend.oversight.models import UnusualReading
from backend.oversight.unusual import NO_TASK
from tests.actors import browser_of
from tests.oversight.emergencies import stranger
from tests.oversight.readings import a_minute_later, looked
from tests.retention.conftest import People, agreed, carried_out, compute, proposed
from tests.retention.scanning import tables_that_name
from tests.retention.test_disposal import GIVEN, Kept
from tests.worker import worker_login

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("due_at_once"),
]


def asked_about(kept: Kept, people: People) -> str:
    """What somebody was asked who read it on three mornings, decided in words that name the child: its path."""
    for day in (1, 2, 3):
        at: datetime = local(clock.now() - timedelta(days=day)).replace(hour=10, minute=20)
        looked(stranger(), at, children=[kept.case.child_id], root_ids=[kept.case.id])
    assert a_minute_later(clock.now()) >= 1
    path = f"unusual/{UnusualReading.objects.using('owner').get(kind=NO_TASK).id}/"
    governs = browser_of(people.governs)
    assert governs.get(path).json()["gone"] == ""
    said = {"version": 0, "outcome": "explained", "words": f"He was asked to look at {GIVEN}."}
    assert governs.post(path + "decide/", said).status_code == 200
    return path


def test_an_alert_of_a_child_that_was_deleted_says_so_calmly_and_names_nobody(people: People) -> None:
    kept = Kept()
    path = asked_about(kept, people)
    compute()
    agreed(proposed(people.manager, kept.case.child_id), people.governs, people.other_governs)
    assert carried_out() == 1
    with worker_login():
        refreshing.refresh()
    left = tables_that_name(kept.names)
    assert left.keys() == {"oversight_readingday", "oversight_unusualreading"}
    assert {name for names in left.values() for name in names} == {str(kept.case.child_id)}, "ids, as in the log"
    one = browser_of(people.governs).get(path)
    assert one.status_code == 200
    assert one.json()["gone"].startswith("The records of this child were deleted since")
    assert (one.json()["outcome_label"], one.json()["decision"]) == ("It is explained", "")
    assert [(visit["did"], visit["records"]) for visit in one.json()["visits"]] == [(["Opened the case"], [])] * 3
    listed = browser_of(people.governs).get("unusual/?view=all").json()["results"]
    assert path in [f"unusual/{row['id']}/" for row in listed]
