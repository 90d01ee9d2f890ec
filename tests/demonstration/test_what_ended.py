"""The city shows shares that nobody reads by any more, and a family that changed its mind, by the real edges."""

from datetime import timedelta

import pytest

from backend.agencies.roles import Role
from backend.cases.models import Case, TeamMember
from backend.core import clock
from backend.demonstration import what_ended
from backend.demonstration.stage import company
from backend.sharing.models import Agreement, Disclosure, Withdrawal
from backend.sharing.rules import has_run_out
from tests.actors import actor, browser_of
from tests.cases.conftest import World
from tests.cases.planning import planned

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
LONG_AGO = timedelta(days=40)


@pytest.fixture
def cases(monkeypatch: pytest.MonkeyPatch) -> list[Case]:
    """Three cases that have been worked on for a while."""
    with clock.at(clock.now() - LONG_AGO):
        made = [planned(World()) for _one in range(3)]
    monkeypatch.setattr(what_ended, "_cases", lambda: Case.objects.using("owner").filter(pk__in=[c.pk for c in made]))
    for _twice in range(2):
        what_ended.show_what_ended(company())
    return made


def test_one_share_was_taken_back_and_one_is_over_on_its_last_day(cases: list[Case]) -> None:
    (taken,) = Withdrawal.objects.using("owner").all()
    shares = Disclosure.objects.using("owner").filter(article6="consent")
    over = [share for share in shares if has_run_out(share.expires_on)]
    assert len(over) == 1
    assert taken.disclosure_id in {share.pk for share in shares} - {over[0].pk}
    ended = TeamMember.objects.using("owner").filter(pk__in=[share.opens_id for share in shares])
    assert {member.state for member in ended} == {TeamMember.ENDED}


def test_a_family_no_longer_agrees_and_what_goes_on_is_written_down(cases: list[Case]) -> None:
    said = Agreement.objects.using("owner").filter(state=Agreement.WITHDRAWN)
    assert [one.root_id in {case.pk for case in cases} for one in said] == [True]


def test_the_ledger_of_information_governance_shows_both(cases: list[Case]) -> None:
    governs = browser_of(actor("front-door", Role.INFORMATION_GOVERNANCE))
    rows = governs.get("shares/").json()["results"]
    assert [row["withdrawn_at"] is not None for row in rows].count(True) == 1
    assert [row["state"] for row in rows].count("Ended") == 1
