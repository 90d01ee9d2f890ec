"""The edges by which a case goes to another area, whose agencies are not in this partnership."""

from collections.abc import Mapping

from backend.access.policy import Permission
from backend.cases import rules
from backend.cases.commands import closing, moving
from backend.cases.commands.telling import managers, name_managers, name_practitioner, name_who_goes_on, practitioner
from backend.cases.models import Case
from backend.workflow.machine import Clocks, Edge, Tell

_ANSWER, _CHASED = "transfer_out_answer", "transfer_out_follow_up"


def _tell_both(message: str) -> tuple[Tell, ...]:
    return Tell(message, practitioner, name_practitioner), Tell(message, managers, name_managers)


MOVING: Mapping[str, Edge] = {
    "transfer_out": Edge(
        permission=Permission.CASE_TRANSFER_OUT,
        label="Ask another area to take it over",
        hint="The family has moved, or is about to. Your agency stays responsible until the other area has confirmed.",
        rules=(
            rules.whoever_leads_decides,
            rules.no_transfer_is_open,
            rules.nobody_outside_is_asked,
            rules.told_already,
            rules.share_ends_later,
        ),
        clocks=Clocks(meets=("transfer_follow_up", "drift"), starts=(_ANSWER, "drift")),
        tells=_tell_both("case_out_asked"),
        first=moving.asked,
        sources=Case.OPEN,
    ),
    "confirm_transfer_out": Edge(
        permission=Permission.CASE_CONFIRM_TRANSFER_OUT,
        label="Record that the other area has it",
        hint="They have accepted in writing. The case closes here, and the referrer is told.",
        rules=(
            rules.somebody_outside_is_asked,
            rules.has_answered_already,
            rules.nothing_is_left_behind,
            rules.goals_have_ended,
            rules.actions_have_somebody_who_goes_on,
        ),
        # Nobody here can say in six months how a child is who lives elsewhere; but they may come back.
        clocks=Clocks(meets=(_ANSWER, _CHASED), stops_all_but=("case_follow_up",), starts=("re_referral_window",)),
        tells=_tell_both("case_out_confirmed"),
        first=moving.confirmed,
        then=closing.tell_who_goes_on,
        also_told=name_who_goes_on,
    ),
    "end_transfer_out": Edge(
        permission=Permission.CASE_END_TRANSFER_OUT,
        label="Record that the other area does not take it",
        hint="They said no, or the family stays. Your agency goes on with the case.",
        rules=(rules.somebody_outside_is_asked,),
        clocks=Clocks(meets=(_ANSWER, _CHASED)),
        tells=_tell_both("case_out_ended"),
        first=moving.ended,
        sources=Case.OPEN,
    ),
    "chase_transfer_out": Edge(
        permission=Permission.CASE_CHASE_TRANSFER_OUT,
        label="The other area has not answered in time",
        rules=(rules.somebody_outside_is_asked,),
        clocks=Clocks(starts=(_CHASED,)),
        tells=(
            Tell("case_out_unanswered", managers, name_managers, urgent=lambda _case: True),
            Tell("case_out_unanswered", practitioner, name_practitioner),
        ),
        sources=Case.OPEN,
        by_system=True,
    ),
    "escalate_transfer_out": Edge(
        permission=Permission.CASE_ESCALATE_TRANSFER_OUT,
        label="The other area still has not answered",
        rules=(rules.somebody_outside_is_asked,),
        tells=(Tell("case_out_unanswered", managers, name_managers, urgent=lambda _case: True),),
        then=moving.escalated,
        sources=Case.OPEN,
        by_system=True,
    ),
}
