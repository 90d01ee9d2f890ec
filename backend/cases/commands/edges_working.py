"""The edges and acts by which a case is worked: agreement, pause, step up, close, and another lead practitioner."""

from collections.abc import Mapping

from backend.access.policy import Permission
from backend.cases import rules
from backend.cases.commands import closing, following, withdrawing, working
from backend.cases.commands.planning import way_to_goals
from backend.cases.commands.telling import (
    managers,
    name_former,
    name_managers,
    name_newcomer,
    name_practitioner,
    name_who_goes_on,
    practitioner,
)
from backend.cases.models import Case
from backend.workflow.machine import Clocks, Edge, Tell

# Whatever is done with a family shows that nobody has forgotten them.
_ALIVE = ("drift",)

# After an answer, and while another agency that has taken the lead is choosing its worker: a no counts at once.
_AGREED = (Case.ASSESSING, Case.ACTIVE, Case.PAUSED, Case.UNALLOCATED)


def _is_agreed(case: Case) -> bool:
    return case.stands_in(Case.ASSESSING, Case.ACTIVE, Case.PAUSED)


AGREEING: Mapping[str, Edge] = {
    "record_agreement": Edge(
        permission=Permission.CASE_RECORD_AGREEMENT,
        label="Record that the family agrees",
        hint="Who said yes to being helped, how, and whether the child was told. The assessment begins.",
        rules=(
            rules.contact_has_been_made,
            rules.day_is_not_ahead,
            rules.agreement_lasts,
            rules.next_action_is_ahead,
        ),
        clocks=Clocks(meets=("agreement_withdrawn", *_ALIVE), starts=("assessment", *_ALIVE)),
        first=working.agreed,
    ),
    "renew_agreement": Edge(
        permission=Permission.CASE_RENEW_AGREEMENT,
        label="Record that the family agrees again",
        hint="They said no before, their yes runs out, or something in the help has changed. The record of both stays.",
        rules=(rules.day_is_not_ahead, rules.agreement_lasts),
        clocks=Clocks(meets=("agreement_withdrawn", *_ALIVE), starts=_ALIVE),
        first=working.agreed,
        sources=_AGREED,
        suits=_is_agreed,
    ),
    "record_refusal": Edge(
        permission=Permission.CASE_RECORD_REFUSAL,
        label="Record that the family says no",
        hint="A no is respected. Decide within two working days: close, step up, or go on with what may go on.",
        rules=(rules.contact_has_been_made, rules.day_is_not_ahead),
        clocks=Clocks(meets=_ALIVE, starts=("agreement_withdrawn", *_ALIVE)),
        tells=(Tell("case_agreement_ended", managers, name_managers),),
        first=working.refused,
        then=withdrawing.end_with_agreement,
        sources=(Case.ENGAGING, Case.UNALLOCATED),
        suits=lambda case: case.stands_in(Case.ENGAGING),
    ),
    "withdraw_agreement": Edge(
        permission=Permission.CASE_WITHDRAW_AGREEMENT,
        label="Record that agreement was withdrawn",
        hint="The record stays. Decide within two working days: close, step up, or go on with what may go on.",
        rules=(rules.agreement_is_given, rules.day_is_not_ahead),
        clocks=Clocks(meets=(working.AGREEMENT_ENDS, *_ALIVE), starts=("agreement_withdrawn", *_ALIVE)),
        tells=(Tell("case_agreement_ended", managers, name_managers),),
        first=working.withdrawn,
        then=following.talk_with_family,
        sources=_AGREED,
        suits=_is_agreed,
    ),
    "expire_agreement": Edge(
        permission=Permission.CASE_EXPIRE_AGREEMENT,
        label="The family’s agreement has run out",
        rules=(rules.agreement_is_given,),
        clocks=Clocks(meets=(working.AGREEMENT_ENDS,), starts=("agreement_withdrawn",)),
        tells=(
            Tell("case_agreement_ran_out", managers, name_managers),
            Tell("case_agreement_ran_out", practitioner, name_practitioner),
        ),
        first=working.run_out,
        then=withdrawing.end_with_agreement,
        # Also while another agency has taken the case over and nobody works on it yet.
        sources=Case.OPEN,
        by_system=True,
    ),
    "go_on_otherwise": Edge(
        permission=Permission.CASE_GO_ON_OTHERWISE,
        label="Go on without agreement",
        hint="Say which parts of the work go on, and what allows them.",
        rules=(rules.whoever_leads_decides, rules.agreement_has_ended),
        clocks=Clocks(meets=("agreement_withdrawn", *_ALIVE), starts=_ALIVE),
        tells=(Tell("case_goes_on_otherwise", managers, name_managers),),
        first=working.goes_on_otherwise,
        sources=Case.OPEN,
        suits=lambda case: case.is_in_hand,
    ),
}

