"""Sealed, or in conflict: whoever may not know of a record is answered as if it had never been (access.md, Sealed).

What shows, finds, counts or tells is asked twice by colleagues, before a record about a child of the same name is
written and after.
"""

from datetime import UTC, datetime

import pytest

from backend.access.actors import Actor
from backend.core import clock
from tests.access.kept_from import (
    Close,
    answers,
    in_conflict_with,
    kept_case,
    lead,
    sealed_to,
    searched,
    seen_case,
    worker,
)
from tests.notifications.telling import deliver

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
# No record is called so.
_NOTHING = "C-ZZZZ-ZZZZ"
_FEW = ("referrals/counts/", "referrals/?view=queue", "referrals/?view=held", "cases/", "tasks/", "messages/", "work/")


def _compared(close: Close, asking: list[Actor], paths: list[str]) -> None:
    before = {who: answers(who, paths) for who in asking}
    kept = kept_case(close)
    deliver()
    for who in asking:
        after = answers(who, paths)
        learned = [path for path in after if after[path] != before[who][path]]
        assert learned == [], (who.agency_name, who.role)
        references = [searched(who, text) for text in (kept.reference, _NOTHING)]
        assert references[0] == references[1], "looking for a reference"


@pytest.mark.parametrize("close", [sealed_to, in_conflict_with])
def test_lists_counts_searches_and_messages_are_the_same_bytes_as_before(close: Close) -> None:
    with clock.at(NOON):
        seen_case()
        deliver()
        _compared(close, [lead(1), worker(1)], list(_FEW))
