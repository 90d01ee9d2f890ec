"""What else a form says around a made-up child: family, numbers, school, who helps, what visitors should know."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from backend.core.vocabulary import NOT_KNOWN
from backend.demonstration import material
from backend.demonstration.families import Child, Home
from backend.demonstration.material import Story
from backend.referrals.form.sharing import PUBLIC

Answers = dict[str, Any]
# Numbers that Ofcom keeps for drama: they ring nowhere.
_DRAMA = "07700 900{:03d}"
_RULES = ("any", "any", "text_only", "no_voicemail", "school_hours", "via_school")
_FAMILY_TOLD, _PHONE_GIVEN, _SCHOOL_TOLD, _HELPER_TOLD, _ALERT_TOLD = 0.55, 0.5, 0.3, 0.25, 0.05
_ALERTS = (
    (["dogs"], "Ring first and ask for the dog to be shut in the kitchen."),
    (["visit_in_pairs", "aggression"], "A visitor was threatened at the door in spring. Go in pairs, by day."),
    (["building"], "The stairwell light is broken. Use the entrance on the car park side."),
)
_HELPERS = (
    ("School nursing service", "School nurse"),
    ("Housing association", "Tenancy officer"),
    ("Early help team", "Family support worker"),
    ("Community club", "Youth worker"),
)
# What few may read: said by the police of one family in ten, and homes that nobody may learn of, one in eighty.
_INTELLIGENCE_TOLD, _HOME_HIDDEN = 0.1, 0.0125
_INTELLIGENCE = (
    ("Two people who deal from the flat below come and go after dark.", True),
    ("A relative is looked into over stolen bicycles. The family does not know.", False),
)
_WRITES = 0.5
# Neighbours and strangers, who say nobody who they are.
NAMELESS = ("1B", "1D")
# Those who want to hear what becomes of it, and have no account.
CALLERS = tuple(code for code in PUBLIC if code not in NAMELESS)
_AGE_OF_RECEPTION, _LAST_YEAR = 5, 11


def around(story: Story, child: Child, *, at: datetime, words: Mapping[str, str], random: Random) -> Answers:
    """Return what somebody adds who knows the family; a family says the same of itself each time."""
    family = Random(f"{child.home.address}, {child.home.family_name}")  # noqa: S311 - made-up people
    answers: Answers = {
        **_family(child.home, family),
        **_schooling(story, child, at, random),
        **_helpers(story, random),
        **_caller(story, family),
    }
    if story.told["agreement"]["state"] == "refused":
        why = "We believe {given} may be harmed if everybody waits. The family knows that we are telling you."
        answers |= {"without_agreement": "at_risk", "without_agreement_why": why.format_map(words)}
    if random.random() < _ALERT_TOLD:
        codes, note = random.choice(_ALERTS)
        review = (at + timedelta(days=random.randint(60, 300))).date().isoformat()
        answers |= {"staff_safety": codes, "staff_safety_note": note, "staff_safety_review": review}
    return answers


def kept_apart(child: Child, sender_kind: str) -> tuple[list[Answers], Answers]:
    """Return what bears a label: what the police know, with the warning that goes with it, and a home kept secret."""
    home = child.home
    chance = Random(f"{home.address}, {home.family_name}, kept apart")  # noqa: S311 - made-up people
    answers: Answers = {"address_protected": True} if chance.random() < _HOME_HIDDEN else {}
    if sender_kind != "police" or chance.random() >= _INTELLIGENCE_TOLD:
        return [], answers
    text, risky = chance.choice(_INTELLIGENCE)
    said = {"text": text, "basis": "seen", "currency": "current", "mark": "police", "visitors_at_risk": risky}
    warning: Answers = {"staff_safety": ["speak_to_police_first"], "staff_safety_call": _DRAMA.format(101)}
    return [said], answers | (warning if risky else {})


def _family(home: Home, family: Random) -> Answers:
    """Return mother, father and grandmother as far as somebody knows them, with a number and how to use it."""
    answers: Answers = {}
    mother = f"{family.choice(material.names('given', home.origin, 'F'))} {home.family_name}"
    father = f"{family.choice(material.names('given', home.origin, 'M'))} {home.family_name}"
    if family.random() < _FAMILY_TOLD:
        answers["people"] = [
            _person(mother, "mother", lives="yes", responsible="yes", told="yes"),
            _person(father, "father", lives=family.choice(("yes", "no", NOT_KNOWN)), responsible=NOT_KNOWN, told="no"),
        ]
    if family.random() < _PHONE_GIVEN:
        number = _DRAMA.format(family.randrange(1000))
        answers["phones"] = [{"whose": mother, "number": number, "rule": family.choice(_RULES)}]
    return answers


def _person(name: str, relationship: str, *, lives: str, responsible: str, told: str) -> Answers:
    return {
        "name": name,
        "relationship": relationship,
        "lives_with_child": lives,
        "parental_responsibility": responsible,
        "told": told,
    }


def _schooling(story: Story, child: Child, at: datetime, random: Random) -> Answers:
    age = child.age_on(at.date())
    answers: Answers = {"sen_status": story.told["sen_status"]} if story.told["sen_status"] else {}
    if child.born_on and _AGE_OF_RECEPTION < age <= _LAST_YEAR + _AGE_OF_RECEPTION and random.random() < _SCHOOL_TOLD:
        answers |= {"school_year": f"year_{age - _AGE_OF_RECEPTION}", "attendance": f"{random.randint(61, 96)}%"}
    return answers


def _helpers(story: Story, random: Random) -> Answers:
    answers: Answers = {}
    if story.told["legal_status"] not in ("", "none_known"):
        answers["legal_statuses"] = [story.told["legal_status"]]
    if random.random() < _HELPER_TOLD:
        agency, role = random.choice(_HELPERS)
        known = {"name": NOT_KNOWN, "agency": agency, "role": role, "aware": random.choice(("yes", "no", NOT_KNOWN))}
        answers["professionals"] = [known]
    return answers


def _caller(story: Story, family: Random) -> Answers:
    """Return how somebody who is no professional hears back, when the front door writes down their call."""
    if story.told["source_code"] in NAMELESS:
        return {"caller_feedback": "anonymous"}
    if story.told["source_code"] not in CALLERS:
        return {}
    if family.random() < _WRITES:
        address = f"relative.{family.randrange(1000)}@home.example"
        return {
            "caller_feedback": "email",
            "caller_name": NOT_KNOWN,
            "caller_reach": address,
            "caller_rule": "writing_only",
        }
    number = _DRAMA.format(family.randrange(1000))
    return {"caller_feedback": "phone", "caller_name": NOT_KNOWN, "caller_reach": number, "caller_rule": "any"}
