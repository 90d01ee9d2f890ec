"""Merging what two tabs type, as a table; nothing anybody typed is lost unseen."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.errors import Invalid
from backend.drafts.merge import MAX_FIELDS, MAX_VALUE_BYTES, Merged, check_limits, merge

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BEFORE = "2026-11-23T08:00:00+00:00"


def saved(value: Any, rev: int) -> dict[str, Any]:
    return {"value": value, "rev": rev, "at": BEFORE, "by": "Mr B. Nurse"}


def merged(answers: dict[str, Any], changes: dict[str, Any], *, rev: int) -> Merged:
    return merge(answers, changes, rev=rev, at=NOW, by="Ms A. Teacher")


@pytest.mark.parametrize(
    ("stored", "typed", "base_rev", "applied", "conflict"),
    [
        (None, "Sam", 0, True, False),  # the first answer
        (("Sam", 4), "Samira", 4, True, False),  # typed over what was seen
        (("Sam", 4), "Samira", 5, True, False),
        (("Sam", 4), "Samira", 3, False, True),  # somebody else saved it meanwhile
        (("Sam", 4), "Sam", 3, True, False),  # and happened to say the same
        (("Sam", 4), "Samira", 0, False, True),  # a tab that never saw it
        (("Sam", 4), None, 4, True, False),  # emptied on purpose
        (("Sam", 4), None, 3, False, True),
        ((True, 4), 1, 3, False, True),  # true is not 1
        (({"a": 1, "b": 2}, 4), {"b": 2, "a": 1}, 1, True, False),  # the order of keys is no difference
        (([1, 2], 4), [2, 1], 1, False, True),  # the order of a list is
    ],
)
def test_one_field(stored: Any, typed: Any, base_rev: int, applied: bool, conflict: bool) -> None:
    answers = {"name": saved(*stored)} if stored else {}

    result = merged(answers, {"name": (typed, base_rev)}, rev=7)

    assert ("name" in result.applied) is applied
    assert ("name" in result.conflicts) is conflict
    kept = result.answers["name"]["value"]
    assert kept == (typed if applied else stored[0])


def test_two_tabs_keep_each_others_fields_and_see_the_one_they_share() -> None:
    start = merged({}, {"name": ("Sam", 0), "school": ("Oak", 0)}, rev=0)
    first = merged(start.answers, {"name": ("Samira", 1), "notes": ("a", 0)}, rev=start.rev)
    second = merged(first.answers, {"name": ("Samuel", 1), "school": ("Elm", 1)}, rev=first.rev)

    assert {name: answer["value"] for name, answer in second.answers.items()} == {
        "name": "Samira",
        "school": "Elm",
        "notes": "a",
    }
    assert second.conflicts == {"name": first.answers["name"]}
    assert second.conflicts["name"]["by"] == "Ms A. Teacher"
    assert list(second.applied) == ["school"]
    # Having seen the other answer, the second tab may insist.
    third = merged(second.answers, {"name": ("Samuel", second.conflicts["name"]["rev"])}, rev=second.rev)
    assert third.answers["name"]["value"] == "Samuel"
    assert not third.conflicts


@pytest.mark.parametrize(
    "value", ["31/02/2015", "", None, "not a phone", -1, [], {}, {"day": "31"}, "x" * 19_000, "ü😀\n", False]
)
def test_invalid_and_partial_values_are_kept(value: Any) -> None:
    check_limits({}, {"date_of_birth": (value, 0)})

    assert merged({}, {"date_of_birth": (value, 0)}, rev=0).answers["date_of_birth"]["value"] == value


def test_the_revision_rises_only_when_something_changed() -> None:
    answers = {"name": saved("Sam", 4)}

    assert merged(answers, {"name": ("Sam", 1)}, rev=4).rev == 4
    assert merged(answers, {"name": ("Ann", 1)}, rev=4).rev == 4
    assert merged(answers, {}, rev=4).rev == 4
    assert merged(answers, {"name": ("Ann", 4)}, rev=4).rev == 5


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("Name", ("x", 0)),
        ("", ("x", 0)),
        ("a" * 65, ("x", 0)),
        ("__class__", ("x", 0)),
        ("name", ("x", -1)),
        ("name", ("x", True)),
        ("name", ("x", "1")),
        ("name", ("x", 1.0)),
        ("name", ("x" * (MAX_VALUE_BYTES - 1), 0)),
        ("name", (2**70, 0)),
        ("name", ("\ud800", 0)),
    ],
)
def test_what_a_draft_cannot_take_is_refused_by_field(name: str, change: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        check_limits({}, {name: change, "fine": ("x", 0)})

    assert list(refusal.value.fields) == [name]


def test_a_form_has_so_many_answers_at_most() -> None:
    answers = {f"field_{number}": saved("x", 1) for number in range(MAX_FIELDS)}
    check_limits(answers, {"field_0": ("y", 1)})

    with pytest.raises(Invalid, match="200 answers"):
        check_limits(answers, {"one_more": ("y", 0)})


VALUES = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3) | st.lists(st.integers(0, 3), max_size=2)
SAVES = st.lists(
    st.dictionaries(st.sampled_from(["a", "b", "c"]), st.tuples(VALUES, st.integers(0, 8)), min_size=1), max_size=8
)


@given(SAVES)
def test_every_change_is_either_stored_or_answered_as_a_conflict(saves: list[dict[str, Any]]) -> None:
    answers: dict[str, Any] = {}
    rev = 0
    for changes in saves:
        result = merged(answers, changes, rev=rev)
        assert result.applied.keys() | result.conflicts.keys() == changes.keys()
        assert not result.applied.keys() & result.conflicts.keys()
        assert all(result.answers[name] == result.applied[name] for name in result.applied)
        assert all(result.answers[name] == answers[name] for name in result.conflicts)
        assert rev <= result.rev <= rev + 1
        answers, rev = result.answers, result.rev
