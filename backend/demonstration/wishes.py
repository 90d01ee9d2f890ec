"""What some of the demo city's people have chosen about email: quiet evenings, a digest before they go home."""

from collections.abc import Mapping
from typing import Any

from backend.access.binding import acting
from backend.administration.commands.settings import choose_settings
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


def choose(company: Company) -> int:
    """Let them choose; return how many did."""
    people = {actor.name: actor for actor in company.actors.values() if actor.name in _CHOSEN}
    for name, actor in people.items():
        with acting(actor):
            choose_settings(actor, _CHOSEN[name], version=0)
    return len(people)
