"""Between the family's yes and the start: whose word is owed by when, who sees that it is late, who hears then."""

from datetime import timedelta

import pytest

from backend.access.binding import acting, acting_as_system
from backend.agencies.roles import Role
from backend.core import clock
from backend.deadlines.jobs import remind
from backend.deadlines.models import Deadline
from backend.interventions.commands.leaving import give_back
from backend.interventions.models import Intervention
from backend.interventions.queries import with_lead
from backend.interventions.subjects import subject
from backend.notifications.audience import Person
from backend.notifications.models import Outbox
from tests.actors import actor, browser_of
from tests.cases.conftest import World
from tests.clocks import clocks
from tests.interventions.made import BY_PROVIDER, go, intervention_in, mentor, recommended, service
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
LATE = timedelta(days=15)
LIST = "exceptions/list/?kind=services_unanswered"


def agreed(world: World) -> Intervention:
    return intervention_in(Intervention.AGREED, world.allocated(), world.worker)


def told(message: str) -> list[Outbox]:
    return list(Outbox.objects.using("owner").filter(message=message))


def waiting(world: World) -> list[str]:
    return [one["label"] for one in browser_of(world.worker).get("work/").json()["waiting"]]


def test_the_provider_has_five_working_days_from_the_familys_yes_and_is_told_by_when(world: World) -> None:
    target = agreed(world)
    with acting(world.worker):
        [clock_of_it] = Deadline.objects.filter(root_id=target.id, kind="service_start")
        turn = browser_of(world.worker).get(f"interventions/{target.id}/").json()["turn"]
    assert clock_of_it.owner_agency_id == mentor().agency_id
    assert timedelta(days=5) < clock_of_it.due_at - clock.now() < timedelta(days=12)
    assert target.next_due_at == clock_of_it.due_at
    assert (turn["who"], turn["next"]) == (target.organisation, "Starts it, or says how long the family waits")
    assert turn["by"]
    [notice] = told("intervention_agreed")
    assert notice.fields["due"]


@pytest.mark.parametrize(
    ("edge", "state"), [("start", "met"), ("waitlist", "met"), ("cancel", "stopped"), ("stop_sharing", "stopped")]
)
def test_it_stops_when_the_service_begins_or_says_how_long_it_takes_and_at_each_end(
    world: World, edge: str, state: str
) -> None:
    target = agreed(world)
    go(edge, target, mentor() if edge in BY_PROVIDER else world.worker)
    assert clocks(target.id, using="owner")["service_start"] == state


def test_shared_again_it_is_owed_again(world: World) -> None:
    target = go("stop_sharing", agreed(world), world.worker)
    assert target.next_due_at is None
    go("share_again", target, world.worker)
    assert clocks(target.id, using="owner")["service_start"] == "running"


def test_given_back_it_is_the_leads_to_see_to(world: World) -> None:
    target = agreed(world)
    with worker_login(), acting_as_system(job="test") as system:
        give_back(system, with_lead().select_for_update(of=("self",)).get(pk=target.id))
    with acting(world.worker):
        owner = Deadline.objects.get(root_id=target.id, kind="service_start").owner_agency_id
        found = subject(target.id)
    assert owner == world.worker.agency_id
    assert found is not None
    assert found.audience == Person(world.worker.user_id)


def test_a_service_without_an_account_is_the_workers_to_ring(world: World) -> None:
    outside = service(organisation="Corner House Boxing Club")
    target = recommended(world.allocated(), world.worker, outside)
    for edge in ("offer", "provider_accept", "agree"):
        target = go(edge, target, world.worker)
    with acting(world.worker):
        owner = Deadline.objects.get(root_id=target.id, kind="service_start").owner_agency_id
    assert owner == world.worker.agency_id
    with clock.at(clock.now() + LATE):
        go("start", target, world.worker)
    assert told("intervention_came_late") == [], "it was nobody else's to be late with"


def test_what_is_owed_stands_on_the_workers_page_and_late_on_the_managers_list(world: World) -> None:
    target = agreed(world)
    manager = actor(world.allocated().lead_agency.slug, Role.MANAGER)
    words = f"{target.organisation} to start, or to say how long the family waits: {target.service_name}"
    assert waiting(world) == [words]
    assert browser_of(manager).get(LIST).json()["results"] == []
    with clock.at(clock.now() + LATE):
        [row] = browser_of(manager).get(LIST).json()["results"]
        assert row["url"] == f"/interventions/{target.id}"
        go("waitlist", target, mentor(), expected_on=(clock.now() + timedelta(days=30)).date().isoformat())
        assert browser_of(manager).get(LIST).json()["results"] == []
    assert waiting(world) == []


@pytest.mark.parametrize(
    ("state", "edge"),
    [("offered", "provider_accept"), ("offered", "provider_decline"), ("agreed", "start"), ("agreed", "waitlist")],
)
def test_a_late_word_is_told_to_the_leads_managers_too_and_one_in_time_is_not(
    world: World, state: str, edge: str
) -> None:
    in_time = intervention_in(state, world.allocated(), world.worker)
    go(edge, in_time, mentor())
    assert told("intervention_came_late") == []
    target = intervention_in(state, world.allocated(), world.worker)
    with clock.at(clock.now() + LATE):
        today = {"started_on": clock.now().date().isoformat()} if edge == "start" else {}
        later = {"expected_on": (clock.now() + timedelta(days=30)).date().isoformat()} if edge == "waitlist" else {}
        go(edge, target, mentor(), **today, **later)
    [late] = told("intervention_came_late")
    assert late.audience == {"agency_id": str(world.worker.agency_id), "roles": ["manager"]}
    assert (late.root_id, late.path) == (target.id, f"/interventions/{target.id}")
    assert late.fields["agency"] == target.organisation


def test_reminders_go_to_the_providers_managers_and_to_whoever_is_named_to_give_it(world: World) -> None:
    target = agreed(world)
    with worker_login(), clock.at(target.next_due_at):
        remind()
    [reminder] = [row for row in told("deadline_at") if row.root_id == target.id]
    assert reminder.audience["agency_id"] == str(mentor().agency_id)
    go("name_worker", target, mentor(Role.MANAGER), worker_id=str(mentor().user_id))
    with acting(mentor()):
        found = subject(target.id)
    assert found is not None
    assert found.audience == Person(mentor().user_id)
