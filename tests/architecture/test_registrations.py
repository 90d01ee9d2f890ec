"""What apps register when they are ready: the only way up the ladder, so each is listed here and nowhere hidden."""

import pytest

from backend.access import transaction
from backend.audit.access_log import write_access_row
from backend.cases.commands.closing import tellers
from backend.cases.commands.dying import resting
from backend.cases.commands.goals_change import goal_followers
from backend.cases.commands.withdrawing import followers
from backend.cases.queries.assessing import earlier_finders
from backend.cases.queries.chronology import told_of_others
from backend.cases.queries.families import finders
from backend.cases.queries.worked_on import counters
from backend.deadlines import registration as deadlines
from backend.deadlines.kinds import KINDS
from backend.disagreements.records import nouns
from backend.drafts.registration import _forms
from backend.notifications import schedule, texts
from backend.workflow import confirmations, options
from backend.workflow.machine import Machine
from tests.architecture.catalogue import sources

# One a line: several people add to them at once.
MACHINES = {
    "action",
    "assessment",
    "case",
    "case_choice",
    "child",
    "configuration",
    "disagreement",
    "disposal",
    "document",
    "goal",
    "hold",
    "information_request",
    "intervention",
    "lead_request",
    "meeting",
    "note",
    "panel",
    "panel_item",
    "rectification",
    "referral",
    "referral_seal",
    "relationship",
    "saying",
    "score",
    "seal",
    "service",
    "session",
    "subject_request",
    "task",
    "team_member",
    "transfer",
}
EXPIRIES = {
    "agreement_ends",
    "disagreement_reply",
    "disagreement_response",
    "disagreement_stage_2",
    "information_request",
    "lead_request_answer",
    "look_again",
    "re_referral_window",
    "sharing_ends",
    "still_needed",
    "take",
    "transfer_answer",
    "transfer_out_answer",
    "transfer_out_follow_up",
}
# Records whose decisions can be challenged.
CHALLENGED = {"referral"}
FORMS = {
    "assessment",
    "group_plan",
    "group_register",
    "letter",
    "note",
    "referral",
    "session",
    "session_plan",
    "team_note",
}
JOBS = {
    "access.forget_shared",
    "audit.checkpoint",
    "cases.go_on",
    "configuration.take_effect",
    "deadlines.expire",
    "deadlines.remind",
    "drafts.tend",
    "documents.check",
    "documents.tidy",
    "administration.check_promises",
    "administration.find_conflicts",
    "administration.send_password_links",
    "insights.publish_months",
    "insights.refresh",
    "exports.make",
    "exports.repeat",
    "exports.tidy",
    "interventions.give_back",
    "moments.pass_on",
    "notifications.digest",
    "notifications.forget_sent",
    "notifications.forget_stopped_workers",
    "operations.look_after",
    "oversight.remind",
    "oversight.watch",
    "rights.remind",
    "rights.tidy",
    "rights.work",
    "panels.remind",
    "presence.forget",
    "retention.compute",
    "retention.dispose",
    "retention.hold_after_death",
    "referrals.follow_deaths",
    "referrals.pass_links_on",
    "referrals.resume_triage",
    "referrals.send_status_links",
    "workflow.forget_keys",
}
# At which records an app above offers something.
ALSO_OFFERED = {
    "case",
    "intervention",
    "referral",
}
# What apps above close when sharing at a case ends.
SHARING_ENDS = ["sharing_ended", "invitations_end"]
# How apps above tell who goes on when a case has closed.
CASE_ENDS = ["tell_who_gives"]
# What apps above count of a goal of a plan.
GOALS_SHOWN = ["sessions_of_goals"]
# Whom apps above tell of a goal of a plan that changes.
GOALS_CHANGE = ["tell_givers"]
# What the chronology of a case tells of records under it.
TOLD_OF_OTHERS = {
    "panel_item.decide",
    "panel_item.put_on",
    "panel_item.take_off",
}
# A rule an app above adds to an edge of an app below.
ALSO_REQUIRED: dict[str, list[str]] = {
    "case.close": [
        "interventions_are_decided",
        "no_panel_waits_for_it",
    ],
    "case.confirm_transfer_out": [
        "interventions_are_decided_before_it_moves",
        "no_panel_waits_for_it",
    ],
}


