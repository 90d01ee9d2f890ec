"""An agency that ends gives services within cases: another provider goes on, they end, or they go back to the lead."""

from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connections, transaction

from backend.access.actors import Actor
from backend.access.binding import acting, acting_as_system
from backend.access.models import Involvement
from backend.administration.commands import ending
from backend.administration.queries import agencies as queries
from backend.agencies.models import Agency
from backend.cases.models import Case, Task
from backend.core.errors import Conflict
from backend.deadlines.models import Deadline
from backend.directory.models import Service
from backend.interventions import subjects
from backend.interventions.commands.giving_back import give_back_all
from backend.interventions.models import Intervention
from backend.notifications.audience import Person
from backend.sharing.models import Disclosure
from tests.actors import browser_of
from tests.administration.ending import ENDS, boss, gives
from tests.administration.ending import worker as provider
from tests.administration.leading import EARLY_HELP, administrator, as_system, led_by, manager, worker
from tests.casework import open_transfer_of
from tests.directory import entries
from tests.edges import take
from tests.factories import agency_id
from tests.factories import manager as front_door_manager
from tests.interventions.made import PROVIDER, go, held, mentor, recommended
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def the_agency() -> Agency:
    return Agency.objects.get(slug=ENDS)


def do(command: Any, who: Any, **given: Any) -> None:
    with acting(who):
        version = ending.version_of(queries.work_of(the_agency().id))
    with acting(who):
        command(who, the_agency().id, version=version, **({"given": given} if given else {}))


def now_as(target: Intervention) -> Intervention:
    [found] = as_system(Intervention, id=target.id)
    return found


def tasks() -> list[Task]:
    """What the lead practitioner was given, after the worker has been round."""
    with worker_login():
        give_back_all()
    return as_system(Task, owner_id=worker().user_id)


@pytest.mark.parametrize("who", [boss, administrator])
def test_it_cannot_end_while_it_gives_something_and_giving_it_back_loses_no_place(who: Any) -> None:
    of = entries.service(boss())
    first, second = (gives(of, Intervention.WAITLISTED) for _ in range(2))
    shown = browser_of(worker()).get(f"interventions/{second.id}/").json()
    with pytest.raises(Conflict) as refused:
        do(ending.end_agency, who())
    assert "Services it gives within cases: 2. Hand them over first." in refused.value.reasons
    do(ending.hand_over_work, who(), sends_back=True)
    for target in (first, second):
        back = now_as(target)
        assert (back.state, back.waitlisted_at) == (Intervention.WAITLISTED, target.waitlisted_at)
        assert (back.provider_agency_id, back.organisation) == (None, target.organisation)
        standing = Involvement.objects.filter(root_id=target.id, relation="PROVIDER", ends_at=None)
        assert not standing.exists(), "who gave it reads it no more"
    again = browser_of(worker()).get(f"interventions/{second.id}/").json()
    assert again["place"] == shown["place"], "nobody loses their place"
    assert browser_of(provider()).get(f"interventions/{first.id}/").status_code == 404
    assert [task.kind for task in tasks()] == ["provider_gone", "provider_gone"]
    assert len(tasks()) == 2, "asked once"
    assert go("start", first, worker()).state == Intervention.STARTED, "whoever works on the case goes on with it"


def test_another_provider_goes_on_where_it_stands_and_the_family_is_asked() -> None:
    entries.service(entries.keeper(PROVIDER))
    target = gives(state=Intervention.STARTED)
    held(target, provider())
    mentoring, door = (Agency.objects.get(slug=slug).id for slug in (PROVIDER, "front-door"))
    do(ending.hand_over_work, boss(), gives_to=mentoring, services_to=door)
    taken = now_as(target)
    assert (str(taken.provider_agency_id), taken.state) == (agency_id(PROVIDER), Intervention.STARTED)
    assert taken.organisation == Agency.objects.get(slug=PROVIDER).name
    shown = browser_of(mentor()).get(f"interventions/{target.id}/")
    assert shown.status_code == 200
    held(taken, mentor())
    assert browser_of(provider()).get(f"interventions/{target.id}/").status_code == 404
    [share] = as_system(Disclosure, opens_id=target.id, to_agency_id=agency_id(PROVIDER))
    assert (share.root_id, str(share.from_agency_id)) == (target.case_id, agency_id(ENDS)), "in the case's own ledger"
    [task] = tasks()
    assert task.kind == "provider_changed"
    assert taken.organisation in task.text
    do(ending.end_agency, boss())
    assert browser_of(mentor()).get(f"interventions/{target.id}/").status_code == 200


