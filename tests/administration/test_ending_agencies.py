"""An agency ends: refused while it has anything, handed over by kind, and at once only by two people."""

from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection, connections, transaction

from backend.access.actors import Actor
from backend.access.binding import acting, bind
from backend.access.models import Involvement, Named
from backend.administration.commands import ending
from backend.administration.models import Ending
from backend.administration.queries import agencies as queries
from backend.agencies.models import Agency, Membership
from backend.agencies.roles import Role
from backend.cases.models import Action, Case, Task, Transfer
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.core.ids import uuid7
from backend.deadlines.models import RUNNING, Deadline
from backend.directory.models import Service
from backend.disagreements.models import Disagreement
from backend.interventions.models import Intervention
from backend.notifications.models import Outbox
from backend.referrals.models import InformationRequest, Offer, Referral
from backend.sharing.models import Disclosure
from backend.workflow.models import Confirmation
from tests.actors import actor, browser_of, seen
from tests.administration.ending import ENDS, boss, given_everything, taken, worker
from tests.administration.leading import administrator, as_system
from tests.edges import take
from tests.factories import agency_id, manager, officer, referral_in

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
RECEIVER = "city-early-help"
EVERYTHING = [answer for answer in queries.KINDS if queries.KINDS[answer].answer]


def the_agency() -> Agency:
    return Agency.objects.get(slug=ENDS)


def version_for(who: Actor) -> int:
    with acting(who):
        return ending.version_of(queries.work_of(the_agency().id))


def do(command: Any, who: Actor, **given: Any) -> Agency:
    version = version_for(who)
    more = {"given": given} if given else {}
    with acting(who):
        done: Agency = command(who, the_agency().id, version=version, **more)
    return done


def everything_to(slug: str) -> dict[str, Any]:
    answers = {queries.KINDS[kind].answer for kind in EVERYTHING} - {queries.SENT_BACK, queries.GIVES}
    to = Agency.objects.get(slug=slug).id
    return {**dict.fromkeys(answers, to), "sends_back": True}


def nothing_is_left(agency_id_: Any) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT kind FROM app.work_of(%s)", [agency_id_])
        assert {kind for (kind,) in cursor.fetchall()} <= {"works"}


@pytest.mark.parametrize("who", [boss, administrator])
def test_it_is_refused_with_each_kind_counted_until_all_is_handed_over(who: Any) -> None:
    made = given_everything()
    with pytest.raises(Conflict) as refused:
        do(ending.end_agency, who())
    # No closed case waits for a check.
    assert len(refused.value.reasons) == len(EVERYTHING) - 1, refused.value.reasons
    do(ending.hand_over_work, who(), **everything_to(RECEIVER))
    nothing_is_left(the_agency().id)
    receiver = agency_id(RECEIVER)
    [held], [owed] = as_system(Referral, id=made["holds"].id), as_system(Referral, id=made["owes"].id)
    assert str(held.holder_id) == str(owed.holder_id) == receiver
    for root in (held.id, made["leads"].id):
        running = as_system(Deadline, root_id=root, met_at=None, stopped_at=None)
        assert {str(one.owner_agency_id) for one in running} == {receiver}
    [case] = as_system(Case, id=made["leads"].id)
    assert (str(case.lead_agency_id), case.state) == (receiver, Case.UNALLOCATED)
    case_worker = worker()
    assert case.lead_practitioner_id == case_worker.user_id, "who worked on it is responsible until somebody is chosen"
    assert {one.state for one in as_system(Transfer, case_id=case.id)} == {"withdrawn"}
    do(ending.end_agency, who())
    [case] = as_system(Case, id=made["leads"].id)
    assert str(case.practitioner_agency_id) == receiver, "and then a manager there minds it"
    assert case.minded_for_id == case_worker.user_id
    assert the_agency().ended_at is not None