def test_one_writer_writes_the_access_rows() -> None:
    assert transaction._writers == [write_access_row]


def test_these_records_offer_something_of_an_app_above() -> None:
    assert set(options.offered()) == ALSO_OFFERED


def test_a_chronology_tells_this_of_records_under_a_case() -> None:
    assert told_of_others() == TOLD_OF_OTHERS


def test_these_follow_when_sharing_at_a_case_ends() -> None:
    assert [follow.__name__ for follow in followers()] == SHARING_ENDS


def test_these_count_what_worked_on_a_goal() -> None:
    assert [count.__name__ for count in counters()] == GOALS_SHOWN


def test_these_tell_whoever_else_reads_a_goal_that_changes() -> None:
    assert [follow.__name__ for follow in goal_followers()] == GOALS_CHANGE


def test_these_rest_with_a_case_whose_child_has_died() -> None:
    assert [rest.__module__ for rest, _go_on in resting()] == ["backend.interventions.commands.resting"]


def test_these_tell_who_goes_on_when_a_case_has_closed() -> None:
    assert [tell.__name__ for tell in tellers()] == CASE_ENDS


def test_these_machines_and_no_other_wait_for_confirmations() -> None:
    assert set(confirmations.machines) == MACHINES


def test_these_clocks_have_a_consequence_when_they_run_out() -> None:
    assert set(deadlines.expiries()) == EXPIRIES
    assert set(deadlines.expiries()) <= set(KINDS)


def test_every_clock_that_an_edge_starts_is_known_and_can_be_called_by_name() -> None:
    for machine in confirmations.machines.values():
        for name, edge in machine.edges.items():
            for kind in edge.clocks.starts:
                assert kind in KINDS, f"{machine.noun}.{name} starts {kind}, for which there is no target"
                assert deadlines.describer(kind), f"a reminder of {kind} could not say what it is about"


def test_every_clock_an_edge_names_is_a_kind_of_clock() -> None:
    for machine in confirmations.machines.values():
        for edge in machine.edges.values():
            clocks = edge.clocks
            named = {*clocks.starts, *clocks.meets, *clocks.pauses, *clocks.resumes, *(clocks.stops_all_but or ())}
            assert named <= set(KINDS)


def test_decisions_about_these_records_can_be_challenged() -> None:
    assert nouns() == CHALLENGED


def test_brothers_and_sisters_are_found_by_referrals_made_together() -> None:
    assert finders() == ["referral"]


def test_the_case_before_is_found_by_referrals() -> None:
    assert earlier_finders() == ["referral"]


def test_these_forms_are_drafted() -> None:
    assert set(_forms) == FORMS


def test_no_rule_is_added_from_above_without_being_listed() -> None:
    found = {
        f"{noun}.{edge}": [rule.__name__ for rule in rules]
        for noun, machine in confirmations.machines.items()
        for edge, rules in machine.extra_rules.items()
        if rules
    }
    assert found == ALSO_REQUIRED


def test_every_message_an_edge_sends_has_its_words() -> None:
    known = texts.registered()
    for machine in confirmations.machines.values():
        for name, edge in machine.edges.items():
            for tell in edge.tells:
                assert tell.message in known, f"{machine.noun}.{name} sends {tell.message}"


def test_no_words_are_registered_that_nobody_sends() -> None:
    """A text is named in the code that sends it, or begins with a word that is completed there."""
    code = "\n".join(text for path, _, text in sources() if not path.endswith("texts.py"))
    completed = ("deadline_",)
    unsent = [name for name in texts.registered() if f'"{name}"' not in code and not name.startswith(completed)]
    assert unsent == []


def test_periodic_jobs_are_these() -> None:
    assert set(schedule.jobs()) == JOBS


@pytest.mark.parametrize("noun", sorted(MACHINES))
def test_every_edge_is_complete(noun: str) -> None:
    machine: Machine[object] = confirmations.machines[noun]  # type: ignore[assignment]
    for name, edge in machine.edges.items():
        assert edge.label[:1].isupper(), name
        assert not edge.label.endswith("."), name
        assert machine.sources(name), f"{noun}.{name} leaves no state"
        assert machine.sources(name) <= set(machine.labels), name
        assert machine.targets(name) <= set(machine.labels), name
        if not edge.by_system:
            assert edge.hint.endswith("."), f"{noun}.{name}: the hint is a sentence"
