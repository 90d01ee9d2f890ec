"""Migrations draw anew what a step changed and what stands on it: no more, and nothing that points at what is gone."""

from collections.abc import Iterator

import pytest
from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from backend.operations.migrating import drawing_only_what_changed

KEY = ("id", models.BigAutoField(primary_key=True))
AGENCY, PERSON, LETTER, PLACE = "agency", "person", "letter", "place"


def _points_at(name: str) -> models.Field:
    return models.ForeignKey(f"house.{name}", on_delete=models.PROTECT)


@pytest.fixture
def state() -> Iterator[ProjectState]:
    """A letter is of a person, who is of an agency; an agency has a place."""
    with drawing_only_what_changed():
        state = ProjectState()
        assert not state.apps.get_models()
        for name, below in ((PLACE, None), (AGENCY, PLACE), (PERSON, AGENCY), (LETTER, PERSON)):
            fields = [KEY, *([(below, _points_at(below))] if below else [])]
            state.add_model(ModelState("house", name.title(), fields))
        yield state


def _drawn(state: ProjectState) -> dict[str, type[models.Model]]:
    return {name: state.apps.get_model("house", name) for name in (PLACE, AGENCY, PERSON, LETTER)}


def _add(state: ProjectState, name: str, field: models.Field) -> set[str]:
    before = _drawn(state)
    state.add_field("house", name, "added", field, preserve_default=True)
    after = _drawn(state)
    return {name for name in after if after[name] is not before[name]}


@pytest.mark.parametrize(
    ("name", "anew"), [(LETTER, {LETTER}), (PERSON, {PERSON, LETTER}), (PLACE, {PLACE, AGENCY, PERSON, LETTER})]
)
@pytest.mark.parametrize("field", [models.TextField(), _points_at(PLACE)], ids=["a word", "one that points"])
def test_what_changed_is_drawn_anew_with_all_that_stands_on_it(
    state: ProjectState, name: str, anew: set[str], field: models.Field
) -> None:
    assert _add(state, name, field) == anew


@pytest.mark.parametrize("name", [LETTER, PERSON, AGENCY, PLACE])
def test_nothing_drawn_points_at_what_is_gone(state: ProjectState, name: str) -> None:
    _add(state, name, models.TextField())
    drawn = _drawn(state)
    for above, below in ((AGENCY, PLACE), (PERSON, AGENCY), (LETTER, PERSON)):
        assert drawn[above]._meta.get_field(below).related_model is drawn[below]
        assert [found.related_model for found in drawn[below]._meta.related_objects] == [drawn[above]]


def test_a_table_that_is_made_from_another_is_drawn_anew_with_it(state: ProjectState) -> None:
    state.add_model(ModelState("house", "Told", [], bases=("house.letter",)))
    before = state.apps.get_model("house", "told")
    _add(state, LETTER, models.TextField())
    after = state.apps.get_model("house", "told")
    assert after is not before
    assert issubclass(after, state.apps.get_model("house", LETTER))


def test_a_step_still_sees_what_stood_on_a_table_before_it(state: ProjectState) -> None:
    before = state.clone()
    _add(state, PLACE, models.TextField())
    assert [found.name for found in before.apps.get_model("house", PLACE)._meta.related_objects] == [AGENCY]


def test_django_draws_as_before_when_nobody_migrates() -> None:
    before = ProjectState._find_reload_model
    with drawing_only_what_changed():
        assert ProjectState._find_reload_model is not before
    assert ProjectState._find_reload_model is before