def test_each_kind_arrives_where_somebody_can_go_on_with_it() -> None:
    made = given_everything()
    do(ending.hand_over_work, boss(), **everything_to(RECEIVER))
    receiver = agency_id(RECEIVER)
    new = actor(RECEIVER, Role.MANAGER)
    [offered] = as_system(Referral, id=made["offered"].id)
    assert (str(offered.holder_id), offered.state) == (agency_id("front-door"), Referral.TRIAGE)
    assert {one.state for one in as_system(Offer, root_id=offered.id)} == {Offer.RETURNED}
    [declined] = as_system(Transfer, id=made["asked_to_lead"].id)
    assert (declined.state, declined.reason_code) == ("declined", "agency_ends")
    [question] = as_system(InformationRequest, root_id=made["asked"].id)
    assert (question.state, question.reason_code) == ("refused", "agency_ends")
    [task] = as_system(Task, id=made["tasks"].id)
    assert str(task.owner_agency_id) == receiver
    [action] = as_system(Action, id=made["actions"].id)
    assert str(action.owner_agency_id) == receiver
    [service_within] = as_system(Intervention, id=made["gives"].id)
    assert service_within.provider_agency_id is None, "back with whoever leads the case"
    [challenge] = as_system(Disagreement, id=made["answers"].id)
    assert str(challenge.owner_agency_id) == receiver
    [waiting] = as_system(Confirmation, root_id=made["second_person"].id)
    assert waiting.state == Confirmation.WITHDRAWN
    [service] = as_system(Service, id=made["provides"].id)
    assert (service.state, str(service.kept_by_id)) in {("ended", agency_id(ENDS)), ("active", receiver)}
    [begun] = as_system(Referral, id=made["drafts"].id)
    assert str(begun.referrer_agency_id) == receiver
    writes = next(one for one in (new, actor(RECEIVER, Role.MANAGER, nth=1)) if one.user_id == begun.created_by_id)
    assert browser_of(writes).get(f"referrals/{begun.id}/draft/").status_code == 200
    take("answer", challenge.id, new, noun="disagreement")
    for root in (made["holds"].id, made["leads"].id, made["owes"].id):
        shared = as_system(Disclosure, root_id=root, to_agency_id=receiver, from_agency_id=agency_id(ENDS))
        assert "To go on with what an agency had that ends" in {one.purpose for one in shared}, "a share has its line"
    told = {(one.message, one.audience.get("agency_id")) for one in as_system(Outbox)}
    assert ("agency_handed_over", receiver) in told
    assert len(as_system(Outbox, message="referral_holder_gone")) == 4


def test_one_kind_may_go_to_one_agency_and_another_to_another() -> None:
    made = given_everything()
    front_door, receiver = Agency.objects.get(slug="front-door"), Agency.objects.get(slug=RECEIVER)
    do(ending.hand_over_work, boss(), referrals_to=front_door.id, cases_to=receiver.id)
    [held], [case] = as_system(Referral, id=made["holds"].id), as_system(Case, id=made["leads"].id)
    assert (held.holder_id, case.lead_agency_id) == (front_door.id, receiver.id)
    [task] = as_system(Task, id=made["tasks"].id)
    assert task.owner_agency_id == the_agency().id, "what nobody was chosen for stays"
    [row] = Ending.objects.filter(agency=the_agency())
    assert row.state == Ending.HANDED_OVER
    assert row.moved == {"holds": 2, "owes": 2, "leads": 1}


def test_at_once_takes_two_people_and_leaves_nothing_behind() -> None:
    made = given_everything()
    successor = Agency.objects.get(slug="front-door")
    do(ending.ask_to_end_at_once, boss(), reason="The roof came down.", successor=successor.id)
    assert the_agency().ended_at is None, "nothing changes until a second person agrees"
    with pytest.raises(Forbidden, match="another person"):
        do(ending.confirm_end, boss())
    with pytest.raises(Conflict, match="already being asked"):
        do(ending.ask_to_end_at_once, administrator(), reason="Again.", successor=successor.id)
    do(ending.confirm_end, manager())
    nothing_is_left(the_agency().id)
    assert as_system(Membership, agency_id=the_agency().id, ended_at=None) == []
    for referral in (made["holds"], made["owes"]):
        [held] = as_system(Referral, id=referral.id)
        assert held.holder_id == successor.id
        holders = Involvement.objects.filter(root_id=held.id, relation="HOLDER", ends_at=None)
        assert list(holders.values_list("agency_id", flat=True)) == [successor.id]
    [case] = as_system(Case, id=made["leads"].id)
    assert (case.lead_agency_id, case.practitioner_agency_id) == (successor.id, successor.id)
    assert browser_of(officer()).get(f"referrals/{made['holds'].id}/").status_code == 200


