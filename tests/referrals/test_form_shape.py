"""The form itself: names, words, conditions, and how much a busy person has to fill in."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from backend.core import vocabulary
from backend.referrals.form import describing
from backend.referrals.form.asking import asked
from backend.referrals.form.choices import choices_of
from backend.referrals.form.parts import OPTIONAL_GROUP, Choice, Circumstances, Field, is_empty
from backend.referrals.form.sections import FIELDS, PLACES, SECTIONS
from backend.referrals.form.sharing import SENDING
from backend.workflow.serializers import DescriptorShape
from tests.referrals.answers import minimal_answers

CIRCUMSTANCES = Circumstances(
    "school", "front_door", datetime(2026, 11, 23, 9, 0, tzinfo=UTC), (Choice("id", "Kite Street"),)
)
KINDS = {"text", "long_text", "choice", "choices", "date", "datetime", "yes_no", "agency", "service", "list"}


def every_field() -> list[Field]:
    return [part for field in FIELDS.values() for part in (field, *field.fields)]


def test_names_are_unique_and_fit_a_draft():
    names = [field.name for section in SECTIONS for field in section.fields]
    assert len(names) == len(set(names)) == len(FIELDS) == len(PLACES)
    assert len({section.name for section in SECTIONS}) == len(SECTIONS)
    assert len(names) < 200


def test_each_field_has_words_and_a_known_kind():
    for field in every_field():
        assert field.kind in KINDS, field.name
        assert field.label, field.name
        assert not field.required or field.missing.endswith("."), field.name
        assert field.kind not in ("text", "long_text") or field.max_length, field.name


def test_conditions_point_to_earlier_fields_of_the_same_section_or_to_who_the_child_is():
    order = list(FIELDS)
    for name, field in FIELDS.items():
        if field.show_if:
            assert order.index(field.show_if.field) < order.index(name)
            parent = FIELDS[field.show_if.field]
            offered = {choice.value for choice in choices_of(parent, CIRCUMSTANCES) or ()} | {True, False}
            assert set(field.show_if.values) <= offered


def test_needs_point_to_earlier_sections():
    seen = set()
    for section in SECTIONS:
        assert set(section.needs) <= seen
        seen.add(section.name)


def test_every_section_asks_for_something_so_that_complete_means_looked_at():
    """Where all may be left out, the section says so by its group and counts as optional until somebody looks."""
    for section in SECTIONS:
        asks = any(field.required and not field.show_if for field in section.fields)
        assert asks is (section.group != OPTIONAL_GROUP), section.name


def test_the_local_threshold_text_stands_beside_each_level():
    texts = {level: f"What {level} means here." for level in vocabulary.get("levels_of_need").codes}
    levels = choices_of(FIELDS["level_believed"], replace(CIRCUMSTANCES, level_texts=texts))
    assert {level.value: level.hint for level in levels} == texts


def test_nothing_is_chosen_beforehand():
    described = [describing.section(section, CIRCUMSTANCES) for section in SECTIONS]
    keys = {key for section in described for page in section["pages"] for field in page["fields"] for key in field}
    assert not keys & {"default", "initial", "value"}


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_descriptors_have_the_shape_that_edges_have(section):
    """But for `value`: a form of something that stands already begins with it, and a referral begins with nothing."""
    always = {name for name, field in DescriptorShape().fields.items() if field.required}
    for page in describing.section(section, CIRCUMSTANCES)["pages"]:
        for described in page["fields"]:
            assert set(described) == always
            assert DescriptorShape(described).data["name"] == described["name"]


def test_the_front_door_must_name_a_source_and_others_may():
    def source(sender: str) -> dict:
        about = Circumstances(sender, "front_door", CIRCUMSTANCES.moment, ())
        pages = describing.section(SENDING, about)["pages"]
        return next(field for page in pages for field in page["fields"] if field["name"] == "source")

    assert source("front_door")["required"] is True
    assert source("school")["required"] is False


def test_the_shortest_honest_referral_stays_short():
    """A child in ten minutes (product.md): the number of answers and pages may shrink, and grows only on purpose."""
    given = minimal_answers()
    needed = [field for field in asked(FIELDS.values(), given) if field.required]
    assert {field.name for field in needed} == given.keys()
    assert not any(is_empty(given[field.name]) for field in needed)
    typed = [
        name for name in given if FIELDS[name].kind in ("text", "long_text", "list") and given[name] != "not_known"
    ]
    pages = {(section.name, page.name) for section, page in (PLACES[field.name] for field in needed)}
    assert len(needed) == 28
    assert len(pages) == 16
    assert len(typed) == 6
