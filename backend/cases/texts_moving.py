"""The words of messages about who leads a case: transfers, requests to lead, and cases that go to another area."""

MOVING = (
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
        "case_out_unanswered",
        "Another area has not answered about case {reference}",
        (
            "Another area was asked to take case {reference} over and has not answered in time. {agency} stays "
            "responsible. Ring them today, and record what they say."
        ),
    ),
    (
        "case_out_escalated",
        "Nobody has taken case {reference} over from {agency}",
        (
            "{agency} asked another area to take case {reference} over and has had no answer for three working days. "
            "Agree with {agency} today who speaks to that area."
        ),
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
            "Read the handover, speak to both, and name the agency that leads it within one working day."
        ),
    ),
    (
        "transfer_named",
        "Your agency is named to lead case {reference}",
        (
            "Two agencies have not taken case {reference} from {from_agency}, and the front door has named "
            "{to_agency}. Accept it by {due}: after that your agency leads it in any event. If that cannot be right, "
            "ring them today."
        ),
    ),
    (
        "transfer_lead_named",
        "The front door has said who leads case {reference}",
        (
            "Case {reference} was not taken twice, and the front door has named the agency that leads it. "
            "{from_agency} leads it until that agency has it. Open the case to see who was named."
        ),
    ),
    (
        "transfer_obliged",
        "Your agency leads case {reference} from now on",
        (
            "{to_agency} was named to lead case {reference}, and the time to accept it is over. "
            "Choose a lead practitioner within two working days."
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
)
