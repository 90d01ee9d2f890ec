"""What answers must be together, each rule with its source; silent while an answer it needs is missing or malformed."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from backend.children.ages import years_between
from backend.children.identifiers import nhs_number_problem, tidy, upn_problem
from backend.referrals.form.agreeing import ADVICE_FIRST, TALK_AGAIN
from backend.referrals.form.parts import MARK, Answers, Circumstances, is_empty, is_known
from backend.referrals.form.sharing import BY_EMAIL, CHILD, FRONT_DOOR_KIND, NEITHER
from backend.referrals.form.values import Found, as_date, as_moment
from backend.referrals.form.visiting import POLICE_FIRST

ADULT = 18
PREGNANCY = timedelta(weeks=40)
LATE_BIRTH = timedelta(weeks=3)
YEAR = timedelta(days=366)
# The numbers whose issuers say how they are checked.
_NUMBERS: Mapping[str, Callable[[str], str]] = {"nhs_number": nhs_number_problem, "upn": upn_problem}
_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>.]+")
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}")

Rule = Callable[[Answers, Circumstances], Iterator[Found]]


def called_already(answers: Answers, circumstances: Circumstances) -> Iterator[Found]:
    """The call comes before the form goes on (workflow.md, submit: the danger question; domain 4.15: verbal first)."""
    called_at = as_moment(answers.get("danger_called_at"))
    if called_at and called_at > circumstances.moment:
        yield "danger_called_at", "The call must be in the past. If you have not called yet, call now."


def moment_has_been(answers: Answers, circumstances: Circumstances) -> Iterator[Found]:
    """A critical moment is one that has happened (workflow.md, Critical moment)."""
    happened_at = as_moment(answers.get("moment_at"))
    if happened_at and happened_at > circumstances.moment:
        yield "moment_at", "The time it happened must be in the past."


def born_already(answers: Answers, circumstances: Circumstances) -> Iterator[Found]:
    """A date of birth is not in the future (domain 4.10)."""
    born = as_date(answers.get("child_date_of_birth"))
    if born and born > circumstances.today:
        yield "child_date_of_birth", "The date of birth must be in the past. If the child is not born yet, say so."


def under_eighteen(answers: Answers, circumstances: Circumstances) -> Iterator[Found]:
    """A referral is about a child under 18 or unborn (workflow.md; up to 25 comes with services that say so)."""
    born = as_date(answers.get("child_date_of_birth"))
    if born and years_between(born, circumstances.today) >= ADULT:
        yield "child_date_of_birth", "This is for children under 18. For a young adult, call the front door."


def due_within_a_pregnancy(answers: Answers, circumstances: Circumstances) -> Iterator[Found]:
    """An expected date is at most 40 weeks ahead (domain 4.10) and not so long past that the child must be born.

    Date of birth or expected date, never both (domain 4.10), needs no rule: `birth` asks for one of them only.
    """
    due = as_date(answers.get("child_expected_date"))
    if due is None:
        return
    if due > circumstances.today + PREGNANCY:
        yield "child_expected_date", "The due date must be within the next 40 weeks."
    elif due < circumstances.today - LATE_BIRTH:
        yield "child_expected_date", "This due date is more than 3 weeks ago. If the child has been born, say so."


def nhs_number_agrees(answers: Answers, _circumstances: Circumstances) -> Iterator[Found]:
    """An NHS number has 10 digits and its check digit agrees; it never blocks unless wrong (domain 4.9)."""
    yield from _number("child_nhs_number", answers, nhs_number_problem)


def upn_agrees(answers: Answers, _circumstances: Circumstances) -> Iterator[Found]:
    """A unique pupil number has 13 characters and its check letter agrees (domain 4.8)."""
    yield from _number("child_upn", answers, upn_problem)


def postcode_reads_right(answers: Answers, _circumstances: Circumstances) -> Iterator[Found]:
    """A postcode has the shape of a British one; the ward is asked for separately (domain 4.2, address)."""
    postcode = answers.get("child_postcode")
    if isinstance(postcode, str) and is_known(postcode) and not _POSTCODE.fullmatch(tidy(postcode)):
        yield "child_postcode", "Enter a whole postcode, like B99 4AB, or choose “Not known”."


def other_reason_is_said(answers: Answers, _circumstances: Circumstances) -> Iterator[Found]:
    """A reason "other" for not telling the family comes with words (domain 4.3: OTHER + text)."""
    if answers.get("informed_why_not") == "other" and is_empty(answers.get("informed_note")):
        yield "informed_note", "Say why no parent or carer knows."


def who_agreed_knows(answers: Answers, _circumstances: Circumstances) -> Iterator[Found]:
    """Nobody agrees to help they have not been told about (domain 3.4: informed and agreed are two fields)."""
    agreed_by, informed = answers.get("agreed_by"), answers.get("informed")
    parent_agreed = agreed_by in ("parent", "carer", "parent_and_child")
    child_agreed = agreed_by in ("child", "parent_and_child")
    if parent_agreed and informed in (CHILD, NEITHER):
        yield "agreed_by", "You said that no parent or carer knows about this. Change one of the two answers."
    elif child_agreed and informed in ("parent", NEITHER):
        yield "agreed_by", "You said that the child does not know about this. Change one of the two answers."


def front_door_says_who_called(answers: Answers, circumstances: Circumstances) -> Iterator[Found]:
    """A referral has a source (domain 4.10); the front door writes down others' calls, so its kind does not say it."""
    if circumstances.sender_kind == FRONT_DOOR_KIND and is_empty(answers.get("source")):
        yield "source", "Say who raised this with the front door."


