"""What must be true while a case is worked: contact before agreement, a day to look again, nothing left behind."""

from collections.abc import Iterator
from datetime import timedelta

from backend.cases.models import Case
from backend.cases.rules.leading import CaseFacts, Given
from backend.core import clock

# workflow.md, Case, `pause`: a look-again date at most six weeks ahead.
LOOK_AGAIN_WITHIN = timedelta(weeks=6)
# What the family last said about being helped (backend.sharing.models.Agreement).
GIVEN, SAID_NO = "given", ("refused", "withdrawn")
RUN_OUT = "expired"


def another_than_now(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """A change of lead practitioner is a change; a manager who only minds the case may keep it."""
    if given is None or case.minded_for_id is not None:
        return
    if given["lead_practitioner_id"] == case.lead_practitioner_id:
        yield "They are the lead practitioner already. Choose somebody else."


def contact_has_been_made(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """Nobody agrees to be helped before somebody has spoken to them."""
    if case.first_contact_at is None:
        yield "Record the first contact with the family before their answer."


def told_already(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """A call that is recorded has been made."""
    if given is not None and given["told_at"] > clock.now():
        yield "Call first, then record when you called."


def day_is_not_ahead(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """What the family said, they have said."""
    if given is not None and given["agreed_on"] > facts.today:
        yield "The day the family answered cannot be in the future."


def agreement_lasts(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """Nobody agrees to something that is over already."""
    until = given.get("agreed_until") if given is not None else None
    if until is not None and until <= facts.today:
        yield "The last day they agreed to is over. Choose a day after today, or leave it empty."


def look_again_is_soon(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """A paused case is looked at again within six weeks (workflow.md)."""
    if given is None:
        return
    if given["look_again_on"] <= facts.today:
        yield "Choose a day after today to look again."
    elif given["look_again_on"] > facts.today + LOOK_AGAIN_WITHIN:
        yield "Choose a day within the next 6 weeks to look again."


def nothing_is_left_behind(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """A case does not close under a question to another agency, nor without saying who goes on."""
    agency = facts.offered_to
    if agency is not None:
        yield f"{agency.name} has been asked to lead this case. Wait for the answer, or withdraw the question first."
    if given is not None and not given["goes_on"].strip():
        yield "Say who goes on helping the child and with what, or that nobody needs to."


def agreement_is_given(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """Only what was given can be taken back."""
    if facts.agreement != GIVEN:
        yield "The family has not agreed to be helped, so there is nothing to withdraw."


def agreement_has_ended(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """Work goes on another way only after a no, after a yes has run out, or without the consent by which one leads."""
    if facts.agreement not in (*SAID_NO, RUN_OUT) and "agreement_withdrawn" not in facts.running:
        yield "The family has not said no. Record their answer first."


def follow_up_is_due(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """A written follow-up belongs to a call."""
    if "case_follow_up" not in facts.running:
        yield "No call to statutory services waits for a written follow-up."


def received_already(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """What is confirmed has happened."""
    if given is not None and given["received_at"] > clock.now():
        yield "They receive it first, then you record when."


def check_is_open(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """The question whether a change lasted is asked once for each closing."""
    if case.closing_reason == Case.MOVED:
        yield "The family lives in another area now, and nobody here is asked whether the change has lasted."
    elif case.closing_reason == Case.IN_ERROR:
        yield "The child was referred in error, so there is no change that could have lasted."
    elif "sustained_check" not in facts.running:
        yield "Whether the change has lasted was recorded already. Correct the answer if it is wrong."


def ending_asks_for_a_second_person(case: Case, facts: CaseFacts, given: Given | None) -> str:
    """A second person agrees when a risk remains or the family said no (workflow.md, Case, `close`)."""
    if facts.agreement in SAID_NO:
        return "The family said no to help, so a second person has to agree that the case ends."
    if given is not None and given["risk_remains"]:
        return "A risk remains, so a second person has to agree that the case ends."
    return ""
