"""The words of the verbs of referrals and questions, as timelines say them."""

from collections.abc import Mapping

from backend.audit.verbs import register_verbs
from backend.referrals.commands.machine import referral_machine
from backend.referrals.commands.sealing import referral_seal_machine

ASK = ".ask_confirmation"
_LABELS: Mapping[str, str] = {
    "referral.create": "Began the referral",
    "referral.add_sibling": "Began a referral about a brother or sister",
    "referral.submit": "Sent the referral",
    "referral.withdraw": "Gave up the draft",
    "referral.start_triage": "Started triage",
    "referral.request_information": "Asked other agencies",
    "referral.resume_triage": "Went on with triage",
    "referral.accept": "Agreed help",
    "referral.link": "Linked it to open work",
    "referral.follow": "Followed the referral it was linked to",
    "referral.pass_link_on": "Gave it to whoever is responsible for the open work",
    "referral.signpost": "Gave advice or a service",
    "referral.decline": "Declined it",
    "referral.step_up": "Stepped it up to statutory services",
    "referral.confirm_handover": "Confirmed the handover",
    "referral.handover_refused": "Recorded that statutory services did not take it",
    "referral.redirect": "Offered it to another agency",
    "referral.take": "Took the referral",
    "referral.return_to_sender": "Sent it back",
    "referral.recall": "Took the offer back",
    "referral.reopen": "Reopened it",
    "referral.mark_entered_in_error": "Marked it as entered in error",
    "referral.record_death": "Recorded that the child has died",
    "referral.take_back_death": "Recorded that the child is alive",
    "referral.amend": "Amended what was written",
    "referral.record_told": "Recorded who was told",
    "referral.give_status_link": "Gave a link to the status",
    "referral.take_back_status_link": "Took back the link to the status",
    "referral.record_follow_up": "Recorded the written follow-up",
    "referral.correct": "Corrected a decision",
    "referral.rematch": "Changed the child it is about",
    "referral.renew_sharing": "Renewed a share",
    "referral.withdraw_sharing": "Recorded that a consent to share was taken back",
    "referral.let_sharing_end": "A share ended on its last day",
    "referral_seal.put": "Sealed the referral",
    "referral_seal.name": "Named somebody on the seal",
    "referral_seal.take_off": "Took somebody off the seal",
    "referral_seal.lift": "Lifted the seal",
    "information_request.close_access": "Ended reading, because what it was shared on has ended",
    "referral.ask_to_withdraw": "Asked to withdraw it",
    "referral.disagree": "Disagreed with a decision",
    "referral.must_be_put_right": "Upheld a disagreement: it is to be reopened or corrected",
    "information_request.ask": "Asked a question",
    "information_request.answer": "Answered the question",
    "information_request.nothing_known": "Said that nothing is known",
    "information_request.refuse": "Refused to answer",
    "information_request.chase": "Chased the answer",
    "information_request.cancel": "Cancelled the question",
    "information_request.lapse": "The question was not answered in time",
    "information_request.change_holder": "Passed the question to the new holder",
    "agreement.record": "Recorded who was informed and who agreed",
    "agreement.end": "The family’s agreement ran out",
    "agreement.amend": "Put right who was informed and who agreed",
    "confirmation.ask": "Asked a second person to confirm",
    "confirmation.confirm": "Confirmed as the second person",
    "confirmation.refuse": "Refused to confirm",
    "confirmation.pass_on": "Passed the question to a second person on, because somebody left",
    "confirmation.withdraw": "The question to a second person was withdrawn",
}


def register() -> None:
    """Register them, and for each edge that asks a second person the words for asking."""
    register_verbs(_LABELS)
    register_verbs(
        {
            f"{machine.noun}.{name}{ASK}": f"Asked a second person: {edge.label.lower()}"
            for machine in (referral_machine, referral_seal_machine)
            for name, edge in machine.edges.items()
            if edge.second_person is not None
        }
    )
