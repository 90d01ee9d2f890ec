"""A rule that flags is written, tried, agreed by two, flags the next referral, and is taken back; old flags stay."""

from typing import Any

import pytest
from django.db import connection

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.audit.models import AccessLog
from backend.core import vocabulary
from backend.referrals.models import Referral
from tests.actors import actor, browser_of
from tests.configuration.versions import RULES, act, administrator, begun, done, in_force, published
from tests.factories import manager, officer, submitted

pytestmark = pytest.mark.django_db

RULE: dict[str, Any] = {
    "label": "Neglect, again",
    "tone": "orange",
    "conditions": ["factors_any"],
    "factors_any": ["neglect"],
    "page": False,
}


def flags_of(referral: Referral) -> list[str]:
    return [one["label"] for one in browser_of(officer()).get(f"referrals/{referral.id}/").json()["flags"]]


def with_rule(**given: Any) -> dict[str, Any]:
    return done(begun(RULES), "put_entry", entry={**RULE, **given})


def test_a_rule_is_added_tried_agreed_and_taken_back_and_old_referrals_keep_their_flags() -> None:
    first, before = in_force(RULES), submitted(factors_current=["neglect"])
    assert flags_of(before) == []
    published(done(with_rule(), "try_out"))
    after = submitted(factors_current=["neglect"])
    assert flags_of(after) == ["Neglect, again"]
    assert (Referral.objects.get(pk=before.id).flagged_by, Referral.objects.get(pk=after.id).flagged_by) == (1, 2)
    back = browser_of(administrator()).post(f"configurations/{first['id']}/copy/", {}).json()
    published(done(back, "try_out"))
    assert flags_of(submitted(factors_current=["neglect"])) == []
    assert flags_of(after) == ["Neglect, again"]
    assert flags_of(before) == []


def test_nothing_is_published_untried_and_a_change_has_to_be_tried_again() -> None:
    draft = with_rule()
    untried = act(draft, "publish", note="Because.")
    assert (untried.status_code, untried.json()["reasons"][0][:16]) == (409, "Try it out first")
    draft = done(draft, "try_out")
    assert draft["tried_by"] == administrator().name
    draft = done(draft, "put_entry", code=draft["entries"][-1]["code"], entry={**RULE, "tone": "red"})
    assert (draft["trial"], draft["tried_at"]) == (None, None)
    assert act(draft, "publish", note="Because.").status_code == 409


def test_trying_counts_referrals_of_late_and_tells_of_none() -> None:
    for _ in range(5):
        submitted(factors_current=["neglect"])
    submitted(factors_current=["trauma"])
    draft = with_rule()
    draft = done(draft, "put_entry", entry={**RULE, "label": "Few", "factors_any": ["trauma"]})
    draft = done(draft, "remove_entry", code="from_justice")
    trial = done(draft, "try_out")["trial"]
    counts = {row["label"]: (row["count"], row["count_now"]) for row in trial["counts"]}
    assert counts["Neglect, again"] == (5, 0)
    assert counts["Few"] == (None, 0), "one child is fewer than five"
    assert counts["Comes from custody, prison or probation"] == (0, 0), "what was removed is shown too"
    assert trial["looked_at"] == 5, "six, to the nearest five"
    custody = trial["examples"][-1]
    assert (custody["found"], custody["found_now"]) == ([], ["Comes from custody, prison or probation"])


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"label": ""}, "label", "Enter an answer to “What does the officer read?”."),
        ({"tone": "purple"}, "tone", "Choose one of the options."),
        ({"factors_any": ["unheard_of"]}, "factors_any.0", "Choose one of the options."),
        ({"factors_any": []}, "factors_any", "You chose this condition: say which."),
        ({"conditions": []}, "conditions", "Choose one of the options."),
        ({"conditions": ["shoe_size"]}, "conditions.0", "Choose one of the options."),
        ({"conditions": ["age_from"], "age_from": "ten"}, "age_from", "Enter a whole number from 0 to 25."),
        (
            {"conditions": ["age_from", "age_to"], "age_from": 9, "age_to": 4},
            "age_to",
            "Enter an age that is not below the youngest one.",
        ),
        ({"page": "perhaps"}, "page", "Choose yes or no."),
        ({"theme": "unheard_of"}, "theme", "Choose one of the options."),
        ({"decide": "decline"}, "decide", "This is not something we ask for here."),
    ],
)
def test_each_mistake_is_said_in_a_sentence_at_its_question(given: dict[str, Any], field: str, sentence: str) -> None:
    refused = act(begun(RULES), "put_entry", entry={**RULE, **given})
    assert refused.status_code == 400, refused.content
    assert sentence in str(refused.json()["fields"][field])


def test_what_a_condition_asks_for_is_asked_once_it_is_chosen_and_then_needed() -> None:
    asked = {field["name"]: field for field in begun(RULES)["form"]}
    assert asked["ward_in"]["show_if"] == {"field": "conditions", "values": ["ward_in"]}
    needed = {name for name, field in asked.items() if field["required"]}
    assert needed == set(asked) - {"theme", "ask"}


def test_two_rules_of_one_name_stand_in_the_way() -> None:
    draft = done(with_rule(), "put_entry", entry={**RULE, "label": "neglect, AGAIN"})
    assert [one["code"] for one in draft["entries"]][-2:] == ["neglect_again", "neglect_again_2"]
    assert "nobody could tell them apart" in draft["faults"][0]
    assert act(draft, "try_out").json()["reasons"] == draft["faults"]


def test_differences_are_said_in_words() -> None:
    draft = with_rule()
    added = draft["differences"]
    assert (added[0]["what"], added[0]["title"]) == ("added", "Neglect, again")
    assert {line["label"]: line["after"] for line in added[0]["lines"]} == {
        "What does the officer read?": "Neglect, again",
        "How much does it stand out?": "Orange",
        "When does it flag a referral?": "At least one of some factors is there now",
        "Which factors, of which one is enough?": vocabulary.get("factors").label("neglect"),
        "Should the agency that receives it hear at once?": "No",
    }
    assert done(draft, "remove_entry", code="third_contact")["differences"][-1]["what"] == "removed"


def test_who_does_not_configure_gets_no_row_of_the_bench_from_the_database_either() -> None:
    submitted()
    found = {}
    for who in (administrator(), manager(), officer(), actor("youth-justice", Role.MANAGER)):
        with acting(who), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM app.rule_features(90)")
            found[who.agency_name, who.role.value] = cursor.fetchone()[0]
    assert list(found.values()) == [1, 1, 0, 0]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_each_trial_is_in_the_access_log_with_who_tried() -> None:
    draft = with_rule()
    done(draft, "try_out")
    assert act(draft, "try_out", officer()).status_code == 403
    rows = AccessLog.objects.using("owner").filter(label="configuration.try_out").order_by("id")
    assert [(row.user_id, row.status) for row in rows] == [(administrator().user_id, 200), (officer().user_id, 403)]
