"""Safe-contact rules: what may be done with a number, when; without a rule, nothing."""

from datetime import UTC, datetime

import pytest

from backend.children.contacting import Channel, refusal
from backend.core import vocabulary

CALL, TEXT, VOICEMAIL = Channel.CALL, Channel.TEXT, Channel.VOICEMAIL
LETTER, EMAIL = Channel.LETTER, Channel.EMAIL
TUESDAY_AT_TEN = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
TUESDAY_EVENING = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)
BANK_HOLIDAY = datetime(2026, 12, 25, 10, 0, tzinfo=UTC)
MAY = {
    "any": {CALL, TEXT, VOICEMAIL, LETTER, EMAIL},
    "text_only": {TEXT},
    "no_voicemail": {CALL},
    "writing_only": {LETTER, EMAIL},
    "school_hours": {CALL, TEXT},
    "via_school": set(),
    "do_not_contact": set(),
    "": set(),
    "a_rule_nobody_knows": set(),
}


@pytest.mark.parametrize("rule", MAY)
@pytest.mark.parametrize("channel", Channel)
def test_each_rule_allows_what_it_says_and_nothing_else(rule, channel):
    refused = refusal(rule, channel, TUESDAY_AT_TEN)
    assert (refused is None) is (channel in MAY[rule])
    assert refused is None or refused.sentence.endswith(".")


def test_every_rule_of_the_vocabulary_is_tested_here():
    assert set(vocabulary.get("contact_rules").codes) <= set(MAY)


@pytest.mark.parametrize("moment", [TUESDAY_EVENING, SATURDAY, BANK_HOLIDAY])
def test_school_hours_are_those_of_a_working_day(moment):
    refused = refusal("school_hours", CALL, moment)
    assert refused is not None
    assert refused.sentence == "Only in school hours: working days from 9:00 to 15:30."


def test_what_goes_only_through_the_school_says_so_and_leads_there():
    refused = refusal("via_school", CALL, TUESDAY_AT_TEN)
    assert refused is not None
    assert refused.instead == "school"
