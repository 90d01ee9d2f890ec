"""The table: a row for every edge of every machine, and what an edge costs where more than the least follows."""

from collections.abc import Mapping
from dataclasses import replace

from backend.access.actors import Actor
from tests.api.costs import (
    configuring,
    given,
    interventions,
    moving,
    panels,
    records,
    retention,
    rights,
    sealing,
    sharing,
    this_minute,
    voices,
)
from tests.api.costs.given import REASON, always, to_agency, working
from tests.api.costs.records import after, in_state, kept
from tests.api.costs.row import (
    ANSWERING,
    ASKED,
    ASKS_FOR_PANELS,
    CREATOR,
    DISAGREEING,
    EDGE,
    EDGE_THAT_MOVES_A_CASE,
    HOLDER,
    HOLDING_MANAGER,
    LEAD,
    LEAVES_A_TASK,
    OFFERED,
    ON_THE_TEAM,
    TELLS_WHO_GOES_ON,
    WORKER,
    Row,
    manager,
    offered_lead,
    officer,
)
from tests.configuration import versions
from tests.directory import entries
from tests.factories import REFERRER, second_manager
from tests.factories import manager as manager_of
from tests.factories import officer as officer_of
from tests.world import World


def _keeper(_world: World) -> Actor:
    return entries.keeper()


def _administrator(_world: World) -> Actor:
    return versions.administrator()


def _moving(row: Row) -> Row:
    """An edge that opens or moves a case."""
    return replace(row, bar=EDGE_THAT_MOVES_A_CASE)


