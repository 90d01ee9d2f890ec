"""Who may be the second person about what is kept and deleted: other managers, and information governance.

Source: access.md, The table (retention, legal hold, disposal order); docs/how-to/keep-and-dispose.md.
"""

from typing import Any
from uuid import UUID

import pytest

from backend.access.actors import Actor
from backend.access.models import Named
from backend.core.errors import Conflict
from backend.notifications.audience import from_data, recipients
from backend.notifications.models import Outbox
from backend.referrals.models import Referral
from tests.actors import browser_of
from tests.edges import take
from tests.factories import open_confirmation, referral_in
from tests.retention.conftest import People, compute, declined, due, proposed

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("due_at_once"),
]


@pytest.fixture
def hold(people: People) -> UUID:
    """A hold that the front door's manager has placed, and wants to be released."""
    given = {"reference": referral_in(Referral.DECLINED).reference, "reason_code": "court", "reason": ""}
    held = browser_of(people.manager).post("holds/", given).json()
    take("release", held["id"], people.manager, noun="hold")
    return UUID(held["id"])


def _asked() -> set[UUID]:
    """Who gets the message that asks for a second person."""
    rows = Outbox.objects.using("owner").filter(message="confirmation_asked")
    return {person.pk for row in rows for person in recipients(from_data(row.audience))}


def _listed(who: Actor) -> list[str]:
    return [one["label"] for one in browser_of(who).get("confirmations/").json()["results"]]


def _confirmed(who: Actor, target: UUID, asker: Actor) -> Any:
    question = open_confirmation(target, asker)
    return browser_of(who).post(f"confirmations/{question.id}/confirm/", {"version": question.version})


def test_what_a_manager_asks_about_a_hold_reaches_information_governance_of_every_agency(
    hold: UUID, people: People
) -> None:
    governs = {people.governs.user_id, people.other_governs.user_id}
    assert governs | {people.other_manager.user_id} <= _asked()
    for who in (people.governs, people.other_governs, people.other_manager):
        assert _listed(who) == ["Release it"]


def test_information_governance_of_another_agency_reads_it_and_agrees(hold: UUID, people: People) -> None:
    question = open_confirmation(hold, people.manager)
    page = browser_of(people.other_governs).get(f"confirmations/{question.id}/").json()
    assert [one["name"] for one in page["options"]] == ["confirm", "refuse"]
    assert _confirmed(people.other_governs, hold, people.manager).status_code == 200
    shown = browser_of(people.manager).get(f"holds/{hold}/").json()
    assert shown["released_by"] == [people.manager.name, people.other_governs.name]


def test_nobody_of_another_agency_or_partnership_is_asked(hold: UUID, people: People) -> None:
    assert people.stranger.user_id not in _asked()
    assert _listed(people.stranger) == []


def test_whoever_asked_is_not_the_second_person(hold: UUID, people: People) -> None:
    assert _listed(people.manager) == []
    assert _confirmed(people.manager, hold, people.manager).status_code == 403


def test_of_a_list_to_delete_somebody_else_of_information_governance_is_asked(people: People) -> None:
    declined()
    compute()
    order = proposed(people.manager, *(one.id for one in due(people.manager)))
    take("approve", order.id, people.governs, noun="disposal")
    assert people.other_governs.user_id in _asked()
    assert _listed(people.other_governs) == ["Agree to delete them"]


def test_of_a_sealed_child_only_those_who_are_named_are_asked(people: People) -> None:
    referral = referral_in(Referral.DECLINED)
    given = {"reference": referral.reference, "reason_code": "court", "reason": ""}
    held = browser_of(people.manager).post("holds/", given).json()
    named = Named.objects.using("owner")
    named.create(user_id=people.manager.user_id, child_id=referral.child_id)
    with pytest.raises(Conflict, match="nobody else who could agree is named"):
        take("release", held["id"], people.manager, noun="hold")
    named.create(user_id=people.other_governs.user_id, child_id=referral.child_id)
    take("release", held["id"], people.manager, noun="hold")
    assert _asked() == {people.manager.user_id, people.other_governs.user_id}
    assert (_listed(people.governs), _listed(people.other_governs)) == ([], ["Release it"])


def test_about_a_record_that_it_does_not_read_information_governance_is_not_asked(people: People) -> None:
    referral = referral_in(Referral.TRIAGE)
    take("mark_entered_in_error", referral.id, people.manager)
    assert people.governs.user_id not in _asked()
    assert _listed(people.governs) == []
