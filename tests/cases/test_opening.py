"""Opening or joining a case: at most one open case for a child, whoever looks."""

import pytest

from backend.access.binding import acting
from backend.audit.models import Event
from backend.cases.models import Case
from backend.deadlines.queries import of_root
from tests.cases.conftest import World


def test_the_officer_who_agrees_to_help_opens_a_case_led_by_the_holder(world: World) -> None:
    in_hand = world.opened()
    assert in_hand.case is not None
    assert not in_hand.joined
    with acting(world.front_door_manager):
        case = Case.objects.get(pk=in_hand.id)
        assert case.state == Case.UNALLOCATED
        assert case.next_action == "Allocate a lead practitioner"
        assert case.next_action_on is not None
        assert [clock.kind for clock in of_root(case.id)] == ["allocate"]
        assert [event.verb for event in Event.objects.filter(root_id=case.id)] == ["case.open"]
        assert case.history.count() == 1


def test_the_opener_sees_it_only_until_it_is_allocated(world: World) -> None:
    in_hand = world.opened(led_by="city-early-help")
    with acting(world.worker):
        assert not Case.objects.filter(pk=in_hand.id).exists()
    world.allocate(in_hand.id, world.manager, world.worker)
    with acting(world.worker):
        assert Case.objects.filter(pk=in_hand.id).exists()
    with acting(world.officer):
        assert not Case.objects.filter(pk=in_hand.id).exists()
