"""Every state × every edge of a case and of a transfer, who may take it, and a sentence for each refusal."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from backend.access.actors import SYSTEM
from backend.access.binding import acting
from backend.access.models import Conflict as ConflictOfInterest
from backend.access.relations import Relation
from backend.agencies.models import Membership
from backend.agencies.roles import AGENCY_ROLES, Role
from backend.cases.commands import case_machine, transfer_machine
from backend.cases.models import Case, Transfer
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.core.ids import uuid7
from tests.cases.conftest import PROPOSAL, World

R = Relation
# edge → the states it leaves, and where it arrives; nothing where the state stays.
OPEN = {"unallocated", "engaging", "assessing", "active", "paused"}
WITH_PRACTITIONER = OPEN - {"unallocated"}
AGREED = {"assessing", "active", "paused"}
# Only where another agency has just taken the lead, and what each then goes by: where the work stood before.
BETWEEN = {
    "record_refusal": {"engaging"},
    "renew_agreement": AGREED,
    "withdraw_agreement": AGREED,
    "go_on_otherwise": WITH_PRACTITIONER,
    "resume": {"paused"},
}
CASE_EDGES = {
    "allocate": ({"unallocated"}, WITH_PRACTITIONER),
    "reopen": ({"closed"}, {"unallocated"}),
    "reallocate": (WITH_PRACTITIONER, set()),
    "change_priority": (OPEN, set()),
    "propose_transfer": (OPEN, set()),
    "transfer_out": (OPEN, set()),
    "confirm_transfer_out": (OPEN, {"closed"}),
    "end_transfer_out": (OPEN, set()),
    "record_agreement": ({"engaging"}, {"assessing"}),
    "record_refusal": ({"engaging", "unallocated"}, set()),
    "renew_agreement": (AGREED | {"unallocated"}, set()),
    "withdraw_agreement": (AGREED | {"unallocated"}, set()),
    "go_on_otherwise": (OPEN, set()),
    "agree_plan": ({"assessing"}, {"active"}),
    "hold_review": ({"active"}, {"active"}),
    "pause": ({"engaging", "assessing", "active"}, {"paused"}),
    "resume": ({"paused", "unallocated"}, {"engaging", "assessing", "active", "unallocated"}),
    "step_up": (OPEN, set()),
    "record_follow_up": (OPEN | {"closed"}, set()),
    "handover_refused": (OPEN | {"closed"}, set()),
    "close": (OPEN, {"closed"}),
    "record_sustained": ({"closed"}, set()),
    "correct_sustained": ({"closed"}, set()),
    "record_death": (OPEN | {"closed"}, {"closed"}),
    "take_back_death": ({"closed"}, OPEN | {"closed"}),
    "chase_transfer_out": (OPEN, set()),
    "escalate_transfer_out": (OPEN, set()),
    "expire_agreement": (OPEN, set()),
}
TRANSFER_EDGES = {
    "accept": ({"proposed"}, {"accepted"}),
    "decline": ({"proposed"}, {"declined"}),
    "withdraw": ({"proposed"}, {"withdrawn"}),
    "name_lead": ({"declined", "lapsed"}, set()),
    "lapse": ({"proposed"}, {"lapsed"}),
    "oblige": ({"proposed"}, {"accepted"}),
    "overtake": ({"proposed"}, {"withdrawn"}),
}
# edge → (role, relation) that may take it.
OF_DEATH = ("record_death", "take_back_death")
MANAGERS_OWN = ("allocate", "reopen", "reallocate", "record_sustained", "correct_sustained")
MANAGERS_OWN += ("confirm_transfer_out", *OF_DEATH)
LEAD_MANAGER = {(Role.MANAGER, R.LEAD)}
WORKS_ON_IT = {*LEAD_MANAGER, *((role, R.WORKER) for role in AGENCY_ROLES)}
WHO = {
    **{("case", name): WORKS_ON_IT for name in CASE_EDGES},
    **{("case", name): LEAD_MANAGER for name in MANAGERS_OWN},
    **{("case", name): set() for name in ("chase_transfer_out", "escalate_transfer_out", "expire_agreement")},
    (transfer_machine.noun, "accept"): {(Role.MANAGER, R.OFFERED_LEAD)},
    (transfer_machine.noun, "decline"): {(Role.MANAGER, R.OFFERED_LEAD)},
    (transfer_machine.noun, "withdraw"): WORKS_ON_IT,
    (transfer_machine.noun, "name_lead"): {(Role.MANAGER, R.OFFERED_LEAD)},
    (transfer_machine.noun, "lapse"): set(),
    (transfer_machine.noun, "oblige"): set(),
    (transfer_machine.noun, "overtake"): set(),
}
ANSWERS: dict[str, dict[str, Any]] = {
    "accept": {},
    "decline": {"reason_code": "no_capacity", "reason": "Not before spring."},
    "withdraw": {"reason_code": "no_longer_needed", "reason": ""},
}


@pytest.mark.parametrize(("machine", "edges"), [(case_machine, CASE_EDGES), (transfer_machine, TRANSFER_EDGES)])
def test_the_machine_is_the_table(machine: Any, edges: dict[str, Any]) -> None:
    assert {name: (machine.sources(name), machine.targets(name)) for name in machine.edges} == edges


@pytest.mark.parametrize("state", Case.LABELS)
@pytest.mark.parametrize("role", AGENCY_ROLES)
@pytest.mark.parametrize("relation", list(Relation))
def test_a_case_offers_what_state_role_and_relation_allow(state: str, role: Role, relation: Relation) -> None:
    actor = replace(SYSTEM, role=role)
    offered = {name for name, _label in case_machine.names(actor, Case(state=state), frozenset({relation}))}
    # Nobody is offered to take back what nobody has recorded, nor what goes by how the work stood before there was any.
    never = {"take_back_death", "correct_sustained", *(BETWEEN if state == Case.UNALLOCATED else ())}
    possible = [(name, sources) for name, (sources, _) in CASE_EDGES.items() if name not in never]
    assert offered == {name for name, sources in possible if state in sources and (role, relation) in WHO["case", name]}


@pytest.mark.parametrize("stood", sorted(WITH_PRACTITIONER))
@pytest.mark.parametrize("role", AGENCY_ROLES)
@pytest.mark.parametrize("relation", list(Relation))
def test_between_two_leads_a_case_offers_what_cannot_wait(stood: str, role: Role, relation: Relation) -> None:
    case = Case(state=Case.UNALLOCATED, state_before=stood, lead_practitioner_id=uuid7())
    offered = {name for name, _label in case_machine.names(replace(SYSTEM, role=role), case, frozenset({relation}))}
    waits = {name for name, (sources, _) in CASE_EDGES.items() if "unallocated" not in sources} | {"take_back_death"}
    waits |= {name for name, states in BETWEEN.items() if stood not in states}
    assert offered == {name for name in CASE_EDGES if name not in waits and (role, relation) in WHO["case", name]}


# How a transfer stands beside its state, and what it does not offer then.
STANDS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "asked": ({}, {"name_lead"}),
    "escalated": ({"escalated_to_id": uuid7()}, set()),
    "settled": ({"escalated_to_id": uuid7(), "named_at": clock.now()}, {"name_lead"}),
    "named": ({"named_by_id": uuid7()}, {"decline", "name_lead"}),
}


@pytest.mark.parametrize("stands", STANDS)
@pytest.mark.parametrize("state", Transfer.LABELS)
@pytest.mark.parametrize("role", AGENCY_ROLES)
@pytest.mark.parametrize("relation", list(Relation))
def test_a_transfer_offers_what_state_role_and_relation_allow(
    stands: str, state: str, role: Role, relation: Relation
) -> None:
    actor, (columns, never) = replace(SYSTEM, role=role), STANDS[stands]
    transfer = Transfer(state=state, **columns)
    offered = {name for name, _label in transfer_machine.names(actor, transfer, frozenset({relation}))}
    assert offered == {
        name
        for name, (sources, _) in TRANSFER_EDGES.items()
        if name not in never and state in sources and (role, relation) in WHO["transfer", name]
    }


def take(world: World, edge: str, transfer: Transfer) -> Transfer:
    """Take an edge of a transfer as who may take it."""
    who = world.manager if edge == "withdraw" else world.youth_justice_manager
    with acting(who):
        version = Transfer.objects.get(pk=transfer.id).version
        return transfer_machine.perform(who, edge, transfer.id, version=version, given=ANSWERS[edge])


@pytest.mark.parametrize("ended", ["accept", "decline", "withdraw"])
@pytest.mark.parametrize("edge", ["accept", "decline", "withdraw"])
def test_an_answered_transfer_takes_no_other_answer(world: World, ended: str, edge: str) -> None:
    transfer = world.proposed()
    take(world, ended, transfer)
    # Whoever may not see it any more finds nothing; whoever may is told why not.
    with pytest.raises((Conflict, Forbidden, NotFound), match=r"\.( \S.*)?$"):
        take(world, edge, transfer)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize("state", sorted(set(Case.LABELS) - {Case.UNALLOCATED}))
def test_a_case_in_another_state_is_not_allocated(world: World, state: str) -> None:
    case = world.allocated()
    closed_at = clock.now() if state == Case.CLOSED else None
    rest = {"pause_reason": "child_away", "look_again_on": date(2100, 1, 1)} if state == Case.PAUSED else {}
    Case.objects.using("owner").filter(pk=case.id).update(state=state, closed_at=closed_at, **rest)
    with pytest.raises(Conflict, match=r"now: this is .*\.$") as refused:
        world.allocate(case.id, world.manager, world.worker)
    assert refused.value.code == "wrong_state"
    if state == Case.CLOSED:
        with pytest.raises(Conflict, match=r"now: this is closed\.$"):
            world.proposed(case)
    else:
        assert world.proposed(case).state == Transfer.PROPOSED


def test_a_stale_version_is_refused(world: World) -> None:
    in_hand = world.opened(led_by="city-early-help")
    with acting(world.manager), pytest.raises(Conflict) as refused:
        case_machine.perform(
            world.manager, "allocate", in_hand.id, version=7, given={"lead_practitioner_id": world.worker.user_id}
        )
    assert refused.value.code == "stale"


def test_who_does_not_see_a_case_finds_nothing(world: World) -> None:
    case = world.allocated()
    for somebody in (world.stranger, world.teacher, world.youth_justice_manager):
        with acting(somebody), pytest.raises(NotFound):
            case_machine.perform(somebody, "propose_transfer", case.id, version=2, given=PROPOSAL)


def test_the_worker_sees_the_case_but_does_not_allocate_it(world: World) -> None:
    case = world.proposed().case
    take(world, "accept", Transfer(id=world_transfer(world, case)))
    with acting(world.worker), pytest.raises(Forbidden, match=r"cannot do this.*\.$"):
        case_machine.perform(world.worker, "allocate", case.id, version=3, given={})


def world_transfer(world: World, case: Case) -> Any:
    with acting(world.manager):
        return Transfer.objects.get(case_id=case.id).id


def refusal(world: World, edge: str, case: Case, given: dict[str, Any]) -> list[str]:
    with acting(world.manager):
        version = Case.objects.get(pk=case.id).version
        with pytest.raises(Conflict) as refused:
            case_machine.perform(world.manager, edge, case.id, version=version, given=given)
    assert refused.value.code == "not_ready"
    assert all(reason.endswith(".") for reason in refused.value.reasons)
    return refused.value.reasons


def allocation(**values: Any) -> dict[str, Any]:
    first = {"reason_code": "has_room", "next_action": "First visit", "next_action_on": date(2100, 1, 1)}
    return {**first, **values}


def test_a_case_is_allocated_only_to_somebody_who_works_for_the_lead_agency(world: World) -> None:
    case = world.opened(led_by="city-early-help").case
    assert case is not None
    for nobody in (world.youth_justice_worker.user_id, uuid7()):
        reasons = refusal(world, "allocate", case, allocation(lead_practitioner_id=nobody))
        assert reasons == ["Choose somebody who works for your agency now."]


def test_the_next_action_has_a_day_ahead(world: World) -> None:
    case = world.opened(led_by="city-early-help").case
    assert case is not None
    past = allocation(lead_practitioner_id=world.worker.user_id, next_action_on=date(2020, 1, 1))
    assert refusal(world, "allocate", case, past) == ["The next action needs a day from today on."]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_person_with_a_conflict_of_interest_is_neither_offered_nor_taken(world: World) -> None:
    case = world.opened(led_by="city-early-help").case
    assert case is not None
    ConflictOfInterest.objects.using("owner").create(user_id=world.worker.user_id, child_id=case.child_id)
    reasons = refusal(world, "allocate", case, allocation(lead_practitioner_id=world.worker.user_id))
    assert reasons == [f"{world.worker.name} cannot work with this family. Choose somebody else."]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_an_agency_without_anybody_says_so_before_any_form_is_filled(world: World) -> None:
    case = world.opened(led_by="city-early-help").case
    assert case is not None
    others = Membership.objects.using("owner").filter(agency_id=case.lead_agency_id)
    for member in others:
        ConflictOfInterest.objects.using("owner").create(user_id=member.user_id, child_id=case.child_id)
    facts = case_machine.facts(case, world.manager)
    obstacles = [reason for rule in case_machine.edges["allocate"].rules for reason in rule(case, facts, None)]
    assert obstacles == ["Nobody in your agency can take this case: add somebody first, or propose a transfer."]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"to_agency_id": uuid7()}, "Choose an agency of this partnership."),
        ({"to_agency_id": "city-early-help"}, "leads this case already. Choose another agency."),
        ({"to_agency_id": "youth-justice", "power": "no_power_needed"}, "both organisations can use. Choose another."),
        ({"to_agency_id": "youth-justice", "article6": "law_enforcement"}, "can use. Choose another."),
    ],
)
def test_a_transfer_is_proposed_only_where_it_can_go(world: World, values: dict[str, Any], reason: str) -> None:
    case = world.allocated()
    if isinstance(values["to_agency_id"], str):
        values = {**values, "to_agency_id": world.agency(values["to_agency_id"]).id}
    reasons = refusal(world, "propose_transfer", case, {**PROPOSAL, **values})
    assert len(reasons) == 1
    assert reason in reasons[0]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_an_agency_without_a_manager_cannot_be_asked(world: World) -> None:
    case = world.allocated()
    leaving = Membership.objects.using("owner").filter(agency__slug="youth-justice", role=Role.MANAGER)
    leaving.update(ended_at=clock.now())
    given = {**PROPOSAL, "to_agency_id": world.agency("youth-justice").id}
    assert "has no manager who could answer" in refusal(world, "propose_transfer", case, given)[0]


def test_a_case_is_offered_to_one_agency_at_a_time(world: World) -> None:
    case = world.proposed().case
    given = {**PROPOSAL, "to_agency_id": world.agency("brightwater").id}
    reasons = refusal(world, "propose_transfer", case, given)
    assert len(reasons) == 1
    assert "has been asked to lead this case already" in reasons[0]
