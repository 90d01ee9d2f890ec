"""Opening or joining a case: at most one open case for a child, whoever looks and whoever races."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connections, transaction
from django.db.models import Q

from backend.access.binding import acting
from backend.agencies.models import Agency
from backend.audit.models import Event
from backend.cases import queries
from backend.cases.commands import CaseInHand, case_machine, open_or_join, propose_to_lead
from backend.cases.models import Case
from backend.children.commands import same_child
from backend.children.models import Child
from backend.core import clock
from backend.core.errors import Conflict
from backend.deadlines.queries import of_root
from backend.directory.models import Service
from backend.notifications.models import Outbox
from backend.sharing.rules import Basis
from tests.cases.conftest import BASIS, HANDOVER, World


def told(world: World) -> list[str]:
    """The messages in the outbox; the web role writes them and only the worker reads."""
    return list(Outbox.objects.using("owner").order_by("id").values_list("message", flat=True))


def decide(world: World, child: Child, choice: str = "") -> CaseInHand:
    holder = world.agency("front-door")
    return open_or_join(world.officer, child, holder=holder, theme="protecting_people", priority="red", choice=choice)


def again(world: World, known: Child) -> Child:
    """Another referral about a child we know, matched to it."""
    child = world.referred()
    with acting(world.officer):
        same_child(world.officer, child.id, known.id)
    return child


def test_the_officer_who_agrees_to_help_opens_a_case_led_by_the_holder(world: World) -> None:
    in_hand = world.opened()
    assert in_hand.case is not None
    assert not in_hand.joined
    with acting(world.front_door_manager):
        case = Case.objects.get(pk=in_hand.id)
        assert case.state == Case.UNALLOCATED
        assert case.next_action == "Allocate a lead practitioner"
        assert case.next_action_on is not None
        assert [deadline.kind for deadline in of_root(case.id)] == ["allocate"]
        assert case.next_due_at == of_root(case.id)[0].due_at
        assert [event.verb for event in Event.objects.filter(root_id=case.id)] == ["case.open"]
        assert case.history.count() == 1


def test_the_opener_reaches_it_only_until_it_is_allocated(world: World) -> None:
    in_hand = world.opened(led_by="front-door")
    with acting(world.officer):
        assert Case.objects.filter(pk=in_hand.id).exists()
        assert not queries.visible_to(world.officer).filter(pk=in_hand.id).exists()
    world.allocate(in_hand.id, world.front_door_manager, world.front_door_manager)
    with acting(world.officer):
        assert not Case.objects.filter(pk=in_hand.id).exists()


def test_a_second_referral_about_the_child_joins_the_open_case(world: World) -> None:
    known = world.referred()
    first = world.opened(known)
    second = again(world, known)
    with acting(world.officer):
        found = queries.cases_known(second.id, [known.id])
        assert [(case.reference, case.is_open) for case in found] == [(first.reference, True)]
        joined = decide(world, second)
    assert (joined.id, joined.joined, joined.case) == (first.id, True, None)
    with acting(world.front_door_manager):
        assert Case.objects.count() == 1
        assert Event.objects.filter(root_id=first.id).count() == 1


def test_a_case_that_was_joined_keeps_its_lead(world: World) -> None:
    known = world.referred()
    world.opened(known)
    second = again(world, known)
    with acting(world.officer):
        joined = decide(world, second)
        with pytest.raises(Conflict, match=r"keeps its lead agency.*\.$"):
            propose_to_lead(world.officer, joined, to_agency_id=world.manager.agency_id, handover=HANDOVER, basis=BASIS)


@pytest.mark.parametrize(
    ("agency", "basis", "words"),
    [
        ("front-door", BASIS, "leads this case already"),
        ("city-early-help", Basis(BASIS.article6, BASIS.condition, "no_power_needed"), "both organisations"),
    ],
)
def test_the_lead_is_offered_only_where_it_can_go(world: World, agency: str, basis: Basis, words: str) -> None:
    in_hand = world.opened()
    with acting(world.officer), pytest.raises(Conflict, match=words):
        propose_to_lead(world.officer, in_hand, to_agency_id=world.agency(agency).id, handover=HANDOVER, basis=basis)


def test_only_who_decides_about_the_child_learns_of_its_cases(world: World) -> None:
    known = world.referred()
    world.opened(known)
    for somebody in (world.teacher, world.manager, world.stranger):
        with acting(somebody):
            assert queries.cases_known(known.id, [known.id]) == []


def test_nobody_learns_of_the_cases_of_a_child_who_was_not_offered(world: World) -> None:
    known, other = world.referred(), world.referred(given_name="Other", family_name="Child")
    world.opened(known)
    with acting(world.officer):
        assert queries.cases_known(other.id, [known.id]) == []


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
class TestWithAnotherPair:
    """What needs committed rows: a closed case, and a race."""

    def closed(self, world: World, *, ago: timedelta) -> Child:
        known = world.referred()
        in_hand = world.opened(known)
        closed = {"state": Case.CLOSED, "closed_at": clock.now() - ago, "opened_as_id": None}
        Case.objects.using("owner").filter(pk=in_hand.id).update(**closed)
        return known

    def test_a_case_closed_within_a_year_asks_for_a_choice_and_never_makes_it(self, world: World) -> None:
        known = self.closed(world, ago=timedelta(days=30))
        second = again(world, known)
        with acting(world.officer), pytest.raises(Conflict, match=r"which closed on .*open a new one\.$"):
            decide(world, second)
        with acting(world.officer):
            assert not decide(world, second, "new").joined

    def test_reopening_gives_it_back_to_whoever_led_it_as_nobodys_yet(self, world: World) -> None:
        known = self.closed(world, ago=timedelta(days=30))
        second = again(world, known)
        with acting(world.officer):
            again_open = decide(world, second, "reopen")
            assert (again_open.joined, again_open.state) == (True, Case.UNALLOCATED)
        with acting(world.front_door_manager):
            case = Case.objects.get()
            assert (case.id, case.state, case.closed_at) == (again_open.id, Case.UNALLOCATED, None)
            assert (case.lead_agency_id, case.lead_practitioner_id) == (world.officer.agency_id, None)
            assert case.next_action == "Allocate a lead practitioner"
            assert case.next_due_at == next(line.due_at for line in of_root(case.id) if line.is_running)
            assert [event.verb for event in Event.objects.filter(root_id=case.id).order_by("at")][-1] == "case.reopen"
            assert case.history.count() == 2
        assert told(world)[-1] == "case_reopened"

    def test_a_case_whose_lead_agency_is_gone_goes_to_the_front_door(self, world: World) -> None:
        known = self.closed(world, ago=timedelta(days=30))
        gone = world.agency("kite-street")
        # No agency ends while it has work, a service to keep included.
        Service.objects.using("owner").filter(Q(agency=gone) | Q(kept_by=gone)).update(state=Service.ENDED)
        Agency.objects.using("owner").filter(pk=gone.pk).update(ended_at=clock.now())
        Case.objects.using("owner").update(lead_agency=gone)
        second = again(world, known)
        with acting(world.officer):
            again_open = decide(world, second, "reopen")
        assert again_open.lead_agency_id == world.officer.agency_id

    def test_nobody_else_opens_a_closed_case_by_the_function(self, world: World) -> None:
        self.closed(world, ago=timedelta(days=30))
        case_id = Case.objects.using("owner").get().id
        for somebody in (world.teacher, world.manager, world.stranger):
            with acting(somebody):
                assert not queries.take_closed(case_id)
        with acting(world.officer):
            assert queries.take_closed(case_id)

    def test_a_case_closed_longer_ago_is_not_opened_again(self, world: World) -> None:
        self.closed(world, ago=timedelta(days=400))
        with acting(world.officer):
            assert not queries.take_closed(Case.objects.using("owner").get().id)

    def test_its_manager_opens_it_again_with_a_reason(self, world: World) -> None:
        self.closed(world, ago=timedelta(days=30))
        case_id = Case.objects.using("owner").get().id
        given = {"reason_code": "worries_back", "reason": "He is out at night again."}
        with acting(world.front_door_manager):
            reopened = case_machine.perform(world.front_door_manager, "reopen", case_id, version=1, given=given)
            event = Event.objects.filter(root_id=case_id).order_by("-at", "-id")[0]
            assert (event.verb, event.reason, event.to_state) == ("case.reopen", given["reason"], Case.UNALLOCATED)
            assert [line.kind for line in of_root(case_id) if line.is_running] == ["allocate"]
            assert reopened.next_due_at is not None
        with acting(world.front_door_manager), pytest.raises(Conflict, match=r"now: this is waiting"):
            case_machine.perform(world.front_door_manager, "reopen", case_id, version=2, given=given)

    @pytest.mark.parametrize(
        ("ago", "another", "words"), [(400, False, "more than 12 months ago"), (30, True, "another open case")]
    )
    def test_it_stays_closed_after_a_year_or_beside_another_one(
        self, world: World, ago: int, another: bool, words: str
    ) -> None:
        known = self.closed(world, ago=timedelta(days=ago))
        case_id = Case.objects.using("owner").get().id
        if another:
            second = again(world, known)
            with acting(world.officer):
                decide(world, second, "new")
        given = {"reason_code": "worries_back", "reason": "He is out at night again."}
        with acting(world.front_door_manager), pytest.raises(Conflict, match=words):
            case_machine.perform(world.front_door_manager, "reopen", case_id, version=1, given=given)

    def test_a_case_closed_longer_ago_asks_for_nothing(self, world: World) -> None:
        known = self.closed(world, ago=timedelta(days=400))
        second = again(world, known)
        with acting(world.officer):
            assert not decide(world, second).joined

    def test_two_officers_at_once_open_one_case(self, world: World) -> None:
        known = world.referred()
        children = [known, again(world, known)]
        start = Barrier(2)

        def accept(child: Child) -> CaseInHand:
            try:
                with acting(world.officer):
                    start.wait(10)
                    return decide(world, child)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            found = list(pool.map(accept, children))
        assert sorted(one.joined for one in found) == [False, True]
        assert len({one.id for one in found}) == 1
        assert told(world).count("case_opened") == 1
        assert told(world).count("case_joined") == 1

    def test_the_table_itself_holds_one_open_case_a_child(self, world: World) -> None:
        in_hand = world.opened()
        case = Case.objects.using("owner").get(pk=in_hand.id)
        case.pk, case.reference = world.stranger.user_id, "C-OTHER"
        with pytest.raises(IntegrityError, match="case_one_open_per_child"), transaction.atomic(using="owner"):
            Case.objects.using("owner").bulk_create([case])
