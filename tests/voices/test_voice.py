"""What leaves an agency of what people said: counts as they were published, and words where they were agreed to."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.core import clock
from backend.insights.jobs import publish
from backend.insights.models import PublishedMonth
from backend.insights.queries.published import SAYINGS, as_published
from backend.insights.queries.voice import words_released
from backend.reports.models import Report
from backend.voices.models import Saying
from tests.actors import actor, browser_of
from tests.api.counting import said as told
from tests.api.counting import statements
from tests.insights.made import ACOCKS_GREEN, SHELDON, analyst, by_worker
from tests.reports.making import made, read
from tests.voices.made import OTHER, WORDS, reader, released, said, take, writer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

AUGUST = datetime(2026, 8, 10, 9, 30, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
STATEMENTS = 6
SAID = {"month": "2026-08", "asked_on": "2026-08-05"}


@pytest.fixture(autouse=True)
def today(transactional_db: None) -> Iterator[None]:
    with clock.at(NOW):
        yield


def several(number: int, *, at: datetime = AUGUST, **given: Any) -> list[Saying]:
    """So many sayings of August, alike in all that is published, written down a minute apart."""
    found = []
    for minute in range(number):
        with clock.at(at + timedelta(minutes=minute)):
            found.append(said(given.get("who"), **{**SAID, **{k: v for k, v in given.items() if k != "who"}}))
    return found


def voice(**asked: str) -> dict[str, Any]:
    """What an analyst reads."""
    query = "&".join(f"{name}={code}" for name, code in asked.items())
    answer = browser_of(analyst()).get(f"figures/voice/{query and f'?{query}'}")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def quoted(found: dict[str, Any]) -> dict[str, list[tuple[str, list[str]]]]:
    """The words that are shown, by theme."""
    shown = {theme["id"]: [(one["text"], one["beside"]) for one in theme["words"]] for theme in found["themes"]}
    return {theme: words for theme, words in shown.items() if words}


def test_counts_are_what_a_slow_recount_finds_and_only_analysts_read_them() -> None:
    several(10, themes=["school"], ward=ACOCKS_GREEN)
    several(
        5, speaker="parent", direction="helped", themes=["school", "being_listened_to"], ward=SHELDON, who=writer(OTHER)
    )
    by_worker(publish)
    found = voice()
    themes = {theme["id"]: theme for theme in found["themes"]}
    recount = Counter(theme for one in Saying.objects.using("owner").all() for theme in one.themes)
    assert {code: theme["number"] for code, theme in themes.items()} == recount
    assert found["total"] == Saying.objects.using("owner").count() == 15
    by_direction = {one["id"]: one["number"] for one in themes["school"]["directions"]}
    assert by_direction == {"needed": 10, "helped": 5, "did_not_help": None}
    assert {table["id"]: {row["id"]: row["number"] for row in table["rows"]} for table in found["tables"]} == {
        "ward": {ACOCKS_GREEN: 10, SHELDON: 5},
        "speaker": {"child": 10, "parent": 5},
        "direction": {"needed": 10, "helped": 5},
        "month": {"2026-08": 15},
    }
    assert voice(ward=SHELDON)["total"] == 5
    for who in (reader(), writer(), actor("front-door", Role.SYSTEM_ADMINISTRATOR)):
        assert browser_of(who).get("figures/voice/").status_code == 403, who.role


def test_what_was_said_is_counted_in_its_month_or_where_that_is_out_when_it_was_written_down() -> None:
    several(5)
    several(5, at=datetime(2026, 9, 14, 20, tzinfo=UTC))
    several(5, at=datetime(2026, 9, 15, 9, tzinfo=UTC))
    by_worker(publish)
    rows = PublishedMonth.objects.using("owner").filter(counted=SAYINGS)
    assert as_published(SAYINGS, rows).by("month") == {("2026-08",): 10, ("2026-09",): 5}


def test_taken_back_it_is_counted_unless_whoever_said_it_wanted_that_neither() -> None:
    kept, gone = several(5, themes=["school"]), several(5, themes=["family"])
    for one in kept:
        take("take_back", one, still_counted=True)
    for one in gone:
        take("take_back", one, still_counted=False)
    by_worker(publish)
    assert [(theme["id"], theme["number"]) for theme in voice()["themes"]] == [("school", 5)]


def test_an_analyst_reads_words_that_were_agreed_to_and_released_and_no_others() -> None:
    one, *others = several(8, themes=["school"])
    released_as = "Nobody asked me."
    take("release", one, released_words=released_as)
    take("keep_back", others[0], reason="It names a street.")
    taken_back = take("release", others[1], released_words="Taken back.")
    take("take_back", taken_back, writer(), still_counted=True)
    several(2, themes=["school"], agreement="counted")
    by_worker(publish)
    assert quoted(voice()) == {"school": [(released_as, ["A child or young person", "What is needed", "Acocks Green"])]}
    answer = browser_of(analyst()).get("figures/voice/").content.decode()
    assert WORDS not in answer, "the words as they were stay with the agency"
    take("take_back", one, still_counted=True)
    assert quoted(voice()) == {}, "at once"
    for who in (reader(), writer(OTHER), actor("front-door", Role.INFORMATION_GOVERNANCE)):
        with acting(who):
            assert words_released() == [], who.role


def test_words_of_a_theme_that_has_too_few_are_not_shown_nor_what_would_make_them_one_of_too_few() -> None:
    lone = "Only I would say this."
    with clock.at(AUGUST):
        released(**SAID, themes=["safe_online"], words=lone)
    several(5, themes=["school"])
    parents = several(5, speaker="parent", direction="helped", themes=["school"], ward=SHELDON)
    take("release", parents[0], released_words="They rang back.")
    # Of children who said that something helped there is one: that it was a child is shown, and no more.
    with clock.at(AUGUST):
        released(**SAID, direction="helped", themes=["school"], ward=SHELDON, words="They came home to us.")
    by_worker(publish)
    shown = voice()
    assert "safe_online" not in {theme["id"] for theme in shown["themes"]}
    assert lone not in browser_of(analyst()).get("figures/voice/").content.decode()
    assert quoted(shown) == {
        "school": [
            ("They came home to us.", ["A child or young person"]),
            ("They rang back.", ["A parent or carer", "What helped", "Sheldon"]),
        ]
    }
    # Asked for by what only one child said, there are neither numbers nor words.
    assert (
        voice(speaker="child", direction="helped")["total"],
        quoted(voice(speaker="child", direction="helped")),
    ) == (0, {})


def test_a_report_keeps_the_words_it_showed_and_the_next_edition_is_without_what_was_taken_back() -> None:
    one, *_others = several(5, themes=["school"])
    take("release", one, released_words="Nobody asked me.")
    by_worker(publish)
    report = made()
    [section] = [section for section in report["sections"] if section["id"] == "voice"]
    assert section["finding"].startswith("About 5 things that children, parents and others said")
    assert [(word["about"], word["text"]) for word in section["quotations"]] == [
        ("School or college", "Nobody asked me.")
    ]
    take("take_back", one, still_counted=True)
    assert read(report)["is_unchanged"]
    assert [len(section["quotations"]) for section in read(report)["sections"] if section["id"] == "voice"] == [1]
    path = f"reports/{report['id']}/make-edition/"
    later = browser_of(analyst()).post(path, {"reason": "Words were taken back."}).json()
    assert [section["quotations"] for section in later["sections"] if section["id"] == "voice"] == [[]]
    assert [change for change in later["changes"] if change["label"] == "Words that are quoted"] == [
        {"table": "In their words", "label": "Words that are quoted", "before": 1, "now": 0}
    ]
    for kind in ("pdf", "xlsx", "ods"):
        assert browser_of(analyst()).get(f"reports/{report['id']}/{kind}/").status_code == 200, kind
    assert Report.objects.using("owner").count() == 2


def test_it_is_read_in_few_statements_however_many_there_are() -> None:
    several(5, themes=["school"])
    by_worker(publish)
    browser = browser_of(analyst())
    found = statements(lambda: browser.get("figures/voice/"))
    assert len(found) <= STATEMENTS, told(found)
