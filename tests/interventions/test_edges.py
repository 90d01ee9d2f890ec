"""An intervention from the recommendation to its end: who takes which edge, when it is refused, what follows."""

from datetime import timedelta

import pytest

from backend.access.binding import acting
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.deadlines.models import Deadline
from backend.interventions.commands import intervention_machine
from backend.interventions.models import Intervention
from backend.interventions.queries import places, visible_to
from backend.sharing.models import Disclosure
from tests.cases.conftest import World
from tests.cases.working import assessing, work
from tests.directory import entries
from tests.edges import take
from tests.interventions.made import BY_PROVIDER, go, intervention_in, mentor, recommended, service

_BY_HAND = [name for name, edge in intervention_machine.edges.items() if not edge.by_system]


def refusal(edge: str, target: Intervention, who: object, **given: object) -> str:
    """The one reason why an edge cannot be taken."""
    with pytest.raises(Conflict) as refused:
        go(edge, target, who, **given)  # type: ignore[arg-type]
    assert len(refused.value.reasons) == 1, refused.value.reasons
    return refused.value.reasons[0]


@pytest.mark.parametrize("state", list(Intervention.LABELS))
def test_every_state_lets_go_by_its_own_edges_and_no_other(world: World, state: str) -> None:
    target = intervention_in(state, world.allocated(), world.worker)
    assert target.state == state
    for edge in _BY_HAND:
        who = mentor() if edge in BY_PROVIDER else world.worker
        if state in intervention_machine.sources(edge):
            continue
        with pytest.raises((Conflict, Forbidden, Intervention.DoesNotExist)) as refused:
            go(edge, target, who)
        assert getattr(refused.value, "code", "not_found") in ("wrong_state", "not_found", "forbidden"), (edge, state)


@pytest.mark.parametrize(
    ("state", "edge"), [(state, edge) for edge in _BY_HAND for state in sorted(intervention_machine.sources(edge))]
)
def test_every_edge_leads_where_the_design_says(world: World, state: str, edge: str) -> None:
    target = intervention_in(state, world.allocated(), world.worker)
    target = go("stop_sharing", target, world.worker) if edge == "share_again" else target
    done = go(edge, target, mentor() if edge in BY_PROVIDER else world.worker)
    assert done.state in (intervention_machine.targets(edge) or {state})


# --- Recommending and offering ---------------------------------------------------------------------------------------


def test_a_service_for_another_age_is_not_recommended(world: World) -> None:
    with pytest.raises(Conflict, match=r"is for ages 3 to 5\. The child is"):
        recommended(world.allocated(), world.worker, service(min_age=3, max_age=5))


def test_a_full_service_can_be_recommended_because_room_is_shown_and_not_enforced(world: World) -> None:
    full = entries.with_capacity(service(), "full")
    assert recommended(world.allocated(), world.worker, full).state == Intervention.RECOMMENDED


def test_a_paused_service_takes_nobody(world: World) -> None:
    of = service()
    take("pause", of.id, entries.keeper("lantern-mentoring"), noun="service")
    with pytest.raises(Conflict, match="takes nobody now: paused"):
        recommended(world.allocated(), world.worker, of)


def test_the_same_service_is_open_once_for_a_child(world: World) -> None:
    case, of = world.allocated(), service()
    first = recommended(case, world.worker, of)
    with pytest.raises(Conflict, match="is open for this child already") as refused:
        recommended(case, world.worker, of)
    assert refused.value.more["existing"]["id"] == str(first.id)
    go("cancel", first, world.worker)
    assert recommended(case, world.worker, of).id != first.id


def test_only_who_works_on_the_case_recommends(world: World) -> None:
    case = world.allocated()
    with pytest.raises(NotFound):
        recommended(case, world.stranger)
    with pytest.raises(NotFound):
        recommended(case, mentor())


def test_an_offer_is_a_share_in_the_ledger_of_the_case(world: World) -> None:
    case = world.allocated()
    target = intervention_in(Intervention.OFFERED, case, world.worker)
    with acting(world.worker):
        [share] = Disclosure.objects.filter(root_id=case.id, to_agency_id=mentor().agency_id)
    assert share.from_agency_id == case.lead_agency_id
    assert target.service_name in share.what


def test_an_offer_needs_a_basis_that_both_may_use(world: World) -> None:
    target = recommended(world.allocated(), world.worker)
    sentence = refusal("offer", target, world.worker, article6="legitimate_interests")
    assert sentence.startswith("“Legitimate interests” is not a UK GDPR basis that both")


