"""Which test keeps which rule of domain.md 4.8 to 4.10, rule by rule as the sources say them."""

import ast
from collections.abc import Mapping
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent.parent
FURTHER, HIDDEN = "referrals/test_further_rows.py", "referrals/test_protected_address.py"
FORM, WORKED = "referrals/test_domain_rules.py", "cases/test_rules_from_sources.py"

# The rule → the file of the test, and the test.
KEPT: Mapping[str, tuple[str, str]] = {
    "4.8 a UPN has 13 characters, a letter first, digits, and a digit or a temporary letter last": (
        FORM,
        "test_4_8_upn_has_a_letter_and_twelve_more_characters",
    ),
    "4.8 a temporary UPN ends in a letter": (FORM, "test_4_8_upn_with_its_check_letter_passes_temporary_ones_too"),
    "4.8 the check letter is the weighted sum modulo 23": (FORM, "test_4_8_upn_with_any_other_letter_is_refused"),
    "4.8 reasons for an unknown UPN are UN1 to UN7": (
        FORM,
        "test_4_8_upn_unknown_reasons_are_un1_to_un7_and_stand_only_without_a_number",
    ),
    "4.9 ten digits, shown 3-3-4": (FORM, "test_4_9_nhs_number_has_ten_digits_and_shows_in_groups_of_3_3_4"),
    "4.9 weights 10 to 2, eleven minus the sum modulo 11": (
        FORM,
        "test_4_9_nhs_number_with_another_check_digit_is_refused",
    ),
    "4.9 a check of ten is invalid": (FORM, "test_4_9_nhs_number_whose_check_would_be_ten_does_not_exist"),
    "4.9 a check of eleven is nought": (FORM, "test_4_9_nhs_number_whose_check_is_eleven_ends_in_nought"),
    "4.9 optional, never blocks a referral": (FORM, "test_4_9_nhs_number_never_stands_in_the_way"),
    "4.10 date of birth or expected date, exactly one": (
        FORM,
        "test_4_10_date_of_birth_or_expected_date_and_never_both",
    ),
    "4.10 a referral is at most 40 weeks before the birth": (
        FORM,
        "test_4_10_a_referral_is_at_most_forty_weeks_before_the_birth",
    ),
    "4.10 not after death": (FORM, "test_4_10_no_record_of_a_child_has_both_dates_or_dies_before_it_is_born"),
    "4.10 a date of birth is not in the future": (FORM, "test_4_10_a_date_of_birth_is_not_in_the_future"),
    "4.10 ethnicity is required": (FORM, "test_4_10_ethnicity_is_required_and_not_obtained_or_refused_are_answers"),
    "4.10 source is required": (FORM, "test_4_10_source_is_required"),
    "4.10 primary need is required unless no further action is taken": (
        FORM,
        "test_4_10_primary_need_is_required_where_help_is_agreed_and_asked_nowhere_else",
    ),
    "4.10 no further action carries no assessment and no plan": (
        FORM,
        "test_4_10_a_referral_without_help_has_no_case_and_so_no_assessment_or_plan",
    ),
    "4.8 and 4.9 another UPN or NHS number is checked like the first": (
        FURTHER,
        "test_4_8_4_9_4_10_a_further_number_is_checked_as_its_issuer_says",
    ),
    "4.10 dates in order, of a further number": (
        FURTHER,
        "test_4_8_4_9_4_10_a_further_number_is_checked_as_its_issuer_says",
    ),
    "4.10 dates in order, of a further address": (
        HIDDEN,
        "test_4_10_a_further_address_has_a_whole_postcode_and_ends_after_it_begins",
    ),
    "4.10 an end has a date, and a date is an end": (FORM, "test_4_10_an_end_has_a_time_and_a_time_an_end"),
    "4.10 a close date requires a reason": (WORKED, "test_4_10_a_case_closes_with_a_reason_and_a_date"),
    "4.10 a reason for closing requires a close date": (WORKED, "test_4_10_a_case_closes_with_a_reason_and_a_date"),
    "4.10 no activity after closure": ("cases/test_working.py", "test_nobody_writes_in_a_closed_case"),
    "4.10 no plan after closure": ("cases/test_planning.py", "test_nothing_is_planned_in_a_closed_case"),
    "4.10 an assessment starts on or after the referral": (
        WORKED,
        "test_4_10_an_assessment_starts_on_or_after_the_referral",
    ),
    "4.10 one open assessment per child": ("cases/test_assessing.py", "test_one_is_open_at_a_time"),
    "4.10 one open episode per child": (
        FORM,
        "test_4_10_one_open_referral_per_child_and_agency_and_one_open_case_per_child",
    ),
    "4.10 no factor twice": (FORM, "test_4_10_no_factor_twice"),
    "4.10 a completed assessment has factors": (
        "cases/test_assessing.py",
        "test_it_is_not_complete_without_what_the_plan_rests_on",
    ),
}


@pytest.mark.parametrize("rule", KEPT)
def test_the_test_of_a_rule_is_there(rule: str) -> None:
    file, name = KEPT[rule]
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_test_named_after_these_rules_is_in_the_table() -> None:
    named = set()
    for file in (FORM, WORKED, FURTHER, HIDDEN):
        tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
        named |= {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    sourced = {name for name in named if name.startswith(("test_4_8_", "test_4_9_", "test_4_10_"))}
    assert sourced <= {name for _file, name in KEPT.values()}
