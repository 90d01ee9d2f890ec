"""What speaks for the same child, in words: people decide by these, never by a number."""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "number": {"same": "Same NHS or pupil number", "near": "NHS or pupil number with one digit different"},
    "given_name": {
        "same": "Same given name",
        "alias": "Given name is another form, or the name the child is known as",
        "swapped": "Given and family name exchanged",
        "close": "Given name spelt almost the same",
        "alike": "Given name sounds or looks alike",
    },
    "family_name": {
        "same": "Same family name",
        "alias": "Family name is another form or a part",
        "close": "Family name spelt almost the same",
        "alike": "Family name sounds or looks alike",
    },
    "birth": {
        "same": "Same date of birth",
        "swapped": "Date of birth with day and month exchanged",
        "digit": "Date of birth with one digit different",
        "partly": "Two parts of the date of birth agree",
        "near": "Dates of birth close to each other",
    },
    "address": {
        "same": "Same address",
        "postcode": "Same postcode, now or at another home",
        "line": "Same house and street",
        "area": "Same part of the city",
    },
    "phones": {"same": "Same telephone number"},
    "household": {"several": "Same people around the child", "one": "A person around both children has the same name"},
}
AGAINST: Mapping[str, str] = {
    "number": "But NHS or pupil number differs",
    "given_name": "But given name differs",
    "family_name": "But family name differs",
    "birth": "But date of birth differs",
    "sex": "But sex differs",
}
# The one child is a person of the other's family: seen in the two, and worth more than that something differs.
_NAMED = "But one of them is named among the people around the other"

# From how many powers of two the odds earn which words; the officer reads the words.
_BANDS = ((10.0, "Very likely the same child"), (3.0, "Likely the same child"))
_LEAST = "May be the same child"


def strength(weight: float) -> str:
    """Return how likely two records are one child, as a band in words."""
    return next((words for least, words in _BANDS if weight >= least), _LEAST)


def by_referrer(says: bool | None) -> tuple[str, ...]:
    """Return what the person who wrote the referral said of the two, if anything."""
    if says is None:
        return ()
    return ("The referrer says it is this child",) if says else ("The referrer says it is another child",)


def in_words(levels: Mapping[str, str | None]) -> tuple[str, ...]:
    """Return what speaks for the same child and then what speaks against it; nothing about what is not known."""
    speaks_for = [words[level] for fact, words in WORDS.items() if (level := levels.get(fact)) and level in words]
    against = [sentence for fact, sentence in AGAINST.items() if levels.get(fact) == "different"]
    against += [_NAMED] if levels.get("household") == "named" else []
    return (*speaks_for, *against)
