"""Every form of the demo city could be sent: whoever opens one reads answers that the form itself accepts."""

from datetime import UTC, datetime
from random import Random

import pytest

from backend.core import clock
from backend.demonstration import answers, material
from backend.demonstration.city import SEED
from backend.demonstration.planning import make_plan
from backend.referrals.form.checking import problems
from backend.referrals.form.parts import Circumstances

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize("seed", ["test", SEED])
def test_every_form_is_complete(seed: str) -> None:
    agencies = material.agencies()
    for life in make_plan(seed=seed, now=NOW).lives:
        for contact in life.contacts:
            at = contact.steps[0].at
            kinds = {
                "sender_kind": agencies[contact.referrer.agency]["kind"],
                "holder_kind": agencies[contact.holder]["kind"],
            }
            story = material.stories()[contact.story]
            found = answers.answers_of(story, life.child, at=at, random=Random(contact.number), **kinds)
            circumstances = Circumstances(kinds["sender_kind"], kinds["holder_kind"], at, ())
            with clock.at(at):
                assert problems(found, circumstances) == [], contact.story


def test_no_blank_is_left_open_in_any_sentence() -> None:
    for story in material.stories().values():
        words = material.blanks("F", "Amara")
        for said in story.told["statements"]:
            assert "{" not in said["text"].format_map(words)


def test_a_begun_form_is_the_first_part_of_a_whole_one() -> None:
    life = make_plan(seed="test", now=NOW, scale=1).lives[0]
    story = material.stories()[life.contacts[0].story]
    whole = answers.answers_of(
        story, life.child, at=NOW, sender_kind="school", holder_kind="front_door", random=Random(1)
    )
    begun = answers.begun(whole, Random(1))
    assert 1 < len(begun) < len(whole)
    assert list(begun) == list(whole)[: len(begun)]