def upn_or_why_not(answers: Answers, _circumstances: Circumstances) -> Iterator[Found]:
    """A reason why there is no unique pupil number goes with no number (domain 4.8: UN1 to UN7 stand for it)."""
    if is_known(answers.get("child_upn")) and is_known(answers.get("child_upn_unknown")):
        yield "child_upn_unknown", "You gave a UPN. Take the reason away, or the number."


def refusal_stops_or_is_overridden(answers: Answers, _circumstances: Circumstances) -> Iterator[Found]:
    """Refused help goes no further, unless a child may be harmed (domain 3.4; the agreement stop page)."""
    if answers.get("without_agreement") in (TALK_AGAIN, ADVICE_FIRST):
        yield "without_agreement", "This cannot be sent yet: the family said no, and you want to wait."


def details_are_of_chosen_factors(answers: Answers, _circumstances: Circumstances) -> Iterator[Found]:
    """More can be said about a factor that was chosen, once (domain 4.10: no factor twice)."""
    chosen = [code for name in ("factors_current", "factors_earlier") for code in _items(answers.get(name))]
    told = [item.get("code") for item in _items(answers.get("factor_details")) if isinstance(item, dict)]
    named = [code for code in told if isinstance(code, str) and code]
    if any(code not in chosen for code in named):
        yield "factor_details", "Say more only about what you ticked before, or tick it first."
    elif len(set(named)) < len(named):
        yield "factor_details", "Say more about each of them once."


def days_are_not_ahead(answers: Answers, circumstances: Circumstances) -> Iterator[Found]:
    """What is said to have happened lies in the past (domain 4.10: dates in order)."""
    for name in ("concern_arose", "informed_on", "agreed_on"):
        day = as_date(answers.get(name))
        if day and day > circumstances.today:
            yield name, "This day must be today or in the past."


def safety_is_looked_at_within_a_year(answers: Answers, circumstances: Circumstances) -> Iterator[Found]:
    """What visitors are warned of is reviewed within a year (product.md, People: safety alerts)."""
    day = as_date(answers.get("staff_safety_review"))
    if day and not circumstances.today < day <= circumstances.today + YEAR:
        yield "staff_safety_review", "Choose a day within the next year."