REFERRALS: Mapping[str, Row] = {
    "referral.submit": _moving(Row(in_state("draft"), CREATOR)),
    "referral.withdraw": Row(in_state("draft"), CREATOR),
    "referral.start_triage": Row(in_state("submitted"), manager),
    "referral.request_information": Row(
        in_state("triage"), officer, given.asking("school-nursing", "brightwater", "youth-justice")
    ),
    "referral.resume_triage": Row(in_state("information_requested"), manager),
    "referral.accept": _moving(Row(in_state("triage"), manager, to_agency("front-door", "lead_agency"))),
    "referral.link": Row(records.about_a_known_child, manager, given.first_choice("link", "link_to")),
    "referral.signpost": Row(in_state("triage"), manager),
    "referral.decline": Row(in_state("triage"), manager, always(reason_code="threshold_not_met")),
    "referral.step_up": Row(in_state("triage"), manager),
    "referral.confirm_handover": Row(in_state("stepped_up"), manager, given.handed_over),
    "referral.handover_refused": Row(in_state("stepped_up"), manager),
    "referral.redirect": Row(in_state("triage"), officer, to_agency("youth-justice", "to_agency")),
    "referral.take": Row(in_state("redirected"), lambda _world: officer_of("youth-justice")),
    "referral.return_to_sender": Row(kept("moving"), OFFERED),
    "referral.recall": Row(in_state("redirected"), manager),
    "referral.reopen": Row(in_state("declined"), manager),
    "referral.mark_entered_in_error": Row(in_state("triage"), manager),
    "referral.record_death": Row(in_state("triage"), manager, always(died_on="2026-01-05")),
    "referral.take_back_death": Row(in_state("closed"), manager),
    "referral.ask_to_withdraw": Row(in_state("triage"), CREATOR),
    "referral.amend": Row(in_state("triage"), CREATOR),
    "referral.correct": Row(in_state("declined"), manager, given.decision),
    "referral.rematch": Row(records.about_a_known_child, manager, given.the_likely_as_match),
    "referral.record_told": Row(
        in_state("declined"), manager, always(who="referrer", method="phone", told_at="2026-01-05T10:00:00Z")
    ),
    "referral.record_follow_up": Row(in_state("stepped_up"), manager),
    "referral.give_status_link": Row(records.called, manager, given.always(how="hand_over")),
    "referral.take_back_status_link": Row(records.with_a_link, manager),
    "referral.disagree": Row(in_state("declined"), CREATOR, given.decision),
    "disagreement.answer": Row(kept("disagreement"), ANSWERING),
    "disagreement.uphold": _moving(Row(kept("disagreement"), ANSWERING)),
    "disagreement.accept_answer": Row(records.answered_disagreement, DISAGREEING),
    "disagreement.escalate": Row(kept("disagreement"), DISAGREEING),
    "disagreement.withdraw": Row(kept("disagreement"), DISAGREEING),
    "information_request.answer": Row(kept("question"), ASKED),
    "information_request.nothing_known": Row(kept("question"), ASKED),
    "information_request.refuse": Row(kept("question"), ASKED),
    "information_request.chase": Row(kept("question"), HOLDER),
    "information_request.cancel": Row(kept("question"), HOLDER),
}
CASES: Mapping[str, Row] = {
    "case.allocate": _moving(Row(records.unallocated, manager, given.me)),
    "case.reopen": _moving(Row(records.closed, manager)),
    "case.pause": Row(records.allocated, manager),
    "case.resume": Row(after("pause", records.allocated), manager),
    "case.step_up": Row(records.allocated, manager),
    "case.record_follow_up": Row(after("step_up", records.allocated), manager, working("record_follow_up")),
    "case.handover_refused": Row(after("step_up", records.allocated), manager, bar=LEAVES_A_TASK),
    "case.reallocate": Row(records.allocated, manager, given.another_practitioner),
    "case.change_priority": Row(records.allocated, manager, always(priority="red")),
    "case.transfer_out": Row(records.allocated, manager, working("transfer_out")),
    "case.confirm_transfer_out": Row(
        after("transfer_out", records.allocated), manager, working("confirm_transfer_out"), bar=TELLS_WHO_GOES_ON
    ),
    "case.end_transfer_out": Row(after("transfer_out", records.allocated), manager),
    "case.propose_transfer": Row(records.allocated, manager, to_agency("youth-justice", "to_agency_id")),
    "case.record_agreement": Row(records.visited, manager, working("record_agreement")),
    "case.record_refusal": Row(records.visited, manager, working("record_refusal"), bar=ASKS_FOR_PANELS),
    "case.withdraw_agreement": Row(records.assessing, manager, working("withdraw_agreement"), bar=LEAVES_A_TASK),
    "case.renew_agreement": Row(records.withdrawn, manager, working("renew_agreement")),
    "case.go_on_otherwise": Row(records.withdrawn, manager, working("go_on_otherwise")),
    "case.close": Row(records.assessing, manager, working("close", **records.ENDING), bar=TELLS_WHO_GOES_ON),
    "case.record_sustained": Row(records.closed, manager),
    "case.correct_sustained": Row(after("record_sustained", records.closed), manager, always(sustained="no")),
    "case.record_death": Row(records.allocated, manager, always(died_on="2026-01-05")),
    "case.take_back_death": Row(records.child_died, manager),
    "referral_seal.put": Row(in_state("triage"), manager, given.another_officer),
    "referral_seal.name": Row(sealing.sealed_referral, manager, given.another_officer),
    "referral_seal.take_off": Row(sealing.sealed_referral, manager, given.another_manager),
    "referral_seal.lift": Row(sealing.sealed_referral, manager),
    "seal.put": Row(records.allocated, manager, given.another_officer),
    "seal.name": Row(sealing.sealed, manager, given.another_officer),
    "seal.take_off": Row(sealing.sealed, manager, given.the_officer),
    "seal.lift": Row(sealing.sealed, manager),
    "transfer.accept": _moving(Row(kept("transfer"), offered_lead)),
    "transfer.decline": Row(kept("transfer"), offered_lead),
    "transfer.withdraw": Row(kept("transfer"), WORKER),
    "transfer.name_lead": Row(moving.refused_twice, manager, to_agency("childrens-social-care", "to_agency_id")),
    "task.complete": Row(kept("task"), WORKER),
    "task.cancel": Row(kept("task"), LEAD),
    # Each moves the case on and keeps a version of the plan; a review also a meeting.
    "case.agree_plan": _moving(Row(records.found_out, manager, given.ahead)),
    "case.hold_review": _moving(Row(records.scored_again, manager, given.reviewing)),
    "goal.score": Row(kept("goal"), WORKER, always(score=5)),
    "goal.revise": Row(kept("goal"), WORKER),
    "goal.end": Row(kept("goal"), WORKER, always(score=8)),
    "goal.correct": Row(kept("goal"), WORKER),
    "goal.reopen": Row(records.just_done("end", "goal", score=8), WORKER),
    # Its last score is taken back with it, by an edge of its own.
    "goal.undo": Row(records.just_done("end", "goal", score=8), WORKER, bar=EDGE_THAT_MOVES_A_CASE),
    "score.correct": Row(kept("score"), WORKER, always(score=8, taken_on="2026-01-05")),
    "score.undo": Row(this_minute.just_scored, WORKER),
    "meeting.correct": Row(kept("meeting"), WORKER, always(kind="family_meeting", held_on="2026-01-05")),
    # The clock that warns of stillness is put back.
    "meeting.undo": Row(this_minute.just_met, WORKER),
    # By its owner, who sees nothing else of the case.
    "team_member.end": Row(kept("member"), WORKER),
    "relationship.change": Row(
        kept("relationship"),
        WORKER,
        always(relationship="cousin", lives_with_child="yes", parental_responsibility="no", contact_rule="text_only"),
    ),
    "relationship.end": Row(kept("relationship"), WORKER, always(ended_on="2026-01-05")),
    "relationship.undo": Row(this_minute.just_named, WORKER),
    "lead_request.refuse": Row(kept("lead request"), LEAD),
    # Two in one: the case is offered to the agency that asked, and the question is answered by that.
    "lead_request.answer_by_transfer": _moving(
        Row(moving.lead_asked_for, LEAD, given.proposing(REFERRER), path="cases/{}/propose-transfer/", body={})
    ),
    "lead_request.withdraw": Row(kept("lead request"), ON_THE_TEAM),
    "action.complete": Row(kept("action"), CREATOR),
    "action.cancel": Row(kept("action"), CREATOR),
    "action.move": Row(kept("action"), WORKER),
    "action.reassign": Row(kept("action"), WORKER, given.colleague),
    "action.go_on": Row(kept("action"), WORKER),
    "action.correct": Row(kept("action"), WORKER),
    "action.reopen": Row(records.done_here, WORKER),
    "action.undo": Row(records.just_done("move", "action"), WORKER),
    "note.correct": Row(kept("note"), WORKER),
    "note.pin": Row(kept("note"), WORKER),
    "note.unpin": Row(records.pinned, WORKER),
    "note.say_read": Row(records.naming, WORKER),
    "note.relabel": Row(kept("note"), LEAD, always(readers="third_party"), bar=EDGE + 4),
    "note.undo": Row(this_minute.just_noted, WORKER),
    "document.relabel": Row(kept("document"), WORKER, always(readers="third_party")),
    "assessment.complete": Row(kept("assessment"), WORKER),
    "assessment.set_aside": Row(kept("assessment"), WORKER),
}
OTHERS: Mapping[str, Row] = {
    **interventions.ROWS,
    **panels.ROWS,
    **retention.ROWS,
    **voices.ROWS,
    **rights.ROWS,
    "configuration.put_entry": Row(configuring.configuration, _administrator, body=configuring.REWORDED),
    "configuration.remove_entry": Row(configuring.rules_in_draft, _administrator, configuring.first_entry),
    "configuration.try_out": Row(configuring.rules_in_draft, _administrator),
    "configuration.publish": Row(configuring.configuration_asked, manager, path="confirmations/{}/confirm/", body={}),
    "configuration.discard": Row(configuring.configuration, _administrator),
    "service.say_capacity": Row(records.service, _keeper, always(capacity="space")),
    "service.confirm_capacity": Row(records.service_with_room, _keeper),
    "service.revise": Row(records.service, _keeper, body=entries.ENTRY),
    "service.pause": Row(records.service, _keeper),
    "service.resume": Row(records.paused_service, _keeper),
    "service.end": Row(records.service, _keeper),
    "child.merge": Row(
        records.about_a_known_child,
        officer,
        records.the_likely,
        # One more than an edge: whether a seal says who may be asked as the second person.
        bar=26,
        path="referrals/{}/merge-child/",
        body=REASON,
    ),
    "child.unmerge": Row(records.merged, officer, path="referrals/{}/unmerge-child/", body=REASON),
    # Of one agency that leads both cases: its one answer is agreed.
    "case_choice.say": Row(records.leads_asked, manager, given.first_of_two, path="case-choices/{}/say/"),
    "case_choice.drop": Row(records.leads_asked, officer, path="case-choices/{}/drop/", body=REASON),
    "child.drop_merge": Row(records.merge_refused, officer, path="referrals/{}/drop-merge/", body=REASON),
}
ROWS: Mapping[str, Row] = {**REFERRALS, **CASES, **OTHERS}
# The answers of a second person, and what an edge costs where more than the least follows from it.
MORE: Mapping[str, Row] = {
    **sharing.MORE,
    "confirmation.confirm": _moving(
        Row(kept("confirmation"), HOLDING_MANAGER, path="confirmations/{}/confirm/", body={})
    ),
    "confirmation.confirm of a merge": Row(
        records.question_of(records.merge_proposed), manager, path="confirmations/{}/confirm/", body={}
    ),
    "confirmation.confirm of a merge of two cases": _moving(
        Row(records.question_about_two_cases, manager, path="confirmations/{}/confirm/", body={})
    ),
    "confirmation.confirm of an end": _moving(
        Row(
            records.ending_asked,
            lambda _world: second_manager(),
            path="confirmations/{}/confirm/",
            body={},
        )
    ),
    # It closes a case, and everything about the child comes to rest with it.
    "confirmation.confirm of a death": _moving(
        Row(records.death_asked, lambda _world: second_manager(), path="confirmations/{}/confirm/", body={})
    ),
    # All goals on one page cost as one does for each of them: the tests' world has one.
    "goal.score of all goals": Row(kept("case"), WORKER, given.every_goal, path="cases/{}/goals/score/", body={}),
    "confirmation.refuse": Row(kept("confirmation"), HOLDING_MANAGER, path="confirmations/{}/refuse/", body=REASON),
    "confirmation.withdraw": Row(
        kept("confirmation"), lambda _world: manager_of("youth-justice"), path="confirmations/{}/withdraw/", body={}
    ),
    "referral.accept of a known child": _moving(
        Row(records.about_a_known_child, manager, given.known_child_led_elsewhere)
    ),
    "referral.accept with another lead": _moving(Row(in_state("triage"), manager, given.elsewhere)),
    # An agency asked, another one offered, and a second person waiting: the offer is taken.
    "referral.take with questions open to all": Row(kept("moving"), OFFERED),
    "referral.signpost with three questions open": Row(records.asked_of_three, manager),
    "referral.request_information of one": Row(in_state("triage"), officer, given.asking("school-nursing")),
}
