"""How complete records are: each number recounted from the raw answers, and the length of the list that it opens."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import JSONField, Value

from backend.agencies.models import Partnership
from backend.agencies.roles import Role
from backend.core import clock
from backend.insights.queries.quality import DETAILS, QUESTIONS
from backend.referrals.form.asking import is_asked, was_asked
from backend.referrals.form.parts import Field
from backend.referrals.form.sections import FIELDS
from tests.actors import actor, browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World, world
from tests.factories import manager, officer, referral_in, teacher

__all__ = ["world"]
pytestmark = pytest.mark.django_db
STATEMENTS = 7
# A reference counted by the database itself, with none of the form's own functions.
_BY_HAND = """
SELECT count(*) FILTER (WHERE given <> '' AND given NOT IN ('not_known', 'not_yet_asked')) AS answered,
       count(*) FILTER (WHERE given IN ('not_known', 'not_yet_asked')) AS not_known,
       count(*) FILTER (WHERE given = '') AS empty
  FROM (SELECT coalesce(nullif(s.answers ->> %s, '[]'), '') AS given
          FROM referrals_sentanswers s JOIN referrals_referral r ON r.id = s.root_id
         WHERE s.mark = '' AND r.holder_id = %s AND r.submitted_at >= %s AND r.state <> 'entered_in_error') found"""


def report(who: Any = None, period: str = "month") -> dict[str, Any]:
    answer = browser_of(who or manager()).get(f"figures/quality/?period={period}")
    assert answer.status_code == 200, answer.content
    return {part["id"]: part for part in answer.json()["parts"]}


def rows(part: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in part["rows"]}


def listed(part: str, question: str, who: Any = None) -> list[dict[str, Any]]:
    path = f"figures/quality/list/?period=month&part={part}&question={question}&page_size=100"
    answer = browser_of(who or manager()).get(path)
    assert answer.status_code == 200, answer.content
    return list(answer.json()["results"])


def _some() -> None:
    with clock.at(clock.now() - timedelta(days=2)):
        for answers in (
            {"child_known_as": "Mara", "child_nhs_number": "not_known"},
            {"child_known_as": None, "gp": "Dr Example"},
            {"gp": "not_known"},
            {},
            {},
            {},
        ):
            referral_in("submitted", **answers)
        referral_in("entered_in_error")


def test_each_number_is_recounted_from_the_raw_answers() -> None:
    _some()
    found = report()["referral"]
    assert found["whole"] == 6
    since = clock.now() - timedelta(days=30)
    always = [name for name, one in QUESTIONS.items() if one.show_if is None]
    assert len(always) > 40
    for name in always:
        row = rows(found)[name]
        with connection.cursor() as cursor:
            cursor.execute(_BY_HAND, [name, manager().agency_id, since])
            by_hand = cursor.fetchone()
        assert (row["answered"], row["not_known"], row["empty"]) == by_hand, name
        assert row["asked"] == sum(by_hand) == 6
    assert rows(found)["child_known_as"]["percent"] == 83
    assert rows(found)["child_nhs_number"]["not_known"] == 1


def test_each_number_is_the_length_of_its_list_and_each_record_opens() -> None:
    _some()
    found = rows(report()["referral"])
    for name in ("child_known_as", "gp", "trusted_adult", "child_nhs_number"):
        records = listed("referral", name)
        assert len(records) == found[name]["empty"]
        for one in records:
            assert browser_of(manager()).get(f"/api/v1{one['url']}/").status_code == 200


def test_a_question_counts_only_where_it_was_asked() -> None:
    _some()
    with clock.at(clock.now() - timedelta(days=2)):
        referral_in("submitted", interpreter_needed=False, interpreters=None)
    found = rows(report()["referral"])
    assert "danger_called" not in found, "nobody was in danger: nobody was asked"
    assert found["interpreters"]["asked"] == 6
    assert found["interpreter_needed"]["asked"] == 7


def test_the_database_knows_like_the_form_where_a_question_was_asked() -> None:
    for name, field in QUESTIONS.items():
        opened = answers_that_open(field)
        parent = field.show_if.field if field.show_if else name
        for answers in ({}, opened, {**opened, parent: "something else"}, {**opened, parent: [opened.get(parent)]}):
            given = Partnership.objects.annotate(answers=Value(answers, JSONField()))
            assert given.filter(was_asked(field, "answers")).exists() is is_asked(field, answers), (name, answers)


def answers_that_open(field: Field) -> dict[str, Any]:
    """Answers by which a question is asked: to that which it depends on, and what that depends on."""
    if field.show_if is None:
        return {}
    return {**answers_that_open(FIELDS[field.show_if.field]), field.show_if.field: field.show_if.values[-1]}


def test_a_question_that_nobody_has_answered_is_named_once_enough_were_asked() -> None:
    with clock.at(clock.now() - timedelta(days=2)):
        for _each in range(4):
            referral_in("submitted")
    assert report()["referral"]["unused"] == []
    with clock.at(clock.now() - timedelta(days=2)):
        referral_in("submitted")
    unused = report()["referral"]["unused"]
    assert QUESTIONS["child_nhs_number"].heading in unused
    assert QUESTIONS["child_given_name"].heading not in unused


def test_what_may_bear_a_label_is_in_none_of_it() -> None:
    assert not {"child_address", "child_postcode", "worried_about", "associates", "not_for_family"} & set(QUESTIONS)


def test_the_details_of_children_who_are_helped_are_counted_case_by_case(world: World) -> None:
    who = world.manager
    world.allocated()
    world.opened(
        world.referred(world.agency("city-early-help"), sex="F", ethnicity="not_yet_asked", school="Thistle Lane"),
        led_by="city-early-help",
    )
    world.opened(
        world.referred(world.agency("city-early-help"), date_of_birth=None, expected_date=date(2027, 2, 1)),
        led_by="city-early-help",
    )
    found = report(who)["child"]
    counted = {
        name: (row["asked"], row["answered"], row["not_known"], row["empty"]) for name, row in rows(found).items()
    }
    assert found["whole"] == 3
    assert set(counted) <= set(DETAILS)
    assert counted["date_of_birth"] == (3, 3, 0, 0)
    assert counted["sex"] == (3, 1, 0, 2)
    assert counted["ethnicity"] == (3, 0, 1, 2)
    assert counted["school"] == (2, 1, 0, 1), "a baby to come goes to no school"
    assert "ethnicity_said_by" not in counted
    for name, (_asked, _answered, _not_known, empty) in counted.items():
        assert len(listed("child", name, who)) == empty


def test_only_a_manager_reads_it_and_only_of_their_own_agency(world: World) -> None:
    _some()
    assert report(manager())["referral"]["whole"] == 6
    assert report(actor("youth-justice", Role.MANAGER))["referral"]["whole"] == 0
    for nobody in (officer(), teacher(), world.worker, actor("community-safety", Role.PARTNERSHIP_ANALYST)):
        for path in ("figures/quality/", "figures/quality/list/?part=child&question=school"):
            assert browser_of(nobody).get(path).status_code == 403


@pytest.mark.parametrize("query", ["part=child&question=gp", "part=referral&question=child_address", "part=child"])
def test_what_is_not_asked_of_a_record_is_refused(query: str) -> None:
    assert browser_of(manager()).get(f"figures/quality/list/?{query}").status_code == 400


def test_the_report_costs_few_statements() -> None:
    _some()
    browser = browser_of(manager())
    found = statements(lambda: browser.get("figures/quality/"))
    assert len(found) <= STATEMENTS, said(found)
