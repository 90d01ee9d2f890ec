"""Two agencies in a row have not taken a case: the front door names who leads it, and that binds; one always leads."""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.cases import queries
from backend.cases.models import Case, Transfer
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.deadlines.calendar import in_words
from backend.deadlines.jobs import expire
from backend.deadlines.models import Deadline
from backend.notifications.models import Outbox
from backend.sharing.models import Disclosure
from tests import edges
from tests.actors import actor, browser_of
from tests.cases.conftest import World
from tests.cases.working import work
from tests.edges import BASIS
from tests.worker import worker_login

committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
pytestmark = committed
DECLINED = {"reason_code": "no_capacity", "reason": "Not before spring."}


def refused_by(world: World, case: Case, who: Actor) -> Transfer:
    """A transfer that the manager of another agency has declined."""
    transfer = world.proposed(case, to=Agencies.slug(who))
    edges.take("decline", transfer.id, who, noun="transfer", **DECLINED)
    return stored(transfer)


class Agencies:
    """The slug of somebody's agency."""

    @staticmethod
    def slug(who: Actor) -> str:
        from backend.agencies.models import Agency  # noqa: PLC0415 - one look

        return Agency.objects.get(pk=who.agency_id).slug


def refused_twice(world: World) -> Transfer:
    """The second transfer in a row that was declined."""
    case = world.allocated()
    refused_by(world, case, world.youth_justice_manager)
    return refused_by(world, case, world.stranger)


def stored(transfer: Transfer) -> Transfer:
    return Transfer.objects.using("owner").select_related("case", "case__lead_agency").get(pk=transfer.pk)


def lead_of(transfer: Transfer) -> Any:
    return stored(transfer).case.lead_agency_id


def naming(transfer: Transfer) -> Deadline:
    return Deadline.objects.using("owner").get(root_id=transfer.case_id, kind="transfer_naming")


def name(world: World, transfer: Transfer, agency_id: Any, *, by: Actor | None = None) -> Transfer:
    """Name the agency that leads; return the question that follows, or the one that stands."""
    who = by or world.front_door_manager
    given = {"to_agency_id": str(agency_id), "rationale": "Agreed by phone with both.", **BASIS}
    edges.take("name_lead", transfer.id, who, noun="transfer", **given)
    return Transfer.objects.using("owner").filter(case_id=transfer.case_id).order_by("id").last() or transfer


def social_care(world: World) -> Actor:
    """Who manages an agency that nobody has asked yet."""
    return actor("childrens-social-care", Role.MANAGER)


def page(who: Actor, transfer: Transfer) -> Any:
    return browser_of(who).get(f"transfers/{transfer.id}/")


def options_of(who: Actor, transfer: Transfer) -> set[str]:
    return {one["name"] for one in page(who, transfer).json()["options"]}


def told(message: str) -> list[tuple[Any, bool]]:
    rows = Outbox.objects.using("owner").filter(message=message).order_by("id")
    return [(row.audience.get("agency_id") or row.audience.get("user_id"), row.urgent) for row in rows]


def test_after_a_second_refusal_the_front_door_has_a_working_day_and_whoever_leads_goes_on_leading(
    world: World,
) -> None:
    transfer = refused_twice(world)
    assert lead_of(transfer) == world.manager.agency_id
    deadline = naming(transfer)
    assert (deadline.state, deadline.owner_agency_id) == ("running", world.front_door_manager.agency_id)
    assert told("transfer_refused_again") == [(str(world.front_door_manager.agency_id), True)]
    shares = Disclosure.objects.using("owner").filter(opens_id=transfer.id, to_agency_id=transfer.escalated_to_id)
    assert [one.from_agency_id for one in shares] == [world.manager.agency_id]
    browser = browser_of(world.front_door_manager)
    rows = browser.get("exceptions/list/?kind=leads_to_name").json()["results"]
    assert [(one["reference"], one["url"]) for one in rows] == [(transfer.case_reference, f"/transfers/{transfer.id}")]
    due = [one for part in ("today", "soon", "overdue") for one in browser.get("work/").json()[part]]
    assert [one["url"] for one in due if one["kind"] == "transfer"] == [f"/transfers/{transfer.id}"]
    shown = page(world.front_door_manager, transfer).json()
    assert shown["handover"]
    assert shown["child"]["name"] == "Amina Example"
    assert browser.get(f"cases/{transfer.case_id}/").status_code == 404, "the handover, and nothing of the case"
    assert "name_lead" in options_of(world.front_door_manager, transfer)


def test_only_the_front_doors_managers_name_an_agency_and_only_after_a_second_refusal(world: World) -> None:
    case = world.allocated()
    first = refused_by(world, case, world.youth_justice_manager)
    assert first.escalated_to_id is None
    assert page(world.front_door_manager, first).status_code == 404
    second = refused_by(world, case, world.stranger)
    for who in (world.manager, world.stranger, world.worker, world.officer):
        with pytest.raises((Conflict, Forbidden, NotFound, Transfer.DoesNotExist)):
            name(world, second, social_care(world).agency_id, by=who)
    assert lead_of(second) == world.manager.agency_id


