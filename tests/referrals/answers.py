"""Answers of the referral form about made-up children, for any test that needs a draft that can be sent."""

from datetime import date, timedelta
from typing import Any

from backend.core import clock
from backend.deadlines.calendar import local

Answers = dict[str, Any]


def born(years: int) -> str:
    """The date of birth of a child who turned `years` about two months ago."""
    today = local(clock.now()).date()
    return (date(today.year - years, today.month, 1) - timedelta(days=60)).isoformat()


def minimal_answers(**overrides: Any) -> Answers:
    """The shortest honest referral: an older child, a level of need that one service can meet, sent by a school.

    An override of None takes the answer away.
    """
    answers: Answers = {
        "danger_now": False,
        "child_given_name": "Amara",
        "child_family_name": "Okoro",
        "birth": "date_of_birth",
        "child_date_of_birth": born(13),
        "child_sex": "F",
        "child_ethnicity": "not_yet_asked",
        "child_language": "not_known",
        "child_address": "not_known",
        "child_postcode": "not_known",
        "child_ward": "not_known",
        "child_school": "Thistle Lane School",
        "worried_about": [
            {"text": "Amara has walked out of school three times this month.", "basis": "seen", "currency": "current"}
        ],
        "working_well": "not_known",
        "needs_to_happen": "not_known",
        "factors_current": "not_known",
        "level_believed": "universal_plus",
        "child_heard": True,
        "child_voice": "I just need to get out of there.",
        "child_voice_how": "On a walk round the field",
        "parent_view": "not_known",
        "informed": "both",
        "agreement": "given",
        "agreed_by": "parent_and_child",
        "agreed_how": "phone",
        "share_article6": "public_task",
        "share_condition": "safeguarding_children",
        "share_power": "children_act_2004_s10",
    }
    return _with(answers, overrides)


def complete_answers(**overrides: Any) -> Answers:
    """Every question answered that a school may be asked about a child of thirteen who is safe now."""
    answers = minimal_answers(
        child_known_as="Ama",
        child_ethnicity="african",
        child_ethnicity_said_by="child",
        child_language="english",
        child_address="14 Lantern Row",
        child_postcode="B99 4AB",
        child_ward="E05011118",
        child_nhs_number="999 000 0018",
        child_upn="H801200001001",
        worried_about=[
            {"text": "Amara has walked out of school three times.", "basis": "seen", "currency": "current"},
            {
                "text": "Older boys wait for her at the bus stop.",
                "basis": "told",
                "told_by": "Amara",
                "currency": "earlier",
            },
        ],
        working_well=[{"text": "She comes to an adult she trusts.", "basis": "seen", "currency": "current"}],
        needs_to_happen="A safe way home, and somebody to talk to.",
        factors_current=["unsafe_place", "trusted_adult"],
        factors_earlier=["victim_of_violence"],
        level_believed="additional",
        tried_before="Her form tutor checks in each day. It helps in school, not on the way home.",
        parent_view="Mum is worried and wants help.",
        source="2A",
        **around_the_child(),
    )
    if "factors_current" in overrides:
        # More is said only about factors that were chosen.
        overrides.setdefault("factor_details", None)
    return _with(answers, overrides)


def around_the_child() -> Answers:
    """What a school may add that knows the family well: every question that applies to few."""
    today = local(clock.now()).date()
    return {
        "child_other_names": "Amara Bello",
        "informed_how": "in_person",
        "informed_on": (today - timedelta(days=1)).isoformat(),
        "agreed_on": (today - timedelta(days=1)).isoformat(),
        "agreement_covers": ["child", "parents"],
        "factor_details": [{"code": "unsafe_place", "concerns": "child", "basis": "told"}],
        "people": [
            {
                "name": "Ngozi Okoro",
                "relationship": "mother",
                "date_of_birth": "1985-03-04",
                "lives_with_child": "yes",
                "parental_responsibility": "yes",
                "told": "yes",
                "phone": "07700 900123",
            }
        ],
        "trusted_adult": "Her form tutor",
        "interpreter_needed": True,
        "interpreters": [{"whom": "Grandmother", "language": "arabic", "why": "Speaks little English"}],
        "phones": [{"whose": "Ngozi Okoro", "number": "07700 900123", "rule": "school_hours"}],
        "contact_note": "The phone is shared with an uncle.",
        "no_fixed_home": False,
        "whereabouts": "With her aunt this week",
        "other_addresses": [
            {"address": "2 Heron Walk", "kind": "relative", "postcode": "B99 4AB", "ward": "E05011118"}
        ],
        "child_gender": "girl",
        "child_religion": "christian",
        "disabilities": ["NONE"],
        "sen_status": "awaiting_assessment",
        "sen_types": ["SEMH"],
        "sen_waiting_since": "March",
        "communication": "Short sentences",
        "school_year": "year_8",
        "attendance": "82%",
        "exclusions": "One day in October",
        "alternative_provision": "not_known",
        "gp": "Lantern Row practice",
        "physical_description": "Small, red coat",
        "professionals": [
            {
                "name": "Ms Bright",
                "agency": "School nursing",
                "role": "Nurse",
                "phone": "0121 496 0000",
                "since": "September",
                "aware": "yes",
                "leads": False,
            }
        ],
        "legal_statuses": ["early_help_plan"],
        "legal_lead": "Ms Bright",
        "immigration": "Settled",
        "outside_harm": [{"kind": "place", "what": "The bus stop", "when": "After school"}],
        "feels_unsafe": "The way home",
        "associates": [{"name": "A man called Boss", "why": "He waits for her"}],
        "weapons": "None seen",
        "threats_to_life": "None heard",
        "concern_arose": (today - timedelta(days=7)).isoformat(),
        "called_before": "The front door, last week",
        "scale": "4",
        "moment_kind": "arrest",
        "moment_at": (clock.now() - timedelta(hours=5)).isoformat(),
        "incidents": [{"reference": "20CR/1", "kind": "crime", "on": "2026-01-02"}],
        "early_help_before": "ended",
        "early_help_result": "It helped for a while",
        "staff_safety": ["dogs"],
        "staff_safety_note": "Ring first.",
        "staff_safety_review": (today + timedelta(days=90)).isoformat(),
        "not_for_family": "Her uncle reads her messages.",
        "third_party": "The neighbour's son is one of the boys.",
        "referrer_relationship": "Her form tutor since September",
        "referrer_consulted": True,
        "referrer_consulted_who": "The safeguarding lead",
        "referrer_phone": "0121 496 0001, after four",
        "feedback_by": "phone",
    }


def unborn_answers(**overrides: Any) -> Answers:
    """A child not born yet: no school, no numbers, no voice of its own."""
    due = local(clock.now()).date() + timedelta(weeks=12)
    answers = minimal_answers(
        child_given_name="not_known",
        birth="expected_date",
        child_expected_date=due.isoformat(),
        child_sex="not_known",
        informed="parent",
        agreed_by="parent",
        **dict.fromkeys(
            ["child_date_of_birth", "child_language", "child_school", "child_heard", "child_voice", "child_voice_how"]
        ),
    )
    return _with(answers, overrides)


def _with(answers: Answers, overrides: Answers) -> Answers:
    return {name: value for name, value in {**answers, **overrides}.items() if value is not None}
