"""Numbers that name a child, against their issuers' rules."""

import pytest

from backend.children.identifiers import in_groups, nhs_number_problem, tidy, upn_problem

# NHS data dictionary, NHS NUMBER: weights 10 to 2, modulus 11. 943 476 5919 is its example; 999 numbers are for tests.
NHS_NUMBERS = ["9434765919", "9990001200", "9990001219", "9990001235", "0000000000"]
NOT_NHS_NUMBERS = {
    "": "10 digits",
    "943476591": "10 digits",
    "94347659199": "10 digits",
    "943476591A": "10 digits",
    "٩٤٣٤٧٦٥٩١٩": "10 digits",
    "9434765918": "digits is wrong",
    "9437465919": "digits is wrong",
    # The check digit would be 10: nobody has such a number.
    "9990001260": "digits is wrong",
}
# Department for Education, unique pupil numbers guide: letter by modulus 23, temporary numbers end in a letter.
UPNS = ["A123456789012", "H801200001001", "G80120000101A"]
NOT_UPNS = {
    "": "has a letter and 12 digits",
    "A12345678901": "has a letter and 12 digits",
    "1123456789012": "has a letter and 12 digits",
    "I123456789012": "has a letter and 12 digits",
    "A12345678901I": "has a letter and 12 digits",
    "A1234567890A2": "has a letter and 12 digits",
    "B123456789012": "first letter does not fit",
    "A123456789021": "first letter does not fit",
    "H80120000101A": "first letter does not fit",
}


@pytest.mark.parametrize("number", NHS_NUMBERS)
def test_an_nhs_number_is_one_when_its_check_digit_agrees(number: str) -> None:
    assert nhs_number_problem(number) == ""


@pytest.mark.parametrize(("number", "words"), NOT_NHS_NUMBERS.items())
def test_what_is_no_nhs_number_is_refused_with_a_sentence(number: str, words: str) -> None:
    problem = nhs_number_problem(number)
    assert words in problem
    assert problem.endswith(".")


def test_every_single_wrong_digit_of_an_nhs_number_is_found() -> None:
    good = "9434765919"
    slips = {good[:i] + digit + good[i + 1 :] for i in range(10) for digit in "0123456789"} - {good}
    assert all(nhs_number_problem(slip) for slip in slips)


@pytest.mark.parametrize("number", UPNS)
def test_a_upn_is_one_when_its_letter_agrees(number: str) -> None:
    assert upn_problem(number) == ""


@pytest.mark.parametrize(("number", "words"), NOT_UPNS.items())
def test_what_is_no_upn_is_refused_with_a_sentence(number: str, words: str) -> None:
    problem = upn_problem(number)
    assert words in problem
    assert problem.endswith(".")


@pytest.mark.parametrize(
    ("typed", "kept"), [(" 943 476 5919 ", "9434765919"), ("943-476-5919", "9434765919"), ("a12\t3", "A123")]
)
def test_a_number_is_kept_without_spaces_and_in_capitals(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


def test_an_nhs_number_is_read_in_groups() -> None:
    assert in_groups("9434765919") == "943 476 5919"
    assert in_groups("") == ""