def test_the_second_person_may_say_no_and_who_asked_may_take_it_back() -> None:
    successor = Agency.objects.get(slug="front-door")
    do(ending.ask_to_end_at_once, boss(), reason="The roof came down.", successor=successor.id)
    do(ending.refuse_end, manager())
    assert [one.state for one in Ending.objects.all()] == [Ending.REFUSED]
    do(ending.ask_to_end_at_once, boss(), reason="It did.", successor=successor.id)
    with pytest.raises(Forbidden, match="who asked"):
        do(ending.withdraw_end, administrator())
    do(ending.withdraw_end, boss())
    with pytest.raises(Conflict, match="Nobody is waiting"):
        do(ending.confirm_end, manager())
    assert the_agency().ended_at is None


def test_who_may_not() -> None:
    for nobody in (worker(), officer(), actor("community-safety", Role.PARTNERSHIP_ANALYST)):
        with pytest.raises(Forbidden):
            do(ending.end_agency, nobody)
    for stranger in (manager(), actor("community-safety", Role.SYSTEM_ADMINISTRATOR), actor(RECEIVER, Role.MANAGER)):
        with pytest.raises(Forbidden, match="can end an agency"):
            do(ending.end_agency, stranger)
    with acting(administrator()), pytest.raises(Forbidden, match="never ends"):
        ending.end_agency(administrator(), Agency.objects.get(slug="front-door").id, version=0)
    with acting(boss()), pytest.raises(NotFound):
        ending.end_agency(boss(), uuid7(), version=0)


def test_what_has_changed_since_it_was_looked_at_is_looked_at_again() -> None:
    before = version_for(boss())
    taken()
    with acting(boss()), pytest.raises(Conflict) as stale:
        ending.end_agency(boss(), the_agency().id, version=before)
    assert stale.value.code == "stale"


def test_only_an_agency_that_receives_by_duty_and_has_people_can_be_chosen() -> None:
    taken()
    school = Agency.objects.get(slug="oakfield-school")
    with pytest.raises(Conflict, match="take it on now"):
        do(ending.hand_over_work, boss(), referrals_to=school.id)
    with pytest.raises(Conflict, match="at least one kind"):
        do(ending.hand_over_work, boss(), sends_back=False)


def test_a_sealed_child_is_neither_counted_nor_dropped() -> None:
    """Who ends the agency is not named on it: it is in no number, and goes to the front door when the agency ends."""
    referral = taken()
    Named.objects.using("owner").create(id=uuid7(), user_id=officer().user_id, child_id=referral.child_id)
    with acting(boss()):
        assert queries.work_of(the_agency().id) == {}
        assert queries.ids_of(the_agency().id, "holds") == []
    do(ending.end_agency, boss())
    [held] = as_system(Referral, id=referral.id)
    assert str(held.holder_id) == agency_id("front-door")


def test_an_administrator_hands_everything_over_and_sees_nothing_of_it() -> None:
    given_everything()
    do(ending.hand_over_work, administrator(), **everything_to(RECEIVER))
    with acting(administrator()):
        for table in ("referrals_referral", "cases_case", "cases_task", "referrals_statement", "cases_transfer"):
            assert seen(table) == set()
        assert queries.ids_of(the_agency().id, "holds") == []


def test_the_database_lets_no_agency_end_with_work_nor_get_any_afterwards() -> None:
    referral = taken()
    stolen = "UPDATE agencies_agency SET ended_at = now() WHERE slug = %s"
    with pytest.raises(DatabaseError, match="open work"), transaction.atomic(using="owner"):
        connections["owner"].cursor().execute(stolen, [ENDS])
    with transaction.atomic(), connection.cursor() as cursor:
        bind(boss().membership_id)
        with pytest.raises(DatabaseError, match="not begun"), transaction.atomic():
            cursor.execute("SELECT app.end_agency(%s, %s)", [uuid7(), the_agency().id])
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute("SELECT app.open_passage(%s, NULL)", [[the_agency().id]])
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute("SELECT * FROM app.work_of(%s)", [the_agency().id])
    do(ending.hand_over_work, boss(), **everything_to("front-door"))
    do(ending.end_agency, boss())
    back = "UPDATE referrals_referral SET holder_id = %s WHERE id = %s"
    with pytest.raises(OperationalError, match="has ended"), transaction.atomic(using="owner"):
        connections["owner"].cursor().execute(back, [the_agency().id, referral.id])


def test_nobody_can_offer_or_send_anything_to_an_agency_that_has_ended() -> None:
    gone = the_agency().id
    do(ending.end_agency, boss())
    referral = referral_in("triage")
    with pytest.raises(Conflict):
        take("redirect", referral.id, officer(), to_agency=str(gone))
    running = Deadline.objects.filter(RUNNING, owner_agency_id=gone)
    assert not running.exists()
