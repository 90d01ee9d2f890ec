"""Whoever referred a child and is not named on its seal hears nothing more of it; what was for them goes to who is.

Source: access.md, Decision order 3 (sealed: invisible, in notifications too) and Sealed (its exceptions go to those
who are named); docs/adr/0047.
"""

import pytest

from backend.notifications.models import Outbox
from backend.referrals.models import Referral
from tests.edges import take
from tests.factories import manager, officer, referral_in, second_manager, teacher
from tests.notifications.telling import deliver, subjects
from tests.referrals.test_sealing import agreed, finds, sealed

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def _declined(referral: Referral) -> str:
    """The referral, decided; return what it is called by."""
    take("decline", referral.id, officer())
    return referral.reference


def _heard(reference: str) -> dict[str, bool]:
    """Who has a message that speaks of it since the last delivery."""
    people = {"sender": teacher(), "officer": officer(), "manager": manager(), "second": second_manager()}
    return {name: any(reference in subject for subject in subjects(who)) for name, who in people.items()}


def test_the_sender_of_a_sealed_referral_is_told_nothing_and_those_who_are_named_are() -> None:
    referral = sealed()
    Outbox.objects.using("owner").all().delete()
    reference = _declined(referral)
    deliver()
    assert not finds(teacher(), referral)
    heard = _heard(reference)
    assert not heard["sender"]
    assert heard["manager"]
    assert heard["second"]


def test_a_message_that_was_waiting_when_the_seal_came_is_not_delivered_to_the_sender() -> None:
    referral = referral_in(Referral.TRIAGE)
    deliver()
    before = subjects(teacher())
    take("amend", referral.id, officer(), answers={"child_given_name": "Ameena"})
    agreed("put", referral, second_manager(), manager())
    deliver()
    assert subjects(teacher()) == before


def test_when_the_seal_is_lifted_the_sender_hears_again() -> None:
    referral = sealed()
    agreed("lift", referral)
    deliver()
    before = subjects(teacher())
    _declined(referral)
    deliver()
    assert len(subjects(teacher())) > len(before)


def test_of_a_child_that_is_not_sealed_the_sender_hears_as_ever() -> None:
    referral = referral_in(Referral.TRIAGE)
    reference = _declined(referral)
    deliver()
    assert _heard(reference)["sender"]