WORKING: Mapping[str, Edge] = {
    "reallocate": Edge(
        permission=Permission.CASE_REALLOCATE,
        label="Change the lead practitioner",
        hint="Children say that changes of worker are what they mind most. Say why, and what the next one must know.",
        rules=(
            rules.somebody_can_take_it,
            rules.practitioner_works_here,
            rules.another_than_now,
            rules.next_action_is_ahead,
        ),
        clocks=Clocks(meets=("allocate",)),
        tells=(Tell("case_allocated", practitioner, name_newcomer),),
        first=working.another_practitioner,
        then=working.tell_former,
        also_told=name_former,
        sources=Case.WITH_PRACTITIONER,
    ),
    "change_priority": Edge(
        permission=Permission.CASE_CHANGE_PRIORITY,
        label="Change the priority",
        hint="Something has changed for the child, and help is needed sooner or later than was decided. Say what.",
        rules=(rules.priority_is_another,),
        tells=(
            Tell("case_priority_changed", practitioner, name_practitioner),
            Tell("case_priority_changed", managers, name_managers),
        ),
        first=working.another_priority,
        sources=Case.OPEN,
    ),
    "pause": Edge(
        permission=Permission.CASE_PAUSE,
        label="Pause the work",
        hint="Say why, and on which day within six weeks you look again.",
        rules=(rules.look_again_is_soon,),
        clocks=Clocks(pauses=("drift", "review")),
        tells=(Tell("case_paused", managers, name_managers),),
        first=working.rest,
    ),
    "resume": Edge(
        permission=Permission.CASE_RESUME,
        label="Go on with the work",
        hint="The case goes on where it was.",
        rules=(rules.next_action_is_ahead,),
        clocks=Clocks(meets=("look_again",), resumes=("drift", "review")),
        tells=(Tell("case_resumed", practitioner, name_practitioner),),
        suits=lambda case: case.stands_in(Case.PAUSED),
    ),
    "step_up": Edge(
        permission=Permission.CASE_STEP_UP,
        label="Step up to statutory services",
        hint="Call first, then record it here. You stay responsible until they confirm that they have it.",
        rules=(rules.told_already,),
        # To step up is one of the three answers to a no (workflow.md, Agreement).
        clocks=Clocks(meets=("agreement_withdrawn", *_ALIVE), starts=("case_follow_up", *_ALIVE)),
        tells=(Tell("case_stepped_up", managers, name_managers, urgent=lambda _case: True),),
        first=working.stepped_up,
        sources=Case.OPEN,
    ),
    "record_follow_up": Edge(
        permission=Permission.CASE_RECORD_FOLLOW_UP,
        label="Record the written follow-up",
        hint="Who received it at statutory services, when, and what they said they will do.",
        rules=(rules.follow_up_is_due, rules.received_already),
        clocks=Clocks(meets=("case_follow_up",)),
        first=working.followed_up,
        sources=tuple(Case.LABELS),
        suits=rules.is_worked_on,
    ),
    "handover_refused": Edge(
        permission=Permission.CASE_HANDOVER_REFUSED,
        label="Record that they did not take it",
        hint="You stay responsible, and decide today what keeps the child safe. Your managers are told at once.",
        rules=(rules.follow_up_is_due,),
        clocks=Clocks(meets=("case_follow_up",)),
        tells=(Tell("case_handover_refused", managers, name_managers, urgent=lambda _case: True),),
        first=working.not_taken,
        then=following.decide_what_follows,
        sources=tuple(Case.LABELS),
        suits=rules.is_worked_on,
    ),
    "close": Edge(
        permission=Permission.CASE_CLOSE,
        label="Close the case",
        hint="Say why, what changed, what the child and the parents say, and who goes on. The referrer is told.",
        rules=(
            rules.whoever_leads_decides,
            rules.nobody_outside_is_asked,
            rules.nothing_is_left_behind,
            rules.goals_have_ended,
            rules.actions_have_somebody_who_goes_on,
        ),
        clocks=Clocks(
            stops_all_but=("case_follow_up",), starts=("re_referral_window",), starts_for=closing.check_after_closing
        ),
        tells=(Tell("case_closed", managers, name_managers),),
        first=closing.ended,
        then=closing.tell_who_goes_on,
        also_told=name_who_goes_on,
        second_person=rules.ending_asks_for_a_second_person,
        # Closing asks of each open goal how it ended.
        way=way_to_goals(lambda _case, facts: bool(facts.plan.goals)),
    ),
    "record_sustained": Edge(
        permission=Permission.CASE_RECORD_SUSTAINED,
        label="Record whether the change has lasted",
        hint="Six months on, ask how the child is, and write who said so.",
        rules=(rules.check_is_open,),
        clocks=Clocks(meets=("sustained_check",)),
        first=closing.sustained,
        sources=(Case.CLOSED,),
        suits=rules.is_worked_on,
    ),
    "correct_sustained": Edge(
        permission=Permission.CASE_CORRECT_SUSTAINED,
        label="Correct whether the change has lasted",
        hint="What is right stands in its place. What was written before stands in a note.",
        first=closing.sustained_put_right,
        sources=(Case.CLOSED,),
        suits=lambda case: case.sustained_at is not None and rules.is_worked_on(case),
        stands=closing.sustained_stands,
    ),
}
