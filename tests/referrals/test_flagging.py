"""Rules flag a referral and suggest; they are data, tried before they are in force, and never decide."""

from datetime import date

import pytest

from backend.agencies.roles import Role
from backend.audit.models import AccessLog
from backend.core import clock
from backend.referrals.models import Referral
from backend.referrals.queries.rule_bench import on_examples, safe
from backend.referrals.rules import flagging
from backend.referrals.rules.flagging import Features
from tests.actors import actor, browser_of
from tests.factories import manager, officer, referral_in, submitted, teacher

RULE = {"code": "one", "label": "One", "tone": "blue", "when": {"urgent": True}}


def trial(**when):
    return flagging.trial([{**RULE, "when": when}], on=date(2026, 1, 1))


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
    rules = trial(**when)
    assert rules.flags(flagging.features(holds))
    assert not rules.flags(flagging.features(does_not))


def test_all_conditions_of_a_rule_must_be_met():
    rules = trial(age_from=10, age_to=12)
    assert [bool(rules.flags(Features(age=age))) for age in (9, 10, 12, 13)] == [False, True, True, False]


def test_every_condition_is_tried_here():
    tried = {mark for marks in test_each_condition.pytestmark for when, *_ in marks.args[1] for mark in when}
    assert tried == set(flagging.CONDITIONS)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"when": {"shoe_size": 4}}, "there is no condition shoe_size"),
        ({"when": {"factors_any": ["unheard_of"]}}, "unheard_of is no code of factors"),
        ({"when": {"factors_any": "trauma"}}, "needs a list of codes"),
        ({"when": {"age_from": "ten"}}, "needs a whole number"),
        ({"when": {"urgent": "yes"}}, "needs true or false"),
        ({"when": {}}, "at least one condition"),
        ({"tone": "purple"}, "the tone is one of"),
        ({"theme": "unheard_of"}, "no code of board_themes"),
        ({"ask": ["unheard_of"]}, "no code of agency_kinds"),
        ({"decide": "decline"}, "nothing is known of decide"),
    ],
)
def test_a_faulty_rule_says_what_is_wrong(rule, words):
    with pytest.raises(ValueError, match=words):
        flagging.trial([{**RULE, **rule}], on=date(2026, 1, 1))


def test_the_products_own_rules_do_what_their_examples_say():
    for version in flagging.versions():
        for tried in on_examples(version, flagging.examples()):
            assert set(tried.found) == set(tried.expected), tried.name


def test_a_version_counts_from_its_day():
    one = {"version": 1, "in_force_from": "2026-01-01", "by": "A", "note": "", "rules": [RULE]}
    first, second = flagging.read({"versions": [{**one, "version": 2, "in_force_from": "2026-06-01"}, one]})
    assert (first.version, second.version) == (1, 2)
    assert flagging.in_force(date(2019, 1, 1)).rules == ()


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


# --- The bench -------------------------------------------------------------------------------------------------------


def tried(who, rules, **more):
    return browser_of(who).post("rules/try/", {"rules": rules, **more})


@pytest.mark.django_db
def test_managers_and_administrators_try_rules_and_nobody_else_does():
    for who in (teacher(), officer()):
        assert tried(who, [RULE]).status_code == 403
        assert browser_of(who).get("rules/").status_code == 403
    assert browser_of(manager()).get("rules/").json()["versions"][0]["is_in_force"]


@pytest.mark.django_db
def test_trying_counts_referrals_of_late_and_tells_of_none():
    for _ in range(5):
        submitted(factors_current=["neglect"])
    submitted(factors_current=["trauma"])
    rules = [
        {**RULE, "code": "many", "when": {"factors_any": ["neglect"]}},
        {**RULE, "code": "few", "when": {"factors_any": ["trauma"]}},
        {**RULE, "code": "none", "when": {"factors_any": ["self_harm"]}},
    ]
    body = tried(manager(), rules).json()
    assert [one["count"] for one in body["counts"]] == [5, None, 0]
    assert body["referrals"] == 5, "six, to the nearest five"
    assert not all(one["as_expected"] for one in body["examples"])


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_each_trial_is_in_the_access_log_with_who_tried():
    assert tried(manager(), [RULE]).status_code == 200
    assert tried(officer(), [RULE]).status_code == 403
    rows = AccessLog.objects.using("owner").filter(label="rules.try").order_by("id")
    assert [(row.user_id, row.status) for row in rows] == [(manager().user_id, 200), (officer().user_id, 403)]


@pytest.mark.django_db
def test_what_cannot_be_tried_says_why():
    refused = tried(manager(), [{**RULE, "when": {"shoe_size": 4}}])
    assert refused.status_code == 400
    assert refused.json()["fields"]["rules"] == ["one: there is no condition shoe_size."]
    assert tried(manager(), [RULE], examples=[{"given": {"name": "x"}}]).status_code == 400
    assert tried(manager(), [RULE], days=4000).status_code == 400


def test_a_trial_is_of_today():
    assert flagging.in_force(clock.now().date()).version >= 1