def test_the_named_agency_is_asked_with_the_same_handover_cannot_decline_and_leads_once_it_accepts(
    world: World,
) -> None:
    transfer, who = refused_twice(world), social_care(world)
    asked = name(world, transfer, who.agency_id)
    assert lead_of(transfer) == world.manager.agency_id, "named is not taken"
    assert naming(transfer).state == "met"
    assert (asked.to_agency_id, asked.named_by_id) == (who.agency_id, world.front_door_manager.agency_id)
    assert asked.what_matters == transfer.what_matters
    assert Disclosure.objects.using("owner").filter(opens_id=asked.id, to_agency_id=who.agency_id).count() == 1
    assert told("transfer_named") == [(str(who.agency_id), True)]
    assert options_of(who, asked) == {"accept"}
    assert in_words(asked.next_due_at) in page(who, asked).json()["note"]
    with pytest.raises(Conflict) as refused:
        edges.take("decline", asked.id, who, noun="transfer", **DECLINED)
    assert "which leads this case from" in refused.value.reasons[0]
    assert page(world.front_door_manager, transfer).json()["handover"] == [], "who named it reads it no more"
    edges.take("accept", asked.id, who, noun="transfer")
    assert (lead_of(transfer), stored(transfer).case.lead_practitioner_id) == (who.agency_id, world.worker.user_id)


def test_an_agency_that_was_named_and_says_nothing_leads_when_its_time_is_over(world: World) -> None:
    transfer, who = refused_twice(world), social_care(world)
    asked = name(world, transfer, who.agency_id)
    with worker_login(), clock.at(clock.now() + timedelta(days=7)):
        expire()
        expire()
    asked = stored(asked)
    assert (asked.state, lead_of(asked)) == (Transfer.ACCEPTED, who.agency_id)
    assert (asked.case.state, asked.case.lead_practitioner_id) == (Case.UNALLOCATED, world.worker.user_id)
    assert told("transfer_obliged") == [(str(who.agency_id), True)]
    with acting(who):
        assert queries.visible_to(who).filter(pk=asked.case_id).exists()


def test_whoever_leads_can_be_named_and_goes_on_with_nobody_asked(world: World) -> None:
    transfer = refused_twice(world)
    assert name(world, transfer, world.manager.agency_id).pk == transfer.pk
    assert lead_of(transfer) == world.manager.agency_id
    running = {one.kind for one in Deadline.objects.using("owner").filter(root_id=transfer.case_id) if one.is_running}
    assert not running & {"transfer_naming", "transfer_follow_up"}
    with pytest.raises((Conflict, Forbidden, NotFound)):
        name(world, transfer, social_care(world).agency_id)


def test_a_basis_that_the_two_cannot_use_is_refused(world: World) -> None:
    transfer = refused_twice(world)
    given = {"to_agency_id": str(social_care(world).agency_id), "rationale": "By phone.", **BASIS, "power": ""}
    with pytest.raises(Conflict, match="both organisations can use"):
        edges.take("name_lead", transfer.id, world.front_door_manager, noun="transfer", **given)


def test_a_question_that_named_an_agency_and_is_taken_back_leaves_the_lead_something_to_do_today(world: World) -> None:
    transfer = refused_twice(world)
    asked = name(world, transfer, social_care(world).agency_id)
    edges.take("withdraw", asked.id, world.manager, noun="transfer", reason_code="no_longer_needed")
    follow_ups = Deadline.objects.using("owner").filter(root_id=transfer.case_id, kind="transfer_follow_up")
    assert [one.owner_agency_id for one in follow_ups if one.is_running] == [world.manager.agency_id]


@pytest.mark.parametrize("how", ["propose_transfer", "close"])
def test_nobody_is_named_once_the_lead_has_found_another_way(world: World, how: str) -> None:
    transfer = refused_twice(world)
    if how == "close":
        work(world, "close", transfer.case, by=world.manager, goes_on="Nobody needs to.")
    else:
        world.proposed(transfer.case, to="childrens-social-care")
    assert naming(transfer).state in ("met", "stopped")
    rows = browser_of(world.front_door_manager).get("exceptions/list/?kind=leads_to_name").json()["results"]
    assert rows == []
    assert page(world.front_door_manager, transfer).json()["handover"] == []
    with pytest.raises((Conflict, Forbidden, NotFound)):
        name(world, transfer, social_care(world).agency_id)


def test_a_second_agency_that_lets_it_lapse_counts_as_one_that_declines(world: World) -> None:
    case = world.allocated()
    refused_by(world, case, world.youth_justice_manager)
    transfer = world.proposed(case, to="brightwater")
    with worker_login(), clock.at(clock.now() + timedelta(days=7)):
        expire()
    assert stored(transfer).escalated_to_id == world.front_door_manager.agency_id
    assert naming(transfer).owner_agency_id == world.front_door_manager.agency_id
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        assert "name_lead" in options_of(world.front_door_manager, transfer)
