"""Ten minutes for a prepared practitioner: what the shortest honest referral takes, counted twice."""

from datetime import UTC, datetime

from backend.core import clock
from backend.referrals.form.checking import problems
from backend.referrals.form.effort import SHORTEST, effort
from backend.referrals.form.parts import OPTIONAL_GROUP, Circumstances
from backend.referrals.form.sections import SECTIONS
from tests.e2e.referral_form import Chosen, NotKnown, Picked, Written, every_task

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HERE = Circumstances("school", "front_door", NOW, ())


def test_the_shortest_answers_can_be_sent():
    with clock.at(NOW):
        assert problems(SHORTEST, HERE) == []


def test_it_takes_less_than_ten_minutes_and_grows_only_on_purpose():
    taken = effort(SHORTEST, HERE)
    assert taken.minutes < 6, "a prepared practitioner writes more than one sentence in the other four"
    assert (taken.tasks, taken.pages) == (10, 19)
    assert taken.answers <= 26
    assert taken.clicks <= 61


def test_the_browser_walks_the_same_tasks_and_pages_and_gives_as_many_answers():
    """The journey in a real browser (tests/e2e/test_newcomer.py) is the other count."""
    tasks, taken = every_task("Wren", "Tallis"), effort(SHORTEST, HERE)
    pages = [page for task in tasks for page in task.pages]
    given = [answer for page in pages for answer in page.answers]
    assert [task.title for task in tasks] == [one.title for one in SECTIONS if one.group != OPTIONAL_GROUP]
    assert len(pages) == taken.pages
    clicks = sum({Chosen: 1, NotKnown: 1, Written: 1, Picked: 2}[type(answer)] for answer in given)
    # A date is one field of the form and three boxes on the page; the keys lead from one to the next.
    boxes = sum(answer.label in ("Month", "Year") for answer in given if isinstance(answer, Written))
    assert clicks - boxes == taken.clicks - 1 - len(tasks) - len(pages) - 2
