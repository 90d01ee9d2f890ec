"""The edges between sending and deciding: submit, triage, questions, offers."""

from collections.abc import Mapping

from backend.access.policy import Permission
from backend.referrals.commands import drafting, moving, questions
from backend.referrals.commands.telling import to_concerned, to_holder, to_officer, to_referrer
from backend.referrals.rules import moving as rules
from backend.referrals.rules.sealing import receiver_is_named
from backend.workflow.machine import Clocks, Edge

OFFER_ENDS = Clocks(meets=("take",))

EDGES: Mapping[str, Edge] = {
    "submit": Edge(
        permission=Permission.REFERRAL_SUBMIT,
        label="Send the referral",
        hint="From then on it is with the agency that receives it; you can follow it and add to it.",
        rules=(rules.form_is_complete,),
        clocks=Clocks(starts=("acknowledge", "decide", "total_age"), starts_for=drafting.promised_when_sent),
        tells=(to_referrer("referral_received"), to_holder("referral_arrived")),
        first=drafting.send,
        primary=True,
    ),
    "withdraw": Edge(
        permission=Permission.REFERRAL_WITHDRAW,
        label="Give up this draft",
        hint="Nobody else has seen it.",
        clocks=Clocks(stops_all_but=()),
        then=drafting.give_up,
    ),
    "start_triage": Edge(
        permission=Permission.REFERRAL_START_TRIAGE,
        label="Start triage",
        hint="You have it in hand; the referrer reads your name.",
        clocks=Clocks(meets=("acknowledge",)),
        tells=(to_referrer("referral_in_triage"),),
        primary=True,
    ),
    "request_information": Edge(
        permission=Permission.REFERRAL_REQUEST_INFORMATION,
        label="Ask other agencies",
        hint="They see your question and who the child is, nothing else.",
        rules=(rules.questions_go_to_other_agencies,),
        clocks=Clocks(pauses=("decide",)),
        first=questions.ask,
    ),
    "resume_triage": Edge(
        permission=Permission.REFERRAL_RESUME_TRIAGE,
        label="Go on without the missing answers",
        hint="Answers that come later still reach you.",
        rules=(rules.system_waits_for_every_answer,),
        clocks=Clocks(resumes=("decide",)),
        first=moving.resume,
        then=moving.after_resume,
    ),
    "redirect": Edge(
        permission=Permission.REFERRAL_REDIRECT,
        label="Offer to another agency",
        hint="You stay responsible until they take it.",
        rules=(rules.receiver_may_receive, receiver_is_named),
        clocks=Clocks(starts=("take",)),
        tells=(
            to_concerned("referral_offered", "The triage officers of the agency you choose"),
            to_referrer("referral_offered_elsewhere"),
        ),
        first=moving.redirect,
    ),
    "take": Edge(
        permission=Permission.REFERRAL_TAKE,
        label="Take the referral",
        hint="Your agency is responsible for it from then on.",
        clocks=OFFER_ENDS,
        tells=(
            to_referrer("referral_taken"),
            to_concerned("referral_taken", "The triage officers of the agency that offered it"),
        ),
        first=moving.take,
        then=moving.after_take,
    ),
    "return_to_sender": Edge(
        permission=Permission.REFERRAL_RETURN_TO_SENDER,
        label="Send it back",
        hint="The agency that offered it stays responsible and reads your reason.",
        clocks=OFFER_ENDS,
        tells=(to_officer("referral_returned"),),
        first=moving.return_to_sender,
    ),
    "recall": Edge(
        permission=Permission.REFERRAL_RECALL,
        label="Take the offer back",
        hint="The other agency can no longer take it.",
        clocks=OFFER_ENDS,
        tells=(to_concerned("referral_recalled", "The triage officers of the agency it was offered to"),),
        first=moving.recall,
    ),
}
