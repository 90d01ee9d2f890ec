"""Which input belongs to which edge; a missing one stops the import."""

from collections.abc import Mapping

from backend.children.inputs import DEATH_INPUTS
from backend.referrals.serializers import deciding, moving
from backend.workflow.fields import EdgeInput

REFERRAL_INPUTS: Mapping[str, type[EdgeInput]] = {
    "submit": moving.SubmitInput,
    "start_triage": moving.StartTriageInput,
    "request_information": moving.RequestInformationInput,
    "resume_triage": moving.ResumeTriageInput,
    "accept": deciding.AcceptInput,
    "link": deciding.LinkInput,
    "signpost": deciding.SignpostInput,
    "decline": deciding.DeclineInput,
    "step_up": deciding.StepUpInput,
    "confirm_handover": deciding.ConfirmHandoverInput,
    "handover_refused": deciding.HandoverRefusedInput,
    "redirect": moving.RedirectInput,
    "take": moving.TakeInput,
    "return_to_sender": moving.ReturnToSenderInput,
    "recall": moving.RecallInput,
    "withdraw": moving.WithdrawInput,
    "reopen": deciding.ReopenInput,
    "mark_entered_in_error": deciding.MarkEnteredInErrorInput,
    "amend": moving.AmendInput,
    "record_told": moving.RecordToldInput,
    "give_status_link": moving.GiveStatusLinkInput,
    "take_back_status_link": moving.TakeBackStatusLinkInput,
    "record_follow_up": moving.RecordFollowUpInput,
    "correct": deciding.CorrectInput,
    "rematch": moving.RematchInput,
    "ask_to_withdraw": moving.AskToWithdrawInput,
    "disagree": deciding.DisagreeInput,
    **DEATH_INPUTS,
}

QUESTION_INPUTS: Mapping[str, type[EdgeInput]] = {
    "answer": moving.AnswerInput,
    "nothing_known": moving.NothingKnownInput,
    "refuse": moving.RefuseAnswerInput,
    "cancel": moving.CancelInput,
    "chase": moving.ChaseInput,
}
