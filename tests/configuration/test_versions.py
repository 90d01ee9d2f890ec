"""A version is made by one person, agreed by another, and counts from its day; what was published stays as it was."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.configuration import jobs, queries
from backend.configuration.models import Version
from backend.configuration.rules import today
from backend.core import clock
from tests.actors import actor, browser_of
from tests.configuration.versions import (
    RULES,
    TEXT,
    act,
    administrator,
    answered,
    asked,
    begun,
    done,
    in_force,
    published,
    reworded,
)
from tests.factories import manager, officer, teacher
from tests.worker import worker_login

pytestmark = pytest.mark.django_db


def says(kind: str = TEXT) -> dict[str, str]:
    return {entry["code"]: entry["values"]["text"] for entry in in_force(kind)["entries"]}


def test_the_product_comes_with_a_first_version() -> None:
    first = in_force(TEXT)
    assert (first["number"], first["state_label"], first["is_in_force"]) == (1, "In force", True)
    assert [entry["title"] for entry in first["entries"]][:2] == ["Universal", "Universal Plus"]
    assert [option["name"] for option in first["options"]] == ["copy"]


@pytest.mark.parametrize(("kind", "is_offered"), [(RULES, True), (TEXT, False)])
def test_trying_out_is_offered_only_where_there_is_a_bench(kind: str, is_offered: bool) -> None:
    assert ("try_out" in {option["name"] for option in begun(kind)["options"]}) is is_offered


def test_a_draft_counts_for_nobody_before_a_second_person_agreed() -> None:
    draft = asked(reworded("New words."))
    assert draft["state"] == "draft"
    assert draft["confirmation"]["why"] == "Another person has to agree before it counts."
    assert says()["universal"] != "New words."
    assert answered(draft).status_code == 200
    now = in_force(TEXT)
    assert says()["universal"] == "New words."
    assert (now["number"], now["proposed_by"], now["published_by"]) == (2, administrator().name, manager().name)
    assert now["effective_on"] == today().isoformat()
    assert now["differences"] == [
        {
            "what": "changed",
            "title": "Universal",
            "lines": [
                {
                    "label": "What does this level mean here?",
                    "before": now["differences"][0]["lines"][0]["before"],
                    "after": "New words.",
                }
            ],
        }
    ]


def test_nobody_agrees_with_themselves() -> None:
    draft = asked(reworded("New words."))
    refused = answered(draft, who=administrator())
    assert refused.status_code == 403
    assert refused.json()["reasons"] == ["You asked for this: another person has to agree."]


def test_who_does_not_agree_says_why_and_nothing_changes() -> None:
    draft = asked(reworded("New words."))
    assert answered(draft, "refuse", reason="Not yet.").status_code == 200
    assert says()["universal"] != "New words."
    assert "publish" in [option["name"] for option in done(draft, "put_entry", **_words("Better."))["options"]]


def _words(text: str) -> dict[str, object]:
    return {"code": "universal", "entry": {"text": text}}


def test_a_change_takes_back_the_question_so_that_nobody_agrees_to_what_they_have_not_read() -> None:
    draft = asked(reworded("New words."))
    changed = done(draft, "put_entry", manager(), **_words("Other words."))
    assert changed["confirmation"] is None
    late = answered(draft)
    assert late.status_code == 409, late.content
    assert says()["universal"] not in ("New words.", "Other words.")


def test_there_is_one_draft_of_a_kind_at_a_time() -> None:
    draft = begun()
    again = browser_of(manager()).post(f"configurations/{in_force(TEXT)['id']}/copy/", {})
    assert (again.status_code, again.json()["code"]) == (409, "not_ready")
    done(draft, "discard")
    assert begun()["number"] == 3


def test_a_copy_is_begun_once_however_often_it_is_sent() -> None:
    path = f"configurations/{in_force(TEXT)['id']}/copy/"
    browser = browser_of(administrator())
    first, again = (browser.send("POST", path, {}, key="the-very-same-key") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]


def test_nothing_is_published_that_says_the_same_or_comes_from_a_day_that_has_passed() -> None:
    same = act(begun(), "publish", note="Because.")
    assert (same.status_code, same.json()["reasons"][0][:22]) == (409, "This says the same as ")
    done(in_draft(), "discard")
    past = act(reworded("New."), "publish", note="Because.", effective_on=(today() - timedelta(days=1)).isoformat())
    assert (past.status_code, past.json()["reasons"]) == (409, ["This day has passed. Choose today or a later day."])


def in_draft() -> dict[str, object]:
    browser = browser_of(administrator())
    rows = browser.get("configurations/kinds/").json()
    draft = next(row["draft"] for row in rows if row["code"] == TEXT)
    return dict(browser.get(f"configurations/{draft['id']}/").json())


def test_each_mistake_is_said_in_a_sentence_at_its_question() -> None:
    empty = act(begun(), "put_entry", code="universal", entry={"text": ""})
    assert (empty.status_code, list(empty.json()["fields"])) == (400, ["text"])
    strange = act(in_draft(), "put_entry", code="universal", entry={"text": "x", "level": "complex"})
    assert list(strange.json()["fields"]) == ["level"]
    unknown = act(in_draft(), "put_entry", code="unheard_of", entry={"text": "x"})
    assert unknown.json()["reasons"] == ["There is no such entry. Somebody may have removed it."]
    new = act(in_draft(), "put_entry", entry={"text": "x"})
    assert new.json()["reasons"] == ["Each level has its place here: change it, none is added or removed."]
    assert act(in_draft(), "remove_entry", code="universal").status_code == 409


@pytest.mark.django_db(transaction=True)
def test_a_version_agreed_for_later_waits_for_its_day() -> None:
    day = today() + timedelta(days=3)
    later = published(reworded("From then on."), effective_on=day.isoformat())
    assert (later["state"], later["state_label"]) == ("published", "Agreed, and not in force yet")
    assert says()["universal"] != "From then on."
    assert begun()["takes_place_of"] == later["number"], "it would never count once the draft does"
    with clock.at(clock.now() + timedelta(days=3)):
        assert says()["universal"] == "From then on."
        with worker_login():
            assert jobs.take_effect() == 1
            assert jobs.take_effect() == 0
        assert [row["state"] for row in _listed()] == ["draft", "published", "superseded"]


def _listed() -> list[dict[str, object]]:
    return list(browser_of(administrator()).get(f"configurations/?kind={TEXT}").json()["results"])


def test_the_way_back_is_a_new_version_that_says_what_an_earlier_one_said() -> None:
    first = in_force(TEXT)
    published(reworded("New words."))
    old = browser_of(administrator()).get(f"configurations/{first['id']}/").json()
    assert (old["state"], [option["label"] for option in old["options"]]) == (
        "superseded",
        ["Go back to this version"],
    )
    draft = browser_of(administrator()).post(f"configurations/{first['id']}/copy/", {}).json()
    assert published(draft)["number"] == 3
    assert says() == {entry["code"]: entry["values"]["text"] for entry in first["entries"]}
    assert [(row["number"], row["state"]) for row in _listed()] == [
        (3, "published"),
        (2, "superseded"),
        (1, "superseded"),
    ]


def test_what_was_in_force_at_a_moment_is_found_again() -> None:
    before = clock.now()
    partnership_id = administrator().partnership_id
    published(reworded("New words."))
    with acting(administrator()):
        found = [
            queries.in_force(partnership_id, TEXT, today(), known_at=at).values_list("number", flat=True).first()
            for at in (before, clock.now())
        ]
    assert found == [1, 2]


# --- Who -------------------------------------------------------------------------------------------------------------


def test_practitioners_and_officers_configure_nothing_and_other_managers_only_read() -> None:
    draft = reworded("New words.")
    for who in (teacher(), officer()):
        assert browser_of(who).get("configurations/kinds/").status_code == 403
        assert browser_of(who).get(f"configurations/{draft['id']}/").status_code == 403
        assert act(draft, "put_entry", who, **_words("Mine.")).status_code == 403
    elsewhere = actor("youth-justice", Role.MANAGER)
    read = browser_of(elsewhere).get(f"configurations/{draft['id']}/")
    assert (read.status_code, read.json()["options"]) == (200, [])
    assert act(draft, "publish", elsewhere, note="Mine.").status_code == 403
    asked(draft)
    question = in_draft()["confirmation"]
    assert browser_of(elsewhere).get(f"confirmations/{question['id']}/").status_code == 404  # type: ignore[index] # JSON


def test_an_analyst_proposes_and_does_not_publish() -> None:
    analyst = actor("community-safety", Role.PARTNERSHIP_ANALYST)
    draft = done(begun(who=analyst), "put_entry", analyst, **_words("Proposed."))
    assert act(draft, "publish", analyst, note="Please.").status_code == 403
    assert published(draft)["started_by"] == analyst.name


def test_an_administrator_of_another_agency_is_answered_by_those_who_keep_it() -> None:
    other = actor("community-safety", Role.SYSTEM_ADMINISTRATOR)
    draft = done(reworded("New words."), "publish", other, note="Because.")
    attention = browser_of(manager()).get("exceptions/list/?kind=confirmations").json()["results"]
    assert [row["reference"] for row in attention] == ["Threshold text, version 2"]
    waiting = browser_of(manager()).get("confirmations/?view=for-me").json()["results"]
    assert [row["subject_url"] for row in waiting] == [f"/configurations/{draft['id']}"]


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE configuration_version SET entries = '[]' WHERE state = 'published'",
        "UPDATE configuration_version SET effective_on = '2030-01-01' WHERE state = 'published'",
        "DELETE FROM configuration_version",
    ],
)
def test_what_was_published_cannot_be_written_over_whoever_serves(forged: str) -> None:
    with acting(administrator()), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(forged)


def test_who_does_not_configure_cannot_write_a_version_by_any_way() -> None:
    draft = begun()
    with acting(teacher()), pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=draft["id"]).update(entries=[])
    with acting(teacher()), pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=draft["id"]).update(kind="mine")
