"""The basis of a share has to be open to its sender and to its recipient."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from backend.access.marks import CHILDRENS_SERVICES, HEALTH
from backend.core import vocabulary
from backend.sharing.rules import Basis, basis_fits, basis_problems, fitting
from tests import golden

REVIEWED = Path(__file__).with_name("bases.csv")
# The three answers of a share, and the code list of each.
ANSWERS = {"article6": "share_basis_article6", "condition": "share_conditions", "power": "share_powers"}

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


def test_what_each_kind_may_share_with_each_on_what_is_as_reviewed() -> None:
    """Sender × recipient × answer, every cell: what is not in the table is refused by the server, and not offered."""
    kinds = vocabulary.get("agency_kinds").codes
    lines = [f"sender,recipient,{','.join(ANSWERS)}"]
    for sender, recipient in product(kinds, kinds):
        fit = [" ".join(term.code for term in fitting(sender, recipient, name=name)) for name in ANSWERS.values()]
        lines.append(",".join([sender, recipient, *fit]))
        good = [codes.split(" ")[0] for codes in fit]
        for at, (answer, name) in enumerate(ANSWERS.items()):
            for code in vocabulary.get(name).codes:
                article6, condition, power = (code if one == at else kept for one, kept in enumerate(good))
                basis = Basis(article6, condition, power)
                refused = [field for field, _sentence in basis_problems(sender, recipient, basis)]
                assert refused == ([] if code in fit[at].split(" ") else [answer]), (sender, recipient, code)
    golden.compare(REVIEWED, "\n".join([*lines, ""]))


def test_the_serious_violence_duty_never_opens_what_health_or_social_care_hold() -> None:
    kinds = vocabulary.get("agency_kinds").codes
    closed = HEALTH | CHILDRENS_SERVICES
    assert len(closed) == 8
    for sender, recipient in product(kinds, kinds):
        if closed & {sender, recipient}:
            assert not basis_fits(sender, recipient, "pcsc_act_2022_s16")


def test_legitimate_interests_are_the_voluntary_sector_s_alone() -> None:
    kinds = vocabulary.get("agency_kinds").codes
    pairs = product(kinds, kinds)
    may = {sender for sender, to in pairs if basis_fits(sender, to, "legitimate_interests", name=ANSWERS["article6"])}
    assert may == {"voluntary"}


def test_agreement_to_be_helped_is_none_of_the_answers() -> None:
    """What a family agrees to is help: only consent, to the sharing itself, is a basis, and it can be withdrawn."""
    agreements = set(vocabulary.get("agreement_states").codes)
    for name in ANSWERS.values():
        assert not agreements & set(vocabulary.get(name).codes), name


def test_a_duty_waits_for_its_commencement_and_is_offered_from_then_on(settings: Any) -> None:
    assert not basis_fits("school", "front_door", "cws_act_2026")
    settings.POWERS_IN_FORCE = ["cws_act_2026"]
    assert basis_fits("school", "front_door", "cws_act_2026")
    assert not basis_fits("voluntary", "front_door", "cws_act_2026"), "those on whom the duty falls, and nobody else"