def owner_of_clock(target: Intervention) -> str:
    """Which agency answers for the one promise that runs."""
    [running] = as_system(Deadline, root_id=target.id, met_at=None, stopped_at=None)
    return str(running.owner_agency_id)


def test_an_answer_that_is_owed_is_owed_by_who_has_it_next() -> None:
    entries.service(entries.keeper(PROVIDER))
    target = gives()
    assert owner_of_clock(target) == agency_id(ENDS)
    do(ending.hand_over_work, boss(), gives_to=Agency.objects.get(slug=PROVIDER).id)
    assert owner_of_clock(target) == agency_id(PROVIDER)
    assert go("provider_accept", target, mentor()).state == Intervention.PROVIDER_ACCEPTED


def test_an_offer_that_goes_back_is_answered_for_by_who_leads_the_case() -> None:
    target = gives()
    do(ending.hand_over_work, boss(), sends_back=True)
    assert owner_of_clock(target) == agency_id(EARLY_HELP)
    with worker_login(), acting_as_system(job="test"):
        subject = subjects.subject(target.id)
    assert subject is not None
    assert subject.audience == Person(worker().user_id)
    assert go("provider_decline", target, worker(), reason_code="no_room").state == Intervention.PROVIDER_DECLINED


def test_what_has_ended_or_was_never_asked_stands_in_nobodys_way() -> None:
    recommended(led_by(worker()), worker(), entries.service(boss()))
    gives(state=Intervention.COMPLETED)
    with acting(boss()):
        assert set(queries.work_of(the_agency().id)) == {"provides"}


def test_only_an_agency_that_offers_a_service_and_has_a_manager_goes_on_with_one() -> None:
    gives()
    options = browser_of(boss()).get(f"agencies/{agency_id(ENDS)}/").json()["options"]
    [form] = [option["input"] for option in options if option["name"] == "hand_over"]
    [field] = [field for field in form if field["name"] == "gives_to"]
    assert agency_id(ENDS) not in {choice["value"] for choice in field["choices"]}
    with pytest.raises(Conflict, match="take it on now"):
        do(ending.hand_over_work, boss(), gives_to=Agency.objects.get(slug="fire-service").id)


def test_at_once_they_go_back_to_who_leads_and_nothing_to_the_successor() -> None:
    target = gives(state=Intervention.STARTED)
    successor = Agency.objects.get(slug="front-door")
    do(ending.ask_to_end_at_once, boss(), reason="The roof came down.", successor=successor.id)
    do(ending.confirm_end, front_door_manager())
    back = now_as(target)
    assert (back.state, back.provider_agency_id) == (Intervention.STARTED, None)
    assert [task.kind for task in tasks()] == ["provider_gone"]


def test_a_manager_sees_what_nobody_gives_until_somebody_goes_on_with_it() -> None:
    target = gives(state=Intervention.WAITLISTED)
    rows = "exceptions/list/?kind=not_given"
    assert browser_of(manager()).get(rows).json()["results"] == []
    do(ending.hand_over_work, boss(), sends_back=True)
    [row] = browser_of(manager()).get(rows).json()["results"]
    assert (row["url"], row["reference"]) == (f"/interventions/{target.id}", target.case_reference)
    go("say_who_goes_on", target, worker(), goes_on_with="Her youth worker, Ms Mia Example.")
    assert browser_of(manager()).get(rows).json()["results"] == []


