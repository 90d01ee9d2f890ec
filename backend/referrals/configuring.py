"""What referrals are configured by, as the app below them keeps it in versions: threshold text, and rules that flag."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from backend.agencies.reference import read
from backend.configuration.kinds import Entries, Entry, Kind, register_kind
from backend.configuration.shipped import shipped, without_code
from backend.core import vocabulary
from backend.referrals.queries.rule_bench import tried
from backend.referrals.rules.flagging import FLAG_RULES
from backend.referrals.rules.levels import LEVELS, THRESHOLD_TEXT
from backend.referrals.serializers.configuring import LevelTextInput, RuleInput
from backend.workflow.descriptors import describe
from backend.workflow.views import validated

_RULES_FILE = "routing_rules"


def register() -> None:
    """Register every kind."""
    register_kind(
        Kind(
            code=FLAG_RULES,
            label="Rules that flag",
            intro="They flag a referral for whoever decides when it is sent or amended, and suggest whom to ask. "
            "They never decide, and choose nothing beforehand.",
            noun="rule",
            form=_form_of_a_rule,
            read=partial(validated, RuleInput),
            title=lambda entry: str(entry["label"]),
            shipped=partial(shipped, _RULES_FILE, RuleInput),
            faults=_faults_of_rules,
            try_out=_try_out,
        )
    )
    register_kind(
        Kind(
            code=THRESHOLD_TEXT,
            label="Threshold text",
            intro="What each level of need means here, as people read it where a child is referred and where that is "
            "decided. It never chooses a level.",
            noun="level",
            form=partial(describe, LevelTextInput),
            read=partial(validated, LevelTextInput),
            title=_level,
            shipped=partial(shipped, "threshold_texts", LevelTextInput),
            codes=tuple(vocabulary.get(LEVELS).codes),
        )
    )


def _form_of_a_rule() -> list[dict[str, Any]]:
    """Return the questions about a rule: what a condition asks for is asked once it is chosen, and then needed."""
    return [{**field, "required": field["required"] or field["show_if"] is not None} for field in describe(RuleInput)]


def _level(entry: Entry) -> str:
    return vocabulary.get(LEVELS).label(entry["code"])


def _faults_of_rules(entries: Entries) -> Iterator[str]:
    """Yield what is wrong with rules together, and with one that is a copy of an old one and names a retired code."""
    labels = [entry["label"].casefold() for entry in entries]
    for entry in entries:
        if labels.count(entry["label"].casefold()) > 1:
            yield f"Two rules are called “{entry['label']}”: nobody could tell them apart."
        again = RuleInput(data=without_code(entry))
        if not again.is_valid():
            asked = ", ".join(str(again.fields[name].label) for name in again.errors if name in again.fields)
            yield f"“{entry['label']}” has an answer that is not possible any more: {asked}"


def _try_out(new: Entries, now: Entries) -> dict[str, Any]:
    return tried(new, now, read(_RULES_FILE)["examples"])
