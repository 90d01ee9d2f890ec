"""Rules flag a referral and suggest; they are data, and never decide (tests/configuration changes them)."""

import pytest

from backend.agencies.reference import read
from backend.agencies.roles import Role
from backend.configuration.kinds import kind_of
from backend.referrals.models import Referral
from backend.referrals.queries.rule_bench import safe
from backend.referrals.rules import flagging
from backend.referrals.rules.flagging import FLAG_RULES, Features
from tests.actors import actor, browser_of
from tests.factories import officer, referral_in, submitted, teacher

RULE = {
    "code": "one",
    "label": "One",
    "tone": "blue",
    "theme": "",
    "ask": [],
    "page": False,
}


def flagged(given, **when):
    return flagging.flags(flagging.rules_of([{**RULE, "conditions": list(when), **when}]), given)


@pytest.mark.parametrize(
    ("when", "holds", "does_not"),
    [
        ({"level_in": ["complex"]}, {"level": "complex"}, {"level": "universal"}),
        ({"factors_any": ["trauma", "neglect"]}, {"factors": ["neglect"]}, {"factors": ["low_income"]}),
        ({"factors_all": ["trauma", "neglect"]}, {"factors": ["neglect", "trauma"]}, {"factors": ["neglect"]}),
        ({"age_from": 10}, {"age": 10}, {"age": 9}),
        ({"age_to": 4}, {"age": 4}, {}),
        ({"ward_in": ["E05011118"]}, {"ward": "E05011118"}, {"ward": ""}),
        ({"source_in": ["2A"]}, {"source": "2A"}, {"source": "1A"}),
        ({"agency_kind_in": ["police"]}, {"agency_kind": "police"}, {"agency_kind": "school"}),
        ({"contacts_at_least": 3}, {"contacts": 3}, {"contacts": 2}),
        ({"urgent": True}, {"urgent": True}, {}),
    ],
    ids=lambda value: next(iter(value), "") if isinstance(value, dict) else "",
)
def test_each_condition(when, holds, does_not):
    assert flagged(flagging.features(holds), **when)
    assert not flagged(flagging.features(does_not), **when)


def test_all_conditions_of_a_rule_must_be_met():
    found = [bool(flagged(Features(age=age), age_from=10, age_to=12)) for age in (9, 10, 12, 13)]
    assert found == [False, True, True, False]


def test_a_rule_without_a_condition_flags_nothing():
    assert not flagged(Features(urgent=True, level="complex"))


def test_every_condition_is_tried_here():
    tried = {mark for marks in test_each_condition.pytestmark for when, *_ in marks.args[1] for mark in when}
    assert tried == set(flagging.CONDITIONS)


def test_the_products_own_rules_do_what_their_examples_say():
    _note, entries = kind_of(FLAG_RULES).shipped()
    rules = flagging.rules_of(entries)
    for one in read("routing_rules")["examples"]:
        found = [rule.code for rule in flagging.flags(rules, flagging.features(one["given"]))]
        assert set(found) == set(one["expect"]), one["name"]
    assert not list(kind_of(FLAG_RULES).faults(entries))


def test_small_counts_are_not_told():
    assert [safe(count) for count in (0, 1, 4, 5, 60)] == [0, None, None, 5, 60]


def test_counts_that_differ_by_one_child_are_told_alike():
    assert [safe(count) for count in (5, 6, 7, 8, 12, 13)] == [5, 5, 5, 10, 10, 15]


# --- On a referral ---------------------------------------------------------------------------------------------------


def flags_of(who, referral):
    return browser_of(who).get(f"referrals/{referral.id}/").json()["flags"]


@pytest.mark.django_db
def test_sending_flags_for_whoever_decides_and_for_nobody_else():
    referral = submitted(factors_current=["carries_weapon", "gang_association"])
    flags = flags_of(officer(), referral)
    assert [one["code"] for one in flags] == ["weapon_and_group", "harm_outside_home"]
    assert flags[0]["suggests"] == ["Theme: Violence Reduction", "Ask: Police, Youth justice service"]
    assert flags_of(teacher(), referral) == []
    row = browser_of(officer()).get("referrals/?view=queue").json()["results"][0]
    assert row["flags"][0] == "Weapon, and a group that uses violence"
    assert browser_of(teacher()).get("referrals/?view=mine").json()["results"][0]["flags"] == []
    assert Referral.objects.get(pk=referral.id).flagged_by == 1


@pytest.mark.django_db
def test_the_third_contact_is_flagged_whichever_agencies_they_came_from():
    same = {"child_given_name": "Wilhelmina", "child_family_name": "Threepwood"}
    for slug in ("larch-hill-academy", "school-nursing"):
        submitted(actor(slug, Role.PRACTITIONER), **same)
    third = submitted(**same)
    assert "third_contact" in [one["code"] for one in flags_of(officer(), third)]


@pytest.mark.django_db
def test_flags_change_nothing_that_may_be_done():
    def options(referral):
        page = browser_of(officer()).get(f"referrals/{referral.id}/").json()
        return [(one["name"], one["obstacles"]) for one in page["options"]]

    plain = referral_in(Referral.TRIAGE)
    flagged = referral_in(Referral.TRIAGE, factors_current=["carries_weapon", "gang_association"])
    assert options(flagged) == options(plain)