def test_ones_own_service_is_offered_without_a_share(world: World) -> None:
    case = world.allocated()
    own = service("city-early-help")
    target = go("offer", recommended(case, world.worker, own), world.worker)
    with acting(world.worker):
        assert not Disclosure.objects.filter(what__contains=target.service_name).exists()


# --- Answers ---------------------------------------------------------------------------------------------------------


def test_the_provider_has_five_working_days(world: World) -> None:
    target = intervention_in(Intervention.OFFERED, world.allocated(), world.worker)
    with acting(world.worker):
        [answer] = Deadline.objects.filter(root_id=target.id)
    assert (answer.kind, answer.owner_agency_id) == ("provider_answer", mentor().agency_id)
    assert timedelta(days=5) < answer.due_at - clock.now() < timedelta(days=12)
    assert target.next_due_at == answer.due_at


def test_the_lead_does_not_answer_for_a_provider_that_works_here(world: World) -> None:
    target = intervention_in(Intervention.OFFERED, world.allocated(), world.worker)
    assert "answers this itself" in refusal("provider_accept", target, world.worker)


def test_whoever_works_on_the_case_answers_for_an_organisation_without_an_account(world: World) -> None:
    outside = service(organisation="Corner House Boxing Club")
    target = go("offer", recommended(world.allocated(), world.worker, outside), world.worker)
    assert target.provider_agency_id is None
    assert go("provider_accept", target, world.worker).state == Intervention.PROVIDER_ACCEPTED


def test_a_no_of_the_family_closes_it_to_the_provider_at_once(world: World) -> None:
    target = intervention_in(Intervention.PROVIDER_ACCEPTED, world.allocated(), world.worker)
    go("refuse", target, world.worker)
    with acting(mentor()):
        assert not visible_to(mentor()).filter(pk=target.id).exists()
        assert not Intervention.objects.filter(pk=target.id).exists()


def test_after_the_end_the_provider_reads_it_for_ten_working_days(world: World) -> None:
    target = intervention_in(Intervention.COMPLETED, world.allocated(), world.worker)
    for days, sees in ((13, True), (15, False)):
        with clock.at(clock.now() + timedelta(days=days)), acting(mentor()):
            assert visible_to(mentor()).filter(pk=target.id).exists() is sees, days
            assert Intervention.objects.filter(pk=target.id).exists() is sees, days


# --- Waiting ---------------------------------------------------------------------------------------------------------


def test_whoever_waits_knows_their_place_and_nothing_of_the_others(world: World) -> None:
    of = service()
    first = intervention_in(Intervention.WAITLISTED, world.allocated(), world.worker, of)
    other = world.opened(world.referred(given_name="Bea"), led_by="front-door")
    officer = world.front_door_manager
    case = world.allocate(other.id, officer, officer)
    second = intervention_in(Intervention.WAITLISTED, case, officer, of)
    with acting(officer):
        place = places([second])[second.id]
        assert not Intervention.objects.filter(pk=first.id).exists()
    assert (place.place, place.waiting) == (2, 2)
    with acting(officer):
        assert places([first]) == {}, "not theirs to ask about"


def test_the_wait_is_asked_about_every_four_weeks(world: World) -> None:
    target = intervention_in(Intervention.WAITLISTED, world.allocated(), world.worker)
    with acting(world.worker):
        asked = Deadline.objects.get(root_id=target.id, kind="still_needed", met_at=None)
    assert timedelta(days=25) < asked.due_at - clock.now() < timedelta(days=29)
    with clock.at(clock.now() + timedelta(days=20)):
        go("confirm_still_needed", target, world.worker)
        with acting(world.worker):
            again = Deadline.objects.get(root_id=target.id, kind="still_needed", met_at=None)
            assert again.due_at > asked.due_at


# --- Closing ---------------------------------------------------------------------------------------------------------


def test_a_case_does_not_close_over_a_service_of_which_nobody_says_who_goes_on(world: World) -> None:
    case = assessing(world)
    target = intervention_in(Intervention.STARTED, case, world.worker)
    with pytest.raises(Conflict) as refused:
        work(world, "close", case, goes_on="School.")
    assert refused.value.reasons == [f"{target.service_name} is still open. End it, or say who goes on with it."]
    go("say_who_goes_on", target, world.worker, goes_on_with="Mr Price, Lantern Mentoring, until June.")
    assert work(world, "close", case, goes_on="Mr Price.").state == "closed"


def test_an_ended_service_does_not_hold_a_case_open(world: World) -> None:
    case = assessing(world)
    intervention_in(Intervention.COMPLETED, case, world.worker)
    assert work(world, "close", case, goes_on="Nobody needs to.").state == "closed"
