"""Two managers say that a referral is about a child who is helped already: whoever is too close steps back at once."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.models import Conflict as Barred
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.core.ids import uuid7
from backend.interventions.models import Intervention
from backend.notifications.models import Outbox
from backend.referrals.models import Referral
from tests import factories
from tests.actors import actor, browser_of, seen
from tests.administration.leading import EARLY_HELP, as_system, manager, worker
from tests.casework import allocated, case_of, open_transfer_of
from tests.edges import take
from tests.factories import agency_id, officer, with_two
from tests.interventions.made import PROVIDER, go, intervention_in, mentor

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
SAME = {"child_given_name": "Zsofia", "child_nhs_number": "9990000026", "child_upn": None}


def boss() -> Actor:
    """The manager of the provider."""
    return actor(PROVIDER, Role.MANAGER)


def helped() -> Intervention:
    """A service that the mentor gives to a child whose case early help leads."""
    sent = factories.submitted(actor("larch-hill-academy", Role.PRACTITIONER), **SAME)
    take("start_triage", sent.id, officer())
    handover = {"what_matters": "Her way home.", "who_to_speak_to": "Ms A. Teacher"}
    referral = take("accept", sent.id, officer(), lead_agency=agency_id(EARLY_HELP), **handover)
    case = case_of(referral)
    take("accept", open_transfer_of(case, manager()).id, manager(), noun="transfer")
    target = intervention_in(Intervention.STARTED, allocated(case, to=worker(), by=manager()), worker())
    return go("name_worker", target, mentor())


def again() -> Referral:
    """Another school's referral about the same child, which nobody has said yet."""
    return take("start_triage", factories.submitted(**SAME).id, officer())


def rematched(referral: Referral) -> None:
    found = browser_of(factories.manager()).get(f"referrals/{referral.id}/likely-children/").json()["results"]
    chosen = {"confirmed_by": factories.second_manager(), "child_match": found[0]["id"]}
    with_two(take, "rematch", referral.id, factories.manager(), **chosen)


def too_close(user_id: UUID, child_id: Any) -> None:
    Barred.objects.using("owner").create(id=uuid7(), user_id=user_id, child_id=child_id)


def given_by(target: Intervention) -> Any:
    return as_system(Intervention, id=target.id)[0].worker_id


def test_a_service_is_a_colleagues_the_moment_two_records_are_one_child() -> None:
    target, referral = helped(), again()
    too_close(mentor().user_id, referral.child_id)
    assert given_by(target) == mentor().user_id, "nobody knows yet that it is the same child"
    before = len(as_system(Outbox, message="intervention_given"))
    rematched(referral)
    assert given_by(target) == boss().user_id
    told = as_system(Outbox, message="intervention_given")[before:]
    assert [one.audience for one in told] == [{"user_id": str(boss().user_id)}]


def test_whoever_is_not_too_close_goes_on_giving_it() -> None:
    target, referral = helped(), again()
    rematched(referral)
    assert given_by(target) == mentor().user_id


def test_with_nobody_left_to_give_it_whoever_leads_the_case_has_it() -> None:
    target, referral = helped(), again()
    everybody = Membership.objects.filter(agency_id=mentor().agency_id).values_list("user_id", flat=True)
    for user_id in set(everybody):
        too_close(user_id, referral.child_id)
    rematched(referral)
    [now] = as_system(Intervention, id=target.id)
    assert (now.provider_agency_id, now.worker_id) == (None, None)


def test_nobody_looks_into_a_providers_work_under_that_pretext() -> None:
    """The function opens nothing where nobody has to step back, nor for whoever does not hold the referral."""
    target, referral = helped(), again()

    def opened(who: Actor) -> list[Any]:
        with acting(who), connection.cursor() as cursor:
            cursor.execute("SELECT app.begin_stepping_back(%s)", [referral.id])
            found: list[Any] = cursor.fetchone()[0]
            cursor.execute("SELECT app.is_passing_on()")
            assert cursor.fetchone() == (False,)
            assert target.id not in seen("interventions_intervention")
            return found

    assert opened(factories.manager()) == []
    too_close(mentor().user_id, target.child_id)
    for who in (officer(), actor("brightwater", Role.MANAGER), factories.manager()):
        assert opened(who) == []
