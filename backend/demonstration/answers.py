"""The answers of a referral form as somebody would have typed them: a story told about one made-up child."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from backend.core.vocabulary import NOT_KNOWN
from backend.demonstration import material
from backend.demonstration.around import around, kept_apart
from backend.demonstration.families import Child
from backend.demonstration.material import Story
from backend.sharing.rules import fitting

Answers = dict[str, Any]
# What agencies choose first, where both sides may use it.
_USUAL = {
    "share_article6": ("share_basis_article6", ("public_task", "legitimate_interests", "legal_obligation")),
    "share_condition": ("share_conditions", ("safeguarding_children", "health_or_social_care")),
    "share_power": (
        "share_powers",
        ("children_act_2004_s10", "education_act_2002_s175", "common_law_policing", "no_power_needed"),
    ),
}
_INFORMED = {(True, True): "both", (True, False): "parent", (False, True): "child", (False, False): "neither"}
_CALLED = ("999 operator", "Police, 101", "Front door duty worker", "Emergency duty team")
_EXTRA_CHANCE = 0.6
# Half-filled drafts stop after one of these questions.
_STOPS = ("child_family_name", "child_school", "worried_about", "factors_current", "parent_view", "agreed_how")


def basis(sender_kind: str, *recipient_kinds: str) -> dict[str, str]:
    """Return the three answers of a share that all these kinds of agency may use, the usual ones first."""
    found = {}
    for field, (name, usual) in _USUAL.items():
        open_to = [{term.code for term in fitting(sender_kind, kind, name=name)} for kind in recipient_kinds]
        open_to_all = set.intersection(*open_to)
        found[field] = next((code for code in usual if code in open_to_all), min(open_to_all))
    return found


def edge_basis(sender_kind: str, *recipient_kinds: str) -> dict[str, str]:
    """Return the same three answers under the names that edges use."""
    return {name.removeprefix("share_"): code for name, code in basis(sender_kind, *recipient_kinds).items()}


def answers_of(
    story: Story, child: Child, *, at: datetime, sender_kind: str, holder_kind: str, random: Random
) -> Answers:
    """Return every answer of a form that can be sent at `at`; the receiving agency is the caller's to add."""
    words = material.blanks(child.sex, child.called)
    told = story.told
    answers: Answers = {
        **_safety(story, at, random),
        **_identity(child),
        **_home(child),
        "worried_about": _said(story, "worried_about", words),
        "working_well": _said(story, "working_well", words) or NOT_KNOWN,
        "needs_to_happen": _needs(story, words),
        **_factors(told["factors"]),
        "level_believed": story.level,
        **_voices(told, child, words),
        **_informed(told),
        **_agreement(told, random),
        "source": told["source_code"],
        **basis(sender_kind, holder_kind),
    }
    if story.level in ("additional", "complex"):
        answers["tried_before"] = _fill(told["tried_before"], words)
    if not story.unborn and random.random() < _EXTRA_CHANCE:
        answers["worried_about"] += _extra(told["factors"], words, random)
    answers |= around(story, child, at=at, words=words, random=random)
    said, kept = kept_apart(child, sender_kind)
    answers["worried_about"] += said
    answers |= kept
    return {name: value for name, value in answers.items() if value not in ("", [], None)}


def begun(answers: Mapping[str, Any], random: Random) -> Answers:
    """Return the first part of the answers, as somebody leaves them who was called away."""
    names = list(answers)
    stop = next((names.index(name) for name in random.sample(_STOPS, len(_STOPS)) if name in answers), 4)
    return {name: answers[name] for name in names[: stop + 1]}


def _safety(story: Story, at: datetime, random: Random) -> Answers:
    if not story.urgent:
        return {"danger_now": False}
    return {
        "danger_now": True,
        "danger_called": random.choice(_CALLED),
        "danger_called_at": (at - timedelta(minutes=random.randint(65, 120))).isoformat(),
        "danger_reference": str(random.randint(10_000, 99_999)),
    }