def a_share_ends_later(answers: Answers, circumstances: Circumstances) -> Iterator[Found]:
    """What is shared until some day is shared for at least one (access.md, Each share: consent has an expiry)."""
    day = as_date(answers.get("share_ends_on"))
    if day and day <= circumstances.today:
        yield "share_ends_on", "Choose a day after today until which they may use it, or leave it empty."


def everybody_reads_a_worry(answers: Answers, _circumstances: Circumstances) -> Iterator[Found]:
    """A referral says why to everybody who gets it: what is hidden must not be all (access.md, Labels: POLICE)."""
    worries = [item for item in _items(answers.get("worried_about")) if isinstance(item, dict)]
    if worries and all(item.get(MARK) for item in worries):
        yield "worried_about", "Say at least one thing that everybody who works on this may read."


def visitors_are_warned(answers: Answers, _circumstances: Circumstances) -> Iterator[Found]:
    """A risk to visitors that is intelligence carries an alert that can be shown (access.md, Labels: POLICE)."""
    said = (item for name in ("worried_about", "working_well") for item in _items(answers.get(name)))
    risky = any(isinstance(item, dict) and item.get(MARK) and item.get("visitors_at_risk") is True for item in said)
    if risky and POLICE_FIRST not in _items(answers.get("staff_safety")):
        yield "staff_safety", "You said that a visitor could be at risk. Choose “Speak to police before visiting”."


def addresses_read_right(answers: Answers, _circumstances: Circumstances) -> Iterator[Found]:
    """Further addresses have whole postcodes, and end after they begin (domain 4.2, address; 4.10: dates in order)."""
    for item in _items(answers.get("other_addresses")):
        if not isinstance(item, dict):
            continue
        postcode = item.get("postcode")
        if isinstance(postcode, str) and is_known(postcode) and not _POSTCODE.fullmatch(tidy(postcode)):
            yield "other_addresses", "Enter a whole postcode, like B99 4AB, or leave it out."
        if _ends_first(item):
            yield "other_addresses", "An address cannot end before it begins."


def other_numbers_agree(answers: Answers, _circumstances: Circumstances) -> Iterator[Found]:
    """Another number is checked as its issuer says (domain 4.8, 4.9), and ends after it begins (4.10)."""
    for item in _items(answers.get("other_numbers")):
        if not isinstance(item, dict):
            continue
        problem, number = _NUMBERS.get(str(item.get("kind"))), item.get("value")
        sentence = problem(tidy(number)) if problem and isinstance(number, str) else ""
        if sentence:
            yield "other_numbers", sentence
        elif _ends_first(item):
            yield "other_numbers", "A number cannot end before it begins."


def email_reads_right(answers: Answers, _circumstances: Circumstances) -> Iterator[Found]:
    """An email address to which a message of ours will go has the shape of one."""
    address = answers.get("caller_reach")
    if answers.get("caller_feedback") == BY_EMAIL and isinstance(address, str) and not _EMAIL.fullmatch(address):
        yield "caller_reach", "Enter an email address, like name@example.com."


RULES: tuple[Rule, ...] = (
    called_already,
    moment_has_been,
    born_already,
    under_eighteen,
    due_within_a_pregnancy,
    nhs_number_agrees,
    upn_agrees,
    postcode_reads_right,
    other_reason_is_said,
    who_agreed_knows,
    front_door_says_who_called,
    upn_or_why_not,
    refusal_stops_or_is_overridden,
    details_are_of_chosen_factors,
    days_are_not_ahead,
    safety_is_looked_at_within_a_year,
    a_share_ends_later,
    everybody_reads_a_worry,
    visitors_are_warned,
    addresses_read_right,
    other_numbers_agree,
    email_reads_right,
)


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _ends_first(item: Answers) -> bool:
    begins, ends = as_date(item.get("from_on")), as_date(item.get("until_on"))
    return begins is not None and ends is not None and ends < begins


def _number(name: str, answers: Answers, problem: Callable[[str], str]) -> Iterator[Found]:
    number: Any = answers.get(name)
    if isinstance(number, str) and is_known(number):
        sentence = problem(tidy(number))
        if sentence:
            yield name, sentence
