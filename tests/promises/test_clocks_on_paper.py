"""The clocks as the machines declare them: each has a start, and every path to an end stops it."""

from typing import Any

import pytest

from backend.cases.commands import case_machine, transfer_machine
from backend.referrals.commands.machine import referral_machine
from backend.referrals.models import Referral
from backend.workflow.machine import Machine

MACHINES = {"referral": referral_machine, "case": case_machine, "transfer": transfer_machine}
# Started beside an edge, by what it writes: a danger call, an answer awaited, a case opened.
STARTED_IN_FIRST = {
    "written_follow_up",
    "transfer_answer",
    "allocate",
    "transfer_follow_up",
    "transfer_naming",
    "look_again",
    "disagreement_remedy",
    "reach_child",
    "agreement_ends",
    "sustained_check",
}
OUTLIVE_THE_END = {"feedback", "written_follow_up", "sustained_check", "re_referral_window"}


def _started(machine: Machine[Any]) -> set[str]:
    return {kind for edge in machine.edges.values() for kind in edge.clocks.starts}


@pytest.mark.parametrize("noun", MACHINES)
def test_every_clock_that_an_edge_stops_has_a_start(noun: str) -> None:
    machine = MACHINES[noun]
    everywhere = {kind for one in MACHINES.values() for kind in _started(one)} | STARTED_IN_FIRST
    for name, edge in machine.edges.items():
        for kind in (*edge.clocks.meets, *edge.clocks.pauses, *edge.clocks.resumes):
            assert kind in everywhere, f"{noun}.{name} stops {kind}, which nothing starts"


def test_every_path_to_an_end_of_a_referral_stops_every_clock_that_may_run() -> None:
    """Walk the declared graph: what may run on arriving at each state, whichever way one came."""
    running: dict[str, set[str]] = {Referral.DRAFT: set()}
    waiting = [Referral.DRAFT]
    while waiting:
        state = waiting.pop()
        for name, edge in referral_machine.edges.items():
            if edge.sources is not None or state not in referral_machine.sources(name):
                continue
            clocks = edge.clocks
            after = set(running[state])
            if clocks.stops_all_but is not None:
                after &= {*clocks.stops_all_but, *clocks.meets}
            after = (after - set(clocks.meets)) | set(clocks.starts)
            for target in referral_machine.targets(name):
                if not after <= running.get(target, set()) or target not in running:
                    running[target] = running.get(target, set()) | after
                    waiting.append(target)
    assert set(running) == set(Referral.LABELS), "every state can be reached"
    for state in Referral.ENDED:
        assert running[state] <= OUTLIVE_THE_END, state
    for state in Referral.OPEN:
        assert running[state], f"nothing is due in {state}"
    assert "acknowledge" not in {
        kind for state in set(Referral.LABELS) - {Referral.SUBMITTED} for kind in running[state]
    }
    assert "take" not in {kind for state in set(Referral.LABELS) - {Referral.REDIRECTED} for kind in running[state]}
