"""The rules of domain.md 4.8 to 4.10, each under the name of its source; casework's own come with casework."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from backend.children.identifiers import in_groups, nhs_number_problem, upn_problem
from backend.core import clock, vocabulary
from backend.referrals.form.choices import choices_of
from backend.referrals.form.parts import Circumstances, Field
from backend.referrals.form.sections import FIELDS
from backend.referrals.form.values import check
from backend.referrals.models import Referral, ReferralFactor
from tests.actors import browser_of
from tests.edges import good_input, take
from tests.factories import agency_id, manager, officer, referral_in
from tests.referrals.answers import complete_answers
from tests.referrals.test_form_problems import NOW, found

HERE = Circumstances("school", "front_door", datetime(2026, 11, 23, 9, 0, tzinfo=UTC), ())
CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


@pytest.fixture(autouse=True)
def _today():
    with clock.at(NOW):
        yield


def said(name, **change):
    given = {key: value for key, value in {**complete_answers(), **change}.items() if value is not None}
    return found(given).get(name, "")


# --- 4.8 Unique pupil number -----------------------------------------------------------------------------------------


def upn(digits: str) -> str:
    """A number with the letter that belongs to it: the sum of each digit times its place, modulo 23."""
    values = [int(one) if one.isdigit() else CHECK_LETTERS.index(one) for one in digits]
    return CHECK_LETTERS[sum(place * value for place, value in enumerate(values, start=2)) % 23] + digits


@pytest.mark.parametrize("number", [upn("801200001001"), upn("330123456789"), upn("80120000100A")])
def test_4_8_upn_with_its_check_letter_passes_temporary_ones_too(number):
    assert len(number) == 13
    assert upn_problem(number) == ""
    assert said("child_upn", child_upn=number, child_upn_unknown=None) == ""


@pytest.mark.parametrize(
    "number", ["H80120000100", "H8012000010011", "8801200001001", "H8O1200001001", "S801200001001"]
)
def test_4_8_upn_has_a_letter_and_twelve_more_characters(number):
    assert upn_problem(number).startswith("A unique pupil number has a letter and 12 digits")


@pytest.mark.parametrize("letter", [letter for letter in CHECK_LETTERS if letter != upn("801200001001")[0]])
def test_4_8_upn_with_any_other_letter_is_refused(letter):
    assert "first letter does not fit" in upn_problem(f"{letter}801200001001")


def test_4_8_upn_unknown_reasons_are_un1_to_un7_and_stand_only_without_a_number():
    assert vocabulary.get("upn_unknown_reasons").codes == ["UN1", "UN2", "UN3", "UN4", "UN5", "UN7"]
    offered = [choice.value for choice in choices_of(FIELDS["child_upn_unknown"], HERE) or ()]
    assert offered == ["UN1", "UN2", "UN3", "UN4", "UN5"], "UN7 is an outcome: a referral that led to nothing"
    assert said("child_upn_unknown", child_upn_unknown="UN4") == "You gave a UPN. Take the reason away, or the number."
    assert said("child_upn_unknown", child_upn_unknown="UN4", child_upn=None) == ""


# --- 4.9 NHS number --------------------------------------------------------------------------------------------------


def test_4_9_nhs_number_has_ten_digits_and_shows_in_groups_of_3_3_4():
    assert nhs_number_problem("9990000018") == ""
    assert in_groups("9990000018") == "999 000 0018"
    assert nhs_number_problem("999000001").startswith("An NHS number has 10 digits")


@pytest.mark.parametrize("last", [digit for digit in "0123456789" if digit != "8"])
def test_4_9_nhs_number_with_another_check_digit_is_refused(last):
    assert "one of its digits is wrong" in nhs_number_problem(f"999000001{last}")


def test_4_9_nhs_number_whose_check_would_be_ten_does_not_exist():
    nine = next(f"9990000{n:02}" for n in range(100) if _check(f"9990000{n:02}") == 10)
    assert all(nhs_number_problem(f"{nine}{last}") for last in "0123456789")


def test_4_9_nhs_number_whose_check_is_eleven_ends_in_nought():
    nine = next(f"9990000{n:02}" for n in range(100) if _check(f"9990000{n:02}") == 11)
    assert nhs_number_problem(f"{nine}0") == ""


def test_4_9_nhs_number_never_stands_in_the_way():
    assert FIELDS["child_nhs_number"].required is False
    assert said("child_nhs_number", child_nhs_number=None) == ""


def _check(nine: str) -> int:
    return 11 - sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), nine, strict=True)) % 11


# --- 4.10 Validation rules of the children in need census ------------------------------------------------------------


def test_4_10_date_of_birth_or_expected_date_and_never_both():
    both = {"birth": "date_of_birth", "child_expected_date": "2027-01-01"}
    assert said("child_expected_date", **both) == "", "an answer to a question that is not asked does not count"
    assert said("child_date_of_birth", child_date_of_birth=None) == "Enter the date of birth."


@pytest.mark.django_db
def test_4_10_no_record_of_a_child_has_both_dates_or_dies_before_it_is_born():
    assert {"child_born_or_expected", "child_died_after_birth"} <= _constraints("children_child")


def test_4_10_a_referral_is_at_most_forty_weeks_before_the_birth():
    assert said("child_expected_date", birth="expected_date", child_expected_date="2027-08-30") == ""
    assert "within the next 40 weeks" in said(
        "child_expected_date", birth="expected_date", child_expected_date="2027-08-31"
    )


def test_4_10_a_date_of_birth_is_not_in_the_future():
    assert "must be in the past" in said("child_date_of_birth", child_date_of_birth="2026-11-24")


def test_4_10_ethnicity_is_required_and_not_obtained_or_refused_are_answers():
    assert said("child_ethnicity", child_ethnicity=None)
    for code in ("prefer_not_to_say", "not_yet_asked"):
        assert said("child_ethnicity", child_ethnicity=code, child_ethnicity_said_by=None) == ""
    national = {term.more["national"] for term in vocabulary.get("ethnicities")}
    assert {"REFU", "NOBT"} <= national


def test_4_10_source_is_required():
    assert found(complete_answers(source=None), sender="front_door")["source"]
    kinds, sources = vocabulary.get("agency_kinds"), vocabulary.get("sources")
    assert all(term.more["source_code"] in sources for term in kinds), "another agency's kind says its source"


@pytest.mark.django_db
def test_4_10_primary_need_is_required_where_help_is_agreed_and_asked_nowhere_else():
    referral = referral_in(Referral.TRIAGE)
    page = browser_of(officer()).get(f"referrals/{referral.id}/").json()
    asked = {option["name"]: {field["name"]: field for field in option["input"]} for option in page["options"]}
    needs = [choice["value"] for choice in asked["accept"]["primary_need"]["choices"]]
    assert asked["accept"]["primary_need"]["required"]
    assert needs == [f"N{number}" for number in range(1, 9)]
    assert "primary_need" not in asked["decline"] | asked["signpost"]
    body = good_input("referral", "accept", lead_agency=agency_id("front-door"))
    body |= {"version": referral.version, "primary_need": None}
    refused = browser_of(officer()).post(f"referrals/{referral.id}/accept/", body)
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["primary_need"])
    accepted = take("accept", referral.id, officer(), lead_agency=agency_id("front-door"), primary_need="N6")
    shown = browser_of(officer()).get(f"referrals/{referral.id}/").json()["decision"]
    assert shown["primary_need_label"] == "Socially unacceptable behaviour"
    case = browser_of(manager()).get(f"cases/{accepted.case_id}/").json()
    assert case["primary_need_label"] == "Socially unacceptable behaviour"


@pytest.mark.django_db
def test_4_10_a_referral_without_help_has_no_case_and_so_no_assessment_or_plan():
    declined = referral_in(Referral.DECLINED)
    assert (declined.state, declined.case_id) == ("declined", None)


@pytest.mark.django_db
def test_4_10_an_end_has_a_time_and_a_time_an_end():
    assert {"referral_end_has_time", "referral_sent_has_child"} <= _constraints("referrals_referral")
    declined = referral_in(Referral.DECLINED)
    assert declined.ended_at is not None
    assert referral_in(Referral.TRIAGE).ended_at is None


@pytest.mark.django_db
def test_4_10_one_open_referral_per_child_and_agency_and_one_open_case_per_child():
    indexes = _indexes("referrals_referral") | _indexes("cases_case")
    assert "referral_one_open_per_child_and_agency" in indexes
    assert any("one_open" in name and name.startswith("case") for name in indexes)


@pytest.mark.django_db
def test_4_10_no_factor_twice():
    factor = ReferralFactor.objects.filter(root_id=referral_in(Referral.TRIAGE).id).first()
    assert factor is not None
    assert "referral_factor_once" in _indexes("referrals_referralfactor")
    twice = {"factors_current": ["unsafe_place", "unsafe_place"]}
    assert said("factors_current", **twice) == "Choose each option once."
    detail = {"code": "unsafe_place", "concerns": "child", "basis": "seen"}
    assert said("factor_details", factor_details=[detail, detail]) == "Say more about each of them once."


# --- 2.4, 2.5 and 4.7: the vocabularies these rules stand on ---------------------------------------------------------


def chosen(name: str, *codes: str) -> list[str]:
    field = Field(name=name, kind="choices", label=name, vocabulary=name)
    return [sentence for _where, sentence in check(field, list(codes), HERE)]


def test_2_5_no_factors_identified_excludes_every_other_factor():
    assert chosen("cin_factors", "21") == []
    assert chosen("cin_factors", "21", "1A") == [
        "“No factors identified” cannot be chosen together with another answer."
    ]


def test_2_5_retired_codes_are_not_offered_and_the_list_is_whole():
    codes = vocabulary.get("cin_factors").codes
    assert not {"18A", "19A"} & set(codes)
    assert chosen("cin_factors", "18A") == ["Choose from the options."]
    letters = [f"{number}{letter}" for number in range(1, 7) for letter in "ABC"]
    once = ["7A", "9A", "10A", "11A", "12A", "13A", "14A", "15A", "16A", "17A", "20", "21", "22A", "23A", "24A"]
    assert set(codes) == {*letters, *(f"8{letter}" for letter in "BCDEF"), *once, "18B", "18C", "19B", "19C"}
    assert len(codes) == len(set(codes))


def test_2_4_every_factor_of_the_combined_vocabulary_is_there_with_polarity_and_source():
    sources = " ".join(term.more["source"] for term in vocabulary.get("factors"))
    wanted = [
        *(f"R-I{n:02}" for n in range(1, 22)),
        *(f"R-F{n:02}" for n in range(1, 16)),
        *(f"R-P{n:02}" for n in range(1, 7)),
        *(f"R-S{n:02}" for n in range(1, 8)),
        *(f"R-C{n:02}" for n in range(1, 6)),
        *("P-I01", "P-I02", "P-I03", "P-R01", "P-R02", "P-R03", "P-S01", "P-C01", "P-C02"),
    ]
    assert [code for code in wanted if code not in sources] == []
    national = vocabulary.get("cin_factors")
    for term in vocabulary.get("factors"):
        assert term.more["polarity"] in ("risk", "protective"), term.code
        assert not term.more["national"] or term.more["national"] in national, term.code


def test_4_7_no_disability_excludes_the_others():
    assert chosen("disabilities", "NONE") == []
    assert chosen("disabilities", "NONE", "AUT") == ["“No disability” cannot be chosen together with another answer."]
    assert chosen("disabilities", "AUT", "LD") == []


def test_4_4_every_local_sub_code_rolls_up_to_a_national_code():
    sources = vocabulary.get("sources")
    national = ["1A", "1B", "1C", "1D", "2A", "2B", "3A", "3B", "3C", "3D", "3E", "3F", "4"]
    national += ["5A", "5B", "5C", "5D", "6", "7", "8", "9", "10"]
    assert {term.more["national"] for term in sources} == set(national)
    assert all(term.more["national"] == term.code for term in sources if term.code in national)
    rolled = {code: sources.terms[code].more["national"] for code in ("youth_justice", "fire_service", "probation")}
    assert rolled == {"youth_justice": "5B", "fire_service": "8", "probation": "7"}


def _constraints(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass", [table])
        return {name for (name,) in cursor.fetchall()}


def _indexes(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s", [table])
        return {name for (name,) in cursor.fetchall()}
