"""What every edge of every machine costs in statements, everything included: an edge without a row here fails."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.access.binding import acting_as_system
from backend.core import clock
from backend.referrals.models import Referral
from backend.workflow import confirmations
from tests import casework, factories
from tests.api.costs.asking import asking
from tests.api.costs.given import elsewhere
from tests.api.costs.interventions import waiting
from tests.api.costs.row import EDGE, EDGE_THAT_MOVES_A_CASE
from tests.api.costs.rows import MORE, ROWS
from tests.api.counting import said, statements
from tests.cases import conftest as cases
from tests.cases import working
from tests.configuration import versions
from tests.edges import take
from tests.factories import manager, officer, referral_in
from tests.worker import worker_login
from tests.world import World

pytestmark = pytest.mark.django_db

# Taken by the worker alone, in a job of its own, and counted there.
BY_THE_WORKER = {
    "information_request.lapse",
    "transfer.lapse",
    "transfer.oblige",
    "transfer.overtake",
    "case.chase_transfer_out",
    "case.escalate_transfer_out",
    "case.expire_agreement",
    "lead_request.lapse",
    "lead_request.overtake",
    "disagreement.let_stand",
    "intervention.ask_again",
    "configuration.supersede",
}
# The worker comes in between (tests/rights/test_answering.py counts them), or carries out an order child by child
# (tests/retention/test_disposal.py).
AFTER_THE_WORKER = {"subject_request.send_for_check", "subject_request.send_back", "subject_request.release"}
AFTER_THE_WORKER |= {"disposal.begin", "disposal.complete"}
# What the worker says with it.
_SAID: dict[str, dict[str, Any]] = {"transfer.overtake": {"reason_code": "case_joined"}}


def test_every_edge_of_every_machine_has_its_row() -> None:
    edges = {f"{noun}.{name}" for noun, machine in confirmations.machines.items() for name in machine.edges}
    assert edges == set(ROWS) | BY_THE_WORKER | AFTER_THE_WORKER


@pytest.mark.spread(2)
@pytest.mark.parametrize("name", [*ROWS, *MORE])
def test_an_edge_costs_what_it_may(world: World, name: str) -> None:
    row, asked = ({**ROWS, **MORE})[name], asking(world, name)
    answers: list[Any] = []
    found = statements(lambda: answers.append(asked.post()))
    assert answers[0].status_code == 200, answers[0].content
    assert len(found) <= row.bar, said(found)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize("name", sorted(BY_THE_WORKER))
def test_an_edge_of_the_worker_costs_what_it_may(name: str) -> None:
    noun, _dot, edge = name.partition(".")
    if noun == "information_request":
        pk = factories.question_of(referral_in(Referral.INFORMATION_REQUESTED)).id
    elif noun == "intervention":
        pk = waiting().id
    elif noun == "configuration":
        pk = UUID(versions.in_force(versions.TEXT)["id"])
    elif noun == "disagreement":
        raised = factories.disagreed(referral_in(Referral.DECLINED, child_given_name="Zbigniew"))
        pk = take("answer", raised.id, manager(), noun=noun).id
    elif edge == "expire_agreement":
        pk = working.assessing(cases.World()).id
    elif noun == "case":
        case = casework.allocated(casework.case_of(referral_in("accepted")), to=manager())
        pk = take("transfer_out", case.id, manager(), noun=noun).id
    elif noun == "lead_request":
        pk = casework.lead_asked_for_at(casework.allocated(casework.case_of(referral_in("accepted")), to=manager())).id
    else:
        referral = take("accept", referral_in(Referral.TRIAGE).id, officer(), **elsewhere())
        pk = casework.open_transfer_of(casework.case_of(referral), manager()).id
    machine = confirmations.machines[noun]
    with clock.at(clock.now() + timedelta(days=30)), worker_login(), acting_as_system(job="test", root_id=pk) as system:
        found = statements(lambda: machine.perform(system, edge, pk, version=None, given=_SAID.get(name, {})))
    assert len(found) <= (EDGE_THAT_MOVES_A_CASE if edge == "oblige" else EDGE), said(found)
