"""What some of the demo city's people have chosen: quiet evenings, a digest before they go home, a list at hand."""

from collections.abc import Mapping
from typing import Any

from backend.access.binding import acting
from backend.administration.commands.saving import keep
from backend.administration.commands.settings import choose_settings
from backend.administration.keeping import kept_address
from backend.core.ids import uuid7
from backend.demonstration.stage import Company
from backend.notifications.wishes import AT_ONCE, URGENT_ONLY

_CHOSEN: Mapping[str, Mapping[str, Any]] = {
    "Marsha Quarrie": {
        "by_kind": {"referrals": AT_ONCE, "disagreements": AT_ONCE},
        "digest_hour": 8,
        "quiet_from": 19,
        "quiet_to": 7,
    },
    "Rukhsana Malik": {
        "by_kind": {"people": URGENT_ONLY},
        "digest_hour": 16,
        "quiet_from": None,
        "quiet_to": None,
    },
}


# Whose it is, what it is called, and where it is; shown to the other managers.
_KEPT = ("Yasmin Farooqi", "Where something is overdue", "/cases?late=yes&view=lead")


def choose(company: Company) -> int:
    """Let them choose; return how many did."""
    people = {actor.name: actor for actor in company.actors.values() if actor.name in _CHOSEN}
    for name, actor in people.items():
        with acting(actor):
            choose_settings(actor, _CHOSEN[name], version=0)
    _keep_a_list(company)
    return len(people)


def _keep_a_list(company: Company) -> None:
    keeper, name, address = _KEPT
    for actor in company.actors.values():
        if actor.name == keeper:
            with acting(actor):
                keep(actor, uuid7(), {"name": name, "address": kept_address(address), "is_shared": True})
