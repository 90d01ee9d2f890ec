"""The schedule, as the app below keeps it in versions that two people of a partnership agree."""

from functools import partial

from backend.configuration.kinds import Entry, Kind, register_kind
from backend.configuration.shipped import shipped
from backend.core import vocabulary
from backend.retention.inputs import RuleInput
from backend.retention.rules import SCHEDULE, faults
from backend.workflow.descriptors import describe
from backend.workflow.views import validated


def register() -> None:
    """Register the kind."""
    register_kind(
        Kind(
            code=SCHEDULE,
            label="How long records are kept",
            intro="This partnership’s schedule: from when a record that has ended may be deleted. Nothing is deleted "
            "by it alone: somebody proposes a list, and two more people agree.",
            noun="rule",
            form=partial(describe, RuleInput),
            read=partial(validated, RuleInput),
            title=_title,
            shipped=partial(shipped, SCHEDULE, RuleInput),
            faults=faults,
        )
    )


def _title(entry: Entry) -> str:
    return vocabulary.get("retention_records").label(entry["record"])
