"""The basis of a share has to be open to its sender and to its recipient."""

import pytest

from backend.core import vocabulary
from backend.sharing.rules import Basis, basis_fits, basis_problems, fitting

POWERS = [
    # sender, recipient, power, fits; sources stand in fixtures/vocabularies/share_powers.csv
    ("school", "front_door", "children_act_2004_s10", True),
    ("voluntary", "front_door", "children_act_2004_s10", False),
    ("voluntary", "front_door", "no_power_needed", True),
    ("school", "front_door", "no_power_needed", False),
    ("police", "front_door", "crime_and_disorder_act_1998_s115", True),
    ("police", "voluntary", "crime_and_disorder_act_1998_s115", False),
    # The Serious Violence Duty never opens what health or social care hold.
    ("police", "youth_justice", "pcsc_act_2022_s16", True),
    ("hospital", "police", "pcsc_act_2022_s16", False),
    ("social_care", "police", "pcsc_act_2022_s16", False),
    ("police", "social_care", "pcsc_act_2022_s16", False),
    # Not in force yet.
    ("police", "front_door", "cws_act_2026", False),
    ("police", "front_door", "made_up", False),
    ("", "front_door", "children_act_2004_s10", False),
]


@pytest.mark.parametrize(("sender", "recipient", "power", "fits"), POWERS)
def test_a_power_fits_when_both_sides_may_use_it(sender: str, recipient: str, power: str, fits: bool) -> None:
    assert basis_fits(sender, recipient, power) is fits


@pytest.mark.parametrize("name", ["share_basis_article6", "share_conditions", "share_powers"])
def test_every_pair_of_agencies_has_a_basis(name: str) -> None:
    kinds = vocabulary.get("agency_kinds").codes
    assert [(one, other) for one in kinds for other in kinds if not fitting(one, other, name=name)] == []


def test_each_answer_that_does_not_fit_is_named_with_a_sentence() -> None:
    problems = dict(basis_problems("school", "front_door", Basis("law_enforcement", "made_up", "no_power_needed")))
    assert set(problems) == {"article6", "condition", "power"}
    assert all(sentence.endswith(".") for sentence in problems.values())
    good = Basis("public_task", "safeguarding_children", "children_act_2004_s10")
    assert list(basis_problems("school", "front_door", good)) == []
