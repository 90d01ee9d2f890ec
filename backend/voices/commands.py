"""What writes sayings: writing one down, and the machine by which words are read, let out and taken back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.audit.commands import record
from backend.core.errors import Forbidden
from backend.notifications.audience import Person
from backend.voices import queries, rules
from backend.voices.models import Saying
from backend.workflow.changing import Change
from backend.workflow.machine import Edge, Machine, Tell

_SAID = ("speaker", "direction", "themes", "words", "agreement", "asked_by", "asked_on", "month", "ward")


def record_saying(actor: Actor, given: Mapping[str, Any], *, saying_id: UUID) -> Saying:
    """Write down what somebody said. Raises a Refusal."""
    policy.require(actor, Permission.SAYING_RECORD)
    if actor.is_system:
        raise Forbidden("Only a person can write down what somebody said.")
    saying = Saying(
        id=saying_id,
        partnership_id=actor.partnership_id,
        agency_id=actor.agency_id,
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.name,
        recorded_as_id=actor.membership_id,
        **{name: given[name] for name in _SAID},
    )
    record(actor, "saying.record", saying, root_id=saying.id)
    return saying


def stands(saying: Any) -> dict[str, Any]:
    """Return what a saying says now, as its form takes it."""
    said = {name: getattr(saying, name) for name in _SAID}
    return {**said, "month": f"{saying.month:%Y-%m}", "asked_on": saying.asked_on and saying.asked_on.isoformat()}


def _correct(change: Change[Saying], inputs: dict[str, Any]) -> None:
    saying = change.target
    before = {name: getattr(saying, name) for name in _SAID}
    for name in _SAID:
        setattr(saying, name, inputs[name])
    change.data = {"fields": sorted(name for name in _SAID if before[name] != getattr(saying, name))}


saying_machine: Machine[Saying] = Machine(
    noun="saying",
    model=Saying,
    edges={
        "release": Edge(
            permission=Permission.SAYING_RELEASE,
            label="Release the words",
            hint="Analysts of the partnership can read them from then on, without a name.",
            rules=(rules.read_by_another,),
            suits=lambda saying: saying.has_words_to_read,
            stands=lambda saying: {"released_words": saying.words},
        ),
        "keep_back": Edge(
            permission=Permission.SAYING_KEEP_BACK,
            label="Send it back",
            hint="Whoever wrote it down is told, and corrects it. Until then nobody else reads the words.",
            suits=lambda saying: saying.has_words_to_read,
            tells=(
                Tell(
                    "saying_sent_back",
                    lambda saying: Person(saying.recorded_by_id),
                    lambda saying: saying.recorded_by_name,
                ),
            ),
        ),
        "correct": Edge(
            permission=Permission.SAYING_CORRECT,
            label="Correct it",
            hint="Words that were released are read by a second person again.",
            first=_correct,
            stands=stands,
        ),
        "take_back": Edge(
            permission=Permission.SAYING_TAKE_BACK,
            label="Take it back",
            hint="Nobody outside your organisation reads the words from then on. A report that quoted them keeps them.",
        ),
        "bring_back": Edge(
            permission=Permission.SAYING_BRING_BACK,
            label="Bring it back",
            hint="Only where it was taken back by mistake. It is counted again, and its words are read again first.",
        ),
    },
    visible_to=queries.visible_to,
    facts=lambda _saying, actor: actor.user_id,
    fields=lambda saying: {"agency": saying.agency.name},
    path=lambda saying: f"/voices/{saying.id}",
    owner_agency=lambda saying: saying.agency_id,
    labels=Saying.LABELS,
    waits_for=rules.why_not_read,
)
