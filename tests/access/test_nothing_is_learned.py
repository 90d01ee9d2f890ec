"""Sealed, or in conflict: whoever may not know of a record is answered as if it had never been (access.md, Sealed).

Everything that shows, finds, counts, suggests or tells is asked twice by everybody, before a record about a child of
the same name is written and after: lists, counts, searches, suggestions, forms, figures, messages, files, and each part
of the record that they do see. `make test-deep ARGS=tests/access/test_nothing_is_learned.py`; every run asks a few.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.core import clock
from backend.referrals.models import Referral
from tests.access.kept_from import (
    Close,
    answers,
    everything,
    exported,
    in_conflict_with,
    kept_case,
    lead,
    sealed_to,
    searched,
    seen_case,
    those_who_ask,
    worker,
)
from tests.exports.conftest import store
from tests.notifications.telling import deliver

__all__ = ["store"]
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


@pytest.mark.deep
@pytest.mark.timeout(0)
@pytest.mark.parametrize("close", [sealed_to, in_conflict_with])
def test_everything_that_is_read_is_the_same_bytes_for_everybody(close: Close) -> None:
    with clock.at(NOON):
        case = seen_case()
        deliver()
        sent = Referral.objects.using("owner").get(case_id=case.id)
        about = {"case": case.id, "moving": sent.id}
        _compared(close, those_who_ask(), everything(about))


@pytest.mark.deep
@pytest.mark.parametrize("close", [sealed_to, in_conflict_with])
def test_a_file_that_leaves_has_the_same_rows(close: Close, store: Path) -> None:
    with clock.at(NOON):
        seen_case()
        before: Mapping[str, Any] = exported(lead(1))
        kept_case(close)
        assert exported(lead(1)) == before
        assert any(len(rows) > 1 for rows in before.values()), "the record that is seen is in it"
