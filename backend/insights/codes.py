"""By what referrals are published: the codes of each dimension, fewer than are recorded, and their words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from backend.core import vocabulary
from backend.core.vocabulary import NOT_KNOWN
from backend.referrals.states import ReferralStates

DIMENSIONS = ("month", "ward", "theme", "source", "decision", "age", "sex", "ethnicity", "needs")
UNBORN = -1
NO_THEME = "none_yet"
_NOT_DECIDED = "not_decided"
# From which age on, in whole years; the older first.
_AGES = ((16, "16_up"), (14, "14_15"), (10, "10_13"), (5, "5_9"), (0, "0_4"), (UNBORN, "unborn"))


@dataclass(frozen=True, slots=True)
class Dimension:
    """One that a report may ask by: its name, its words, and its codes with theirs in the order in which they stand."""

    name: str
    label: str
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a referral says of itself and of the child, as it is recorded."""

    ward: str
    theme: str
    source: str
    state: str
    age: int | None
    sex: str
    ethnicity: str
    needs: str | None

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the published codes, in the order of the dimensions after the month."""
        return (
            self.ward if self.ward in vocabulary.get("wards") else NOT_KNOWN,
            self.theme if self.theme in vocabulary.get("board_themes") else NO_THEME,
            _group("sources", self.source),
            _DECISIONS.get(self.state, _NOT_DECIDED),
            _band(self.age),
            self.sex if self.sex in ("F", "M") else NOT_KNOWN,
            _group("ethnicities", self.ethnicity),
            _NEEDS.get(self.needs or "", NOT_KNOWN),
        )


# What came of a referral, in fewer words than its states have.
_DECISIONS: Mapping[str, str] = {
    ReferralStates.ACCEPTED: "accepted",
    ReferralStates.LINKED: "accepted",
    ReferralStates.SIGNPOSTED: "signposted",
    ReferralStates.DECLINED: "declined",
    ReferralStates.STEPPED_UP: "stepped_up",
    ReferralStates.HANDED_OVER: "stepped_up",
    ReferralStates.WITHDRAWN: "ended",
    ReferralStates.CLOSED: "ended",
}
_NEEDS: Mapping[str, str] = {
    "none": "none",
    "suspected": "waiting",
    "awaiting_assessment": "waiting",
    "sen_support": "sen_support",
    "ehcp": "ehcp",
}


@cache
def dimensions() -> Mapping[str, Dimension]:
    """Return what a report may ask by beside the month, in the order in which it is offered."""
    found = (
        Dimension("theme", "Board’s theme", {**_words("board_themes"), NO_THEME: "No theme given"}),
        Dimension("ward", "Ward", {**_words("wards"), NOT_KNOWN: "Ward not known"}),
        Dimension("source", "Who referred", _groups("sources")),
        Dimension("decision", "What was decided", {
            "accepted": "Help was given, or added to work that was open",
            "signposted": "Signposted",
            "declined": "Declined",
            "stepped_up": "Stepped up",
            "ended": "Withdrawn, or ended without a decision",
            _NOT_DECIDED: "Not decided yet",
        }),
        Dimension("age", "Age", {
            "unborn": "Not yet born",
            "0_4": "0 to 4",
            "5_9": "5 to 9",
            "10_13": "10 to 13",
            "14_15": "14 and 15",
            "16_up": "16 and over",
            NOT_KNOWN: "Age not known",
        }),
        Dimension("sex", "Sex", {"F": "Female", "M": "Male", NOT_KNOWN: "Not known"}),
        Dimension("ethnicity", "Ethnicity", _groups("ethnicities")),
        Dimension("needs", "Special educational needs", {
            "none": "None known",
            "waiting": "Suspected, or waiting for an assessment",
            "sen_support": "SEN support",
            "ehcp": "Education, health and care plan",
            NOT_KNOWN: "Not known",
        }),
    )  # fmt: skip
    return {one.name: one for one in found}


def factors() -> Mapping[str, str]:
    """Return the factors that a referral may name, with their words."""
    return _words("factors")


def _words(name: str) -> dict[str, str]:
    return {term.code: term.label for term in vocabulary.get(name)}


def _groups(name: str) -> Mapping[str, str]:
    groups = dict.fromkeys(term.group for term in vocabulary.get(name))
    return {**{_code(group): group for group in groups}, NOT_KNOWN: "Not known"}


def _group(name: str, code: str) -> str:
    term = vocabulary.get(name).terms.get(code)
    return _code(term.group) if term else NOT_KNOWN


def _code(group: str) -> str:
    return "_".join(word.strip(",").lower() for word in group.split())


def _band(age: int | None) -> str:
    if age is None:
        return NOT_KNOWN
    return next((code for since, code in _AGES if age >= since), NOT_KNOWN)