def test_what_was_closed_to_it_before_goes_back_when_it_has_ended() -> None:
    """It reads nothing of it any more, so nothing is counted; and nobody can open it to an agency that is gone."""
    target = go("stop_sharing", gives(state=Intervention.STARTED), worker(), reason="The family said so.")
    with acting(boss()):
        assert "gives" not in queries.work_of(the_agency().id)
    do(ending.hand_over_work, boss(), services_to=Agency.objects.get(slug="front-door").id)
    do(ending.end_agency, boss())
    back = "UPDATE interventions_intervention SET provider_until = NULL WHERE id = %s"
    with pytest.raises(OperationalError, match="has ended"), transaction.atomic(using="owner"):
        connections["owner"].cursor().execute(back, [target.id])
    assert [task.kind for task in tasks()] == ["provider_gone"]
    assert now_as(target).provider_agency_id is None
    assert go("complete", now_as(target), worker(), outcome="She rides alone now.").state == Intervention.COMPLETED


def test_the_database_lets_no_agency_end_with_one_nor_get_one_afterwards() -> None:
    target = gives()
    stolen = "UPDATE agencies_agency SET ended_at = now() WHERE slug = %s"
    with pytest.raises(DatabaseError, match="open work"), transaction.atomic(using="owner"):
        connections["owner"].cursor().execute(stolen, [ENDS])
    do(ending.hand_over_work, boss(), sends_back=True, services_to=Agency.objects.get(slug="front-door").id)
    do(ending.end_agency, boss())
    back = "UPDATE interventions_intervention SET provider_agency_id = %s WHERE id = %s"
    with pytest.raises(OperationalError, match="has ended"), transaction.atomic(using="owner"):
        connections["owner"].cursor().execute(back, [the_agency().id, target.id])


def test_the_wait_is_promised_by_who_leads_the_case_now() -> None:
    target = gives(state=Intervention.WAITLISTED)
    assert owner_of_clock(target) == agency_id(EARLY_HELP)
    given = {"to_agency_id": agency_id("front-door")}
    take("propose_transfer", target.case_id, manager(), noun="case", **given)
    [case] = as_system(Case, id=target.case_id)
    offer = open_transfer_of(case, manager())
    take("accept", offer.id, front_door_manager(), noun="transfer")
    assert owner_of_clock(target) == agency_id("front-door")


def on_my_work(who: Actor) -> dict[str, Any]:
    """The one thing on their page of work that is about a service without a provider."""
    shown = browser_of(who).get("work/").json()
    found = [
        one for part in ("overdue", "today", "soon") for one in shown[part] if "service that has gone" in one["label"]
    ]
    assert len(found) == 1, shown
    return dict(found[0])


def agency_goes() -> None:
    do(ending.hand_over_work, boss(), sends_back=True, services_to=Agency.objects.get(slug="front-door").id)
    do(ending.end_agency, boss())


def service_goes() -> None:
    with acting(boss()):
        of = Service.objects.get(agency_id=the_agency().id)
    take("end", of.id, boss(), noun="service", reason="No money.")


@pytest.mark.parametrize("goes", [agency_goes, service_goes])
def test_from_the_end_of_a_service_to_the_leads_page_of_work_with_a_date_and_the_place_kept(goes: Any) -> None:
    of = entries.service(boss())
    first, second = (gives(of, Intervention.WAITLISTED) for _ in range(2))
    go("cancel", first, worker())
    before = browser_of(worker()).get(f"interventions/{second.id}/").json()
    goes()
    with worker_login():
        give_back_all()
    item = on_my_work(worker())
    assert item["due_at"] or item["due_on"], "with the hour by which it is to be decided"
    task = browser_of(worker()).get(f"{item['url'].removeprefix('/')}/").json()
    assert task["reference"] == second.case_reference
    assert second.service_name in task["text"]
    after = browser_of(worker()).get(f"interventions/{second.id}/").json()
    assert after["place"] == before["place"], "since when they wait, and who waits before them"
    assert after["state"] == Intervention.WAITLISTED
    assert {one["kind"] for one in after["clocks"] if not one["met_at"]} == {"still_needed"}, "and they are asked again"
    assert go("start", now_as(second), worker() if goes is agency_goes else provider()).state == Intervention.STARTED
