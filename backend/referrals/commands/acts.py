"""The acts that leave a referral's state alone, with the states each is possible in."""

from collections.abc import Mapping

from backend.access.policy import Permission
from backend.referrals.commands import amending, challenging, feedback, recording
from backend.referrals.commands.amended_since import answers_since
from backend.referrals.commands.telling import to_concerned, to_holder, to_referrer
from backend.referrals.models import Referral
from backend.referrals.rules import deciding as deciding_rules
from backend.referrals.rules import feedback as feedback_rules
from backend.referrals.rules import moving as moving_rules
from backend.referrals.rules import recording as rules
from backend.workflow.machine import Clocks, Edge

DECIDED = (Referral.ACCEPTED, Referral.LINKED, Referral.SIGNPOSTED, Referral.DECLINED, Referral.HANDED_OVER)
SENT = (*Referral.OPEN, *DECIDED)

ACTS: Mapping[str, Edge] = {
    "amend": Edge(
        permission=Permission.REFERRAL_AMEND,
        label="Amend what was written",
        hint="Every answer can be put right. What stood there before stays in the history.",
        tells=(to_concerned("referral_amended", "The other side: the holder, or the referrer"),),
        first=amending.amend,
        sources=SENT,
        since=answers_since,
    ),
    "record_told": Edge(
        permission=Permission.REFERRAL_RECORD_TOLD,
        label="Record who was told",
        hint="The referrer, the child and a parent are told what was decided, or why not yet.",
        rules=(rules.told_or_why_not, rules.tells_somebody_known, rules.told_safely),
        first=recording.record_told,
        sources=SENT,
    ),
    "give_status_link": Edge(
        permission=Permission.REFERRAL_GIVE_STATUS_LINK,
        label="Give a link to the status",
        hint="For whoever raised this and has no account. The link works once, shows who has it, what is next, by when "
        "and what was decided, and takes the place of any link before it.",
        rules=(feedback_rules.somebody_waits_outside, feedback_rules.link_is_sent_safely),
        first=feedback.give_status_link,
        sources=SENT,
    ),
    "take_back_status_link": Edge(
        permission=Permission.REFERRAL_TAKE_BACK_STATUS_LINK,
        label="Take back the link to the status",
        hint="For when it has gone to the wrong person, or is not safe any more.",
        rules=(feedback_rules.link_is_open,),
        first=feedback.take_back_status_link,
        sources=SENT,
    ),
    "record_follow_up": Edge(
        permission=Permission.REFERRAL_RECORD_FOLLOW_UP,
        label="Record the written follow-up",
        hint="What was said on the telephone has gone out in writing.",
        rules=(moving_rules.follow_up_is_due, rules.follow_up_was_sent),
        first=recording.record_follow_up,
        sources=SENT,
    ),
    "correct": Edge(
        permission=Permission.REFERRAL_CORRECT,
        label="Correct a decision",
        hint="Both stay in the record, and the state does not change.",
        rules=(rules.corrects_the_last_word,),
        clocks=Clocks(meets=(challenging.REMEDY,)),
        tells=(to_referrer("referral_corrected"),),
        first=recording.correct,
        sources=DECIDED,
    ),
    "rematch": Edge(
        permission=Permission.REFERRAL_REMATCH,
        label="Change the child it is about",
        hint="For when it stands with the wrong child. Everybody who saw it is told.",
        rules=(rules.rematch_changes_the_child,),
        tells=(to_concerned("referral_rematched", "Everybody who saw it", urgent=True),),
        first=recording.rematch,
        second_person=deciding_rules.always_a_second_person,
        sources=SENT,
    ),
    "disagree": Edge(
        permission=Permission.REFERRAL_DISAGREE,
        label="Disagree with a decision",
        hint="Another manager looks at it and answers within three working days. The decision stands meanwhile.",
        rules=(rules.challenges_a_decision,),
        first=challenging.disagree,
        sources=SENT,
    ),
    "ask_to_withdraw": Edge(
        permission=Permission.REFERRAL_ASK_TO_WITHDRAW,
        label="Ask to withdraw it",
        hint="The agency that holds it decides.",
        tells=(to_holder("referral_withdrawal_asked"),),
        first=recording.ask_to_withdraw,
        sources=Referral.OPEN,
    ),
}
