"""The edges that decide, hand over, look again, or strike out."""

from collections.abc import Mapping

from backend.access.policy import Permission
from backend.referrals.commands import deciding, linking, moving
from backend.referrals.commands.challenging import REMEDY
from backend.referrals.commands.telling import to_concerned, to_holder, to_referrer
from backend.referrals.queries.facts import REACH_CHILD
from backend.referrals.rules import deciding as rules
from backend.referrals.rules import moving as moves
from backend.referrals.rules.sealing import receiver_is_named
from backend.workflow.machine import Clocks, Edge

# What goes on after a referral has ended: promises that outlive the decision.
KEPT = ("feedback", "tell_school", "written_follow_up", "sustained_check", "re_referral_window")
# Deciding anew is one way to put right what a disagreement showed to be wrong.
DECIDED = Clocks(meets=("decide", "total_age", REACH_CHILD, REMEDY), stops_all_but=KEPT, starts=("feedback",))

EDGES: Mapping[str, Edge] = {
    "accept": Edge(
        permission=Permission.REFERRAL_ACCEPT,
        label="Agree help",
        hint="Opens a case for the child, or joins the open one.",
        rules=(
            rules.child_is_among_the_likely,
            rules.lead_agency_can_lead,
            receiver_is_named,
            rules.closed_case_is_weighed_up,
            rules.handover_is_written,
            rules.joining_is_on_a_basis,
        ),
        clocks=DECIDED,
        tells=(to_referrer("referral_decided"),),
        first=deciding.accept,
    ),
    "link": Edge(
        permission=Permission.REFERRAL_LINK,
        label="Link to open work",
        hint="The child’s open referral or case gets what was said here; whoever is responsible reads it the same day.",
        rules=(rules.link_is_to_open_work, rules.linking_is_on_a_basis),
        clocks=DECIDED,
        tells=(to_referrer("referral_decided"),),
        first=linking.link,
    ),
    "signpost": Edge(
        permission=Permission.REFERRAL_SIGNPOST,
        label="Give advice or a service",
        hint="Nothing more is needed from us.",
        clocks=DECIDED,
        tells=(to_referrer("referral_decided"),),
        first=deciding.signpost,
        second_person=rules.level_asks_for_a_second_person,
    ),
    "decline": Edge(
        permission=Permission.REFERRAL_DECLINE,
        label="Decline",
        hint="The referrer reads the reason, what would change it, and how to disagree.",
        clocks=DECIDED,
        tells=(to_referrer("referral_declined"),),
        first=deciding.decline,
        second_person=rules.level_asks_for_a_second_person,
    ),
    "step_up": Edge(
        permission=Permission.REFERRAL_STEP_UP,
        label="Step up to statutory services",
        hint="Call first, then record it here. The agency that holds it stays responsible.",
        rules=(moves.is_open_or_unsafe, moves.call_has_been_made),
        clocks=Clocks(meets=("acknowledge", "take", REMEDY), resumes=("decide",), starts=("written_follow_up",)),
        tells=(to_referrer("referral_stepped_up"), to_holder("referral_stepped_up", urgent=True)),
        first=moving.step_up_from_anywhere,
    ),
    "confirm_handover": Edge(
        permission=Permission.REFERRAL_CONFIRM_HANDOVER,
        label="Confirm the handover",
        hint="Statutory services have it, in writing.",
        rules=(moves.handover_is_complete,),
        clocks=Clocks(
            meets=("decide", "total_age", "written_follow_up", REMEDY), stops_all_but=KEPT, starts=("feedback",)
        ),
        tells=(to_referrer("referral_decided"),),
        first=deciding.confirm_handover,
    ),
    "handover_refused": Edge(
        permission=Permission.REFERRAL_HANDOVER_REFUSED,
        label="Record that they did not take it",
        hint="It goes back to triage.",
        first=moving.handover_refused,
    ),
    "reopen": Edge(
        permission=Permission.REFERRAL_REOPEN,
        label="Reopen",
        hint="It goes back to triage, and the clock to decide starts again.",
        rules=(moves.ended_lately,),
        clocks=Clocks(meets=(REMEDY,), stops_all_but=("written_follow_up",), starts=("decide", "total_age")),
        tells=(to_referrer("referral_reopened"),),
        first=moving.reopen,
    ),
    "mark_entered_in_error": Edge(
        permission=Permission.REFERRAL_MARK_ENTERED_IN_ERROR,
        label="Mark as entered in error",
        hint="It stays in the history and leaves the counts.",
        rules=(moves.no_danger_is_open,),
        clocks=Clocks(stops_all_but=()),
        tells=(to_concerned("referral_struck_out", "Everybody who saw it"),),
        first=moving.strike_out,
        second_person=rules.always_a_second_person,
    ),
}
