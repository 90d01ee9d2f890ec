"""The words of messages about cases, transfers and tasks; what fills them is in text_fields.py."""

from datetime import timedelta

from backend.cases.texts_moving import MOVING
from backend.cases.texts_reading import READING
from backend.notifications.texts import register_text
from backend.workflow.undo import UNDO_WITHIN

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
        "case_note_names_you",
        "You are named in a note of case {reference}",
        "Somebody who works with the family of case {reference} names you in a note. Read it, and say that you have.",
    ),
    (
        "case_passed_on",
        "Case {reference} has a new lead practitioner",
        "Case {reference} is now with {person} at {agency}. You are no longer responsible for it.",
    ),
    (
        "case_contact_doubted",
        "Ask before you contact somebody around case {reference}",
        (
            "Something newer is known of how somebody in the family of case {reference} is reached safely. Before you "
            "ring, write or visit, open the people of the case and ask whoever you need to. Then write what is right."
        ),
    ),
    (
        "child_details_changed",
        "What is known of the child of {reference} has changed: {label}",
        (
            "Whoever works on case {reference} has put right {label}. Open it and read what is right now before you "
            "ring, write or visit."
        ),
    ),
    (
        "child_details_doubted",
        "Ask before you contact the child of {reference}: {label}",
        (
            "Something newer is known of the child of {reference} than may stand in your record: {label}. Before you "
            "ring, write or visit, ask the family or whoever you have it from. Then write down what is right."
        ),
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
        "case_agreement_ran_out",
        "The family’s agreement in case {reference} has run out",
        (
            "The last day for which the family of case {reference} at {agency} agreed to be helped is over. Nobody has "
            "said no: ask them again. Open it to see by when you decide together how to go on."
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
        "case_handover_refused",
        "Case {reference}: statutory services did not take it",
        (
            "Statutory services were called about case {reference} and did not take it. {agency} stays responsible: "
            "decide today with the worker what keeps the child safe."
        ),
    ),
    (
        "case_closed",
        "Case {reference} is closed",
        "Case {reference} at {agency} has come to its end. Open it to read why, what the family says, and who goes on.",
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
        "case_closed_action",
        "Case {reference} is closed, and what you do goes on",
        (
            "Case {reference} has come to its end at {agency}. As agreed you go on with what you do for "
            "the family; open it to read what and by when. If you are worried or it cannot go on, ring {agency} on "
            "{phone}."
        ),
    ),
    (
        "case_family_needs_care",
        "Please ring {agency} before you contact the family about {reference}",
        (
            "Something has happened in the family that {reference} is about. Before you ring, write or visit, speak to "
            "a manager of {agency} on {phone}: they want to tell you themselves."
        ),
    ),
    (
        "case_report_after_death",
        "Please ring {person} about {reference}",
        (
            "{person} of {from_agency} has reported something about the child of {reference}, and may not know what "
            "has happened. Ring them yourself. Nobody has been asked to visit."
        ),
    ),
    (
        "case_rests",
        "Please do not contact the family about case {reference}",
        (
            "Everything planned for case {reference} has stopped. Please do not ring, write or visit. Speak to a "
            "manager of {agency} first: they want to tell you why themselves."
        ),
    ),
    (
        "case_kept_for_review",
        "Case {reference} is closed and kept for review",
        (
            "Reminders and messages about case {reference} have stopped. Speak in person to everybody who knew the "
            "child, before they hear of it in another way, and ask them how they are."
        ),
    ),
    (
        "case_goes_on_again",
        "Case {reference} goes on: please speak to {agency}",
        (
            "Case {reference} was stopped by mistake and goes on as it stood. Please speak to a manager of {agency} "
            "before you contact the family."
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
        "action_reopened",
        "Open again: an action of the plan of case {reference}",
        (
            "An action of the plan of case {reference} had ended and is open again: {person} does it by {due}. "
            "Open it to read what it is."
        ),
    ),
    (
        "action_corrected",
        "What you are asked to do was put right ({reference})",
        "The words of an action that you do for the plan of case {reference} were corrected. Open it to read them.",
    ),
    (
        "task_given",
        "To do: {label} ({reference})",
        "You have something to do by {due}: {label} ({reference}). Open it to read what happened.",
    ),
)


# They tell of what whoever did it can still undo for a while.
_CAN_BE_UNDONE = frozenset(
    {
        "case_note_for_you",
        "case_note_names_you",
        "action_given",
        "action_done",
        "action_cancelled",
        "action_corrected",
        "action_reopened",
    }
)


def register() -> None:
    """Register every text."""
    for code, subject, body in (*_TEXTS, *MOVING, *READING):
        register_text(code, subject, body, wait=UNDO_WITHIN if code in _CAN_BE_UNDONE else timedelta(0))
