"""The clocks as the machines declare them: each has a start, and every path to an end stops it."""

from collections.abc import Iterator
from typing import Any

import pytest

from backend.deadlines.kinds import KINDS
from backend.deadlines.winding import Clocks
from backend.referrals.commands.machine import referral_machine
from backend.referrals.models import Referral
from backend.workflow import confirmations
from backend.workflow.machine import Machine
from tests.promises.running import OWED, PLACES

MACHINES = dict(confirmations.machines)
# What workflow.md promises, in its table and in its sentences; a partnership may choose otherwise.
ON_PAPER = {
    "acknowledge": (1, "working_days"),
    "decide": (1, "working_days"),
    "tell_school": (1, "school_day"),
    "feedback": (3, "working_days"),
    "allocate": (2, "working_days"),
    "first_contact": (5, "working_days"),
    "assessment": (20, "working_days"),
    "review": (6, "weeks"),
    "transfer_answer": (2, "working_days"),
    "take": (1, "working_days"),
    "provider_answer": (5, "working_days"),
    "information_request": (1, "working_days"),
    "information_request_urgent": (4, "clock_hours"),
    "written_follow_up": (1, "working_days"),
    "disagreement_reply": (3, "working_days"),
    "disagreement_stage_2": (5, "working_days"),
    "confirmation": (1, "working_days"),
    "drift": (28, "days"),
    "look_again": (6, "weeks"),
    "sustained_check": (6, "months"),
    "re_referral_window": (12, "months"),
    "agreement_withdrawn": (2, "working_days"),
    "transfer_naming": (1, "working_days"),
    "transfer_follow_up": (1, "working_days"),
    "transfer_out_answer": (2, "working_days"),
    "lead_request_answer": (2, "working_days"),
    "still_needed": (4, "weeks"),
    "disagreement_remedy": (1, "working_days"),
    "same_day_task": (1, "same_day"),
}
# Started beside an edge, by what it writes: a danger call, an answer awaited, a case opened.
STARTED_IN_FIRST = {
    "information_request",
    "lead_request_answer",
    "case_choice",
    "plan_action",
    "same_day_task",
    "disagreement_reply",
    "confirmation",
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
# How long an urgent question waits; its clock is of the same kind as any other's.
ONLY_A_TARGET = {"information_request_urgent"}
# Edges that wind clocks beside what they declare: to a day that somebody chose, or as they stood before.
WOUND_BESIDE = {
    "action.undo",
    "action.reopen",
    "case.allocate",
    "case.pause",
    "case.reopen",
    # The same two states for both: what was paused goes on, and what waits for a lead practitioner waits on.
    "case.resume",
    # Nothing runs on a record that rests.
    "case.take_back_death",
    # Whoever has not said yet is asked on.
    "case_choice.say",
    # Whoever may read no more owes nothing more; whoever leads the case is asked what follows.
    "intervention.stop_sharing",
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


Taken = tuple[str, str, str, Clocks]


def _taken(machine: Machine[Any]) -> Iterator[Taken]:
    """Every way an edge or an act leads: its name, from where, to where, and what it does to the clocks."""
    for name, edge in machine.edges.items():
        for source in edge.sources or machine.sources(name):
            for target in (source,) if edge.sources is not None else machine.targets(name):
                yield name, source, target, edge.clocks


def _may_run(machine: Machine[Any], state: str) -> set[str]:
    return {kind for kind, place in PLACES.items() if place.model is machine.model and state in place.states}


def _wound(running: set[str], clocks: Clocks) -> set[str]:
    left = running - set(clocks.meets)
    if clocks.stops_all_but is not None:
        left &= set(clocks.stops_all_but)
    return left | set(clocks.starts)


def test_every_kind_of_clock_has_its_place_and_its_time_is_the_one_that_was_promised() -> None:
    assert set(PLACES) == set(KINDS) - ONLY_A_TARGET, "say where it may run, in running.py"
    assert {kind: (KINDS[kind].amount, KINDS[kind].unit) for kind in ON_PAPER} == ON_PAPER


@pytest.mark.parametrize("noun", MACHINES)
def test_whatever_ran_before_an_edge_nothing_runs_after_it_that_has_no_place_there(noun: str) -> None:
    """Step by step, so that it holds however long the way is: of every machine, also those whose edges end nothing."""
    machine = MACHINES[noun]
    for name, source, target, clocks in _taken(machine):
        if f"{noun}.{name}" in WOUND_BESIDE:
            continue
        left = _wound(_may_run(machine, source), clocks)
        assert left <= _may_run(machine, target), f"{noun}.{name} from {source} to {target} leaves a clock running"


@pytest.mark.parametrize("noun", MACHINES)
def test_no_edge_leads_to_where_somebody_waits_without_a_clock(noun: str) -> None:
    machine = MACHINES[noun]
    for name, source, target, clocks in _taken(machine):
        owed = set(OWED.get((machine.model, target), ()))
        before = set(OWED.get((machine.model, source), ()))
        if not owed or f"{noun}.{name}" in WOUND_BESIDE:
            continue
        assert _wound(before, clocks) & owed, f"{noun}.{name} from {source} to {target} starts none of {owed}"