def _identity(child: Child) -> Answers:
    home = child.home
    answers: Answers = {"child_given_name": child.given_name or NOT_KNOWN, "child_family_name": home.family_name}
    if child.expected_on is not None:
        birth: Answers = {"birth": "expected_date", "child_expected_date": child.expected_on.isoformat()}
        return answers | birth | {"child_sex": NOT_KNOWN, "child_ethnicity": "not_yet_asked"}
    return answers | {
        "birth": "date_of_birth",
        "child_date_of_birth": child.born_on.isoformat() if child.born_on else "",
        "child_sex": child.sex,
        "child_ethnicity": home.ethnicity,
        "child_ethnicity_said_by": "parent",
        "child_language": home.language,
    }


def _home(child: Child) -> Answers:
    home = child.home
    place: Answers = {"child_address": home.address, "child_postcode": home.postcode, "child_ward": home.ward}
    if child.born_on is None:
        return place
    return place | {"child_school": child.school or NOT_KNOWN, "child_nhs_number": child.nhs_number}


def _said(story: Story, kind: str, words: Mapping[str, str]) -> list[Answers]:
    return [
        {name: _fill(said[name], words) for name in ("text", "basis", "told_by", "currency") if said[name]}
        for said in story.told["statements"]
        if said["kind"] == kind
    ]


def _needs(story: Story, words: Mapping[str, str]) -> str:
    said = [row["text"] for row in story.told["statements"] if row["kind"] == "needs_to_happen"]
    return _fill(" ".join(said), words) or NOT_KNOWN


def _extra(factors: Sequence[Mapping[str, str]], words: Mapping[str, str], random: Random) -> list[Answers]:
    """Return one more sentence about something the story has a factor for, so that no two referrals read the same."""
    worries = material.texts()["extra_worries"]
    possible = [factor for factor in factors if factor["code"] in worries and factor["basis"] != "told"]
    if not possible:
        return []
    factor = random.choice(possible)
    text = _fill(random.choice(worries[factor["code"]]), words)
    return [{"text": text, "basis": factor["basis"], "currency": factor["currency"]}]


def _factors(factors: Sequence[Mapping[str, str]]) -> Answers:
    found: dict[str, list[str]] = {"current": [], "earlier": []}
    for factor in factors:
        found[factor["currency"]].append(factor["code"])
    return {"factors_current": found["current"] or NOT_KNOWN, "factors_earlier": found["earlier"]}


def _voices(told: Mapping[str, Any], child: Child, words: Mapping[str, str]) -> Answers:
    answers: Answers = {"parent_view": _fill(told["parent_view"], words)}
    voice = told["child_voice"]
    if child.born_on is None:
        return answers
    if voice["words"]:
        heard = {"child_voice": _fill(voice["words"], words), "child_voice_how": _fill(voice["how"], words)}
        return answers | {"child_heard": True} | heard
    return answers | {"child_heard": False, "voice_why_not": voice["why_not"]}


def _informed(told: Mapping[str, Any]) -> Answers:
    informed = told["informed"]
    known = _INFORMED[informed["parent"] == "yes", informed["child"] == "yes"]
    answers: Answers = {"informed": known}
    if informed["parent"] != "yes":
        answers["informed_why_not"] = informed["parent_why_not"] or "unjustified_delay"
    return answers


def _agreement(told: Mapping[str, Any], random: Random) -> Answers:
    state, by = told["agreement"]["state"], told["agreement"]["by"]
    if state != "given":
        why = {"agreement_why_not": "We want to speak with them first, in person."} if state == "not_asked" else {}
        return {"agreement": state, **why}
    return {"agreement": state, "agreed_by": by, "agreed_how": random.choice(("in_person", "phone"))}


def _fill(sentence: str, words: Mapping[str, str]) -> str:
    return sentence.format_map(words) if "{" in sentence else sentence
