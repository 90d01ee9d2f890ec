"""The words of messages about cases, transfers and tasks; what fills them is in text_fields.py."""

from backend.notifications.texts import register_text

_TEXTS = (
    (
        "case_opened",
        "A case needs a lead practitioner: {reference}",
        "Case {reference} was opened and {agency} leads it. Choose a lead practitioner by {due}.",
    ),
    (
        "case_reopened",
        "Case {reference} has been opened again",
        "Case {reference} is open again and {agency} leads it. Choose a lead practitioner by {due}.",
    ),
    (
        "case_joined",
        "Another referral about a child you work with: {reference}",
        "A new referral belongs to case {reference}. Read it today: something may have changed for the child.",
    ),
    (
        "case_allocated",
        "You are the lead practitioner of case {reference}",
        "You are now responsible for case {reference} at {agency}. Open it to see what comes next and by when.",
    ),
    (
        "case_note_for_you",
        "A note of case {reference} is meant for you",
        "Somebody who works on case {reference} at {agency} has written a note that you should read.",
    ),
    (
        "case_passed_on",
        "Case {reference} has a new lead practitioner",
        "Case {reference} is now with {person} at {agency}. You are no longer responsible for it.",
    ),
    (
        "case_priority_changed",
        "The priority of case {reference} has changed",
        "How soon help is needed in case {reference} at {agency} was decided anew. Open it to read what has changed.",
    ),
    (
        "case_agreement_ended",
        "The family of case {reference} says no to help",
        (
            "The family of case {reference} at {agency} does not agree, or no longer agrees, to be helped. "
            "Open it to see by when you decide together how to go on."
        ),
    ),
    (
        "case_sharing_ended",
        "A share of case {reference} has ended",
        (
            "Something of case {reference} is no longer shared with another agency: a consent was taken back, or the "
            "last day is over. Open the case to see what follows."
        ),
    ),
    (
        "action_given_back",
        "You no longer need to do what you were asked: {reference}",
        "Somebody else does what you were asked in case {reference}. You need do nothing more.",
    ),
    (
        "case_goes_on_otherwise",
        "Case {reference} goes on without agreement",
        "Parts of case {reference} go on without the family’s agreement. Open it to read which, and what allows it.",
    ),
    (
        "case_paused",
        "Work on case {reference} is paused",
        "Case {reference} at {agency} rests. Open it to read why, and on which day it is looked at again.",
    ),
    (
        "case_resumed",
        "Work on case {reference} goes on",
        "Case {reference} is no longer paused. Open it and see what comes next.",
    ),
    (
        "case_stepped_up",
        "Case {reference} was passed to statutory services",
        "Statutory services were called about case {reference}. {agency} stays responsible until they have it.",
    ),
    (
        "case_closed",
        "Case {reference} is closed",
        "Case {reference} at {agency} has come to its end. In six months you are asked whether the change has lasted.",
    ),
    (
        "case_closed_referrer",
        "The help you asked for has come to its end",
        (
            "Case {reference}, which came from your referral, is closed: {reason}. If the child’s situation changes, "
            "refer again or ring {agency}."
        ),
    ),
    (
        "case_joined_elsewhere",
        "Case {reference} has ended: another case of the same child goes on",
        (
            "The child of case {reference} has another case, {label}, which {to_agency} leads. As those who lead the "
            "two agreed, {label} goes on and {reference} has ended; everything written in it is kept, and {to_agency} "
            "can read it. Ring {to_agency} about what should not stop."
        ),
    ),
    (
        "case_joined_elsewhere_referrer",
        "Help for the child you referred goes on with {to_agency}",
        (
            "The child had two cases. {label}, led by {to_agency}, goes on for both; {reference} has ended. "
            "If the child’s situation changes, refer again or ring {to_agency}."
        ),
    ),
    (
        "case_restored",
        "Case {reference} is open again: it is about another child after all",
        (
            "Two records were taken apart. Case {reference} is open again where it stood, and {agency} leads it. "
            "Its times run anew: open it today and see what comes next."
        ),
    ),
    (
        "case_restored_referrer",
        "Help for the child you referred is with {agency}",
        (
            "Case {reference}, which came from your referral, is open again and {agency} leads it. "
            "If the child’s situation changes, refer again or ring {agency}."
        ),
    ),
    (
        "case_out_asked",
        "Another area is asked to take case {reference} over",
        "{agency} stays responsible for case {reference} until the other area has confirmed that it has it.",
    ),
    (
        "case_out_confirmed",
        "Another area has taken case {reference} over",
        "The other area has confirmed in writing that it has the child of case {reference}, which is closed.",
    ),
    (
        "case_out_ended",
        "Case {reference} is not taken over by another area",
        "{agency} goes on with case {reference}. Open it to read why, and decide what happens next.",
    ),
    (
        "transfer_proposed",
        "You are asked to lead case {reference}",
        "{from_agency} asks {to_agency} to lead case {reference}. Read the handover and answer by {due}.",
    ),
    (
        "transfer_accepted",
        "{to_agency} now leads case {reference}",
        "{to_agency} accepted the transfer of case {reference} and leads it from now on.",
    ),
    (
        "transfer_accepted_worker",
        "{to_agency} now leads case {reference}: you stay responsible for now",
        (
            "{to_agency} accepted the transfer of case {reference}. You stay its lead practitioner until somebody "
            "there takes over. You will be told when that happens."
        ),
    ),
    (
        "transfer_declined",
        "{to_agency} will not lead case {reference}",
        (
            "{to_agency} did not accept the transfer of case {reference}: {reason}. {from_agency} still leads it. "
            "Decide today what happens next."
        ),
    ),
    (
        "transfer_withdrawn",
        "You no longer need to answer about case {reference}",
        "{from_agency} has taken back its question whether {to_agency} can lead case {reference}.",
    ),
    (
        "transfer_overtaken",
        "Nobody needs to answer about case {reference} any more",
        (
            "{from_agency} had asked {to_agency} to lead case {reference}. The case has ended, because another case "
            "of the same child goes on: the question is taken back."
        ),
    ),
    (
        "transfer_lapsed",
        "{to_agency} has not answered about case {reference}",
        (
            "{to_agency} did not answer in time whether it can lead case {reference}. {from_agency} still leads it. "
            "Ring them, and decide today what happens next."
        ),
    ),
    (
        "transfer_lapsed_here",
        "The time to answer about case {reference} is over",
        "{from_agency} asked {to_agency} to lead case {reference} and got no answer in time. Ring {from_agency} today.",
    ),
    (
        "transfer_refused_again",
        "Two agencies in a row have not taken case {reference}",
        (
            "Case {reference}, led by {from_agency}, was offered twice and not taken, last by {to_agency}. "
            "Agree with {from_agency} within one working day which agency leads it."
        ),
    ),
    (
        "lead_requested",
        "{agency} asks to lead case {reference}",
        (
            "{agency}, which works with the family of case {reference}, asks {to_agency} to hand the lead over. "
            "Propose the transfer, or say why not, by {due}."
        ),
    ),
    (
        "lead_request_refused",
        "{to_agency} keeps the lead of case {reference}",
        "{to_agency} does not hand the lead of case {reference} over: {reason}. Open it to read more.",
    ),
    (
        "lead_kept",
        "{to_agency} keeps the lead of case {reference}",
        "{agency} had asked to lead case {reference}. Your agency keeps the lead: you go on as before.",
    ),
    (
        "lead_request_withdrawn",
        "You no longer need to answer {agency} about case {reference}",
        "{agency} no longer asks to lead case {reference}.",
    ),
    (
        "lead_request_lapsed",
        "{agency} still waits for your answer about case {reference}",
        (
            "{agency} asked to lead case {reference}, and the time to answer is over. "
            "Answer today: propose the transfer, or say why not."
        ),
    ),
    (
        "lead_request_late",
        "{to_agency} has not answered about case {reference}",
        (
            "{to_agency} did not answer in time whether it hands the lead of case {reference} over. Its managers are "
            "told again, and your question stands until they answer. Ring them if it cannot wait."
        ),
    ),
    (
        "lead_request_overtaken",
        "Your question about the lead of case {reference} is over",
        (
            "Case {reference} has closed, or is no longer led by {to_agency}, which you had asked. "
            "If you still work with the family and the case is open, you can ask its new lead."
        ),
    ),
    (
        "team_joined",
        "You are on the team around a child ({reference})",
        "{by} has named you to work with the family of case {reference}. Open it to see what the team shares.",
    ),
    (
        "team_left",
        "You are no longer on the team of case {reference}",
        "Your place on the team of case {reference} has ended: {reason}. What you wrote stays.",
    ),
    (
        "team_member_left",
        "Somebody is no longer on the team of case {reference}",
        "{person} is no longer on the team of case {reference}: {reason}. Decide who does their part.",
    ),
    (
        "action_given",
        "To do for a family’s plan ({reference})",
        "You are asked to do something for the plan of case {reference} by {due}. Open it to read what.",
    ),
    (
        "action_done",
        "Done: an action of the plan of case {reference}",
        "{person} has done an action of the plan of case {reference}. Open it to read what came of it.",
    ),
    (
        "action_cancelled",
        "Not done: an action of the plan of case {reference}",
        "An action of the plan of case {reference}, given to {person}, is cancelled. Open it to read why.",
    ),
    (
        "task_given",
        "To do: {label} ({reference})",
        "You have something to do by {due}: {label} ({reference}). Open it to read what happened.",
    ),
)


def register() -> None:
    """Register every text."""
    for code, subject, body in _TEXTS:
        register_text(code, subject, body)
