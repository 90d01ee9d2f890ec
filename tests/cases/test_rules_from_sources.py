"""The rules of domain.md 4.10 about casework, each under the name of its source."""

import pytest
from rest_framework.exceptions import ValidationError

from backend.access.binding import acting
from backend.cases.models import Case
from backend.core import vocabulary
from backend.referrals.models import Referral
from tests import casework
from tests.cases.conftest import World
from tests.cases.working import assessing, work


def test_4_10_a_case_closes_with_a_reason_and_a_date(world: World) -> None:
    case = assessing(world)
    assert (case.closed_at, case.closing_reason) == (None, "")
    with pytest.raises(ValidationError) as refused:
        work(world, "close", case, goes_on="Nobody needs to.", reason_code=None)
    assert list(refused.value.detail) == ["reason_code"]
    closed = work(world, "close", case, goes_on="Nobody needs to.")
    assert closed.state == Case.CLOSED
    assert closed.closed_at is not None
    assert closed.closing_reason in vocabulary.get("closing_reasons")


def test_4_10_an_assessment_starts_on_or_after_the_referral(world: World) -> None:
    case = assessing(world)
    assessment = casework.assessment_of(case, world.worker)
    with acting(world.worker):
        sent = Referral.objects.filter(case_id=case.id).values_list("submitted_at", flat=True)
        assert all(at <= assessment.started_at for at in sent)
    assert case.opened_at <= assessment.started_at
