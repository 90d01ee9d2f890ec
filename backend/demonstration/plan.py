"""The plan of the city as data: who each child is, what happened with each referral, by whom, and when.

Nothing here touches a database. The same seed gives the same names, stories, people and states on any day; when
things happened moves with the instant at which the city is made, so that its clocks are red, amber and green then.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from backend.demonstration.families import Child
from backend.demonstration.staff import Seat


@dataclass(frozen=True, slots=True)
class Step:
    """One thing somebody did, at an instant."""

    verb: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """One referral: its shape and story, everybody who had a part in it by what they did, and its steps."""

    number: int
    shape: str
    story: str
    state: str
    urgent: bool
    referrer: Seat
    sends_to: str
    holder: str
    steps: tuple[Step, ...]
    # Agencies by their part (offered, lead, next_lead) and people by theirs (officer, manager, second, …).
    agencies: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, Seat] = field(default_factory=dict)
    asked: tuple[Seat, ...] = ()


@dataclass(frozen=True, slots=True)
class Life:
    """One child and every referral about it, the earliest first."""

    number: int
    child: Child
    contacts: tuple[Contact, ...]

    @property
    def steps(self) -> int:
        """Return how many steps there are to walk."""
        return sum(len(contact.steps) for contact in self.contacts)


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole city."""

    seed: str
    now: datetime
    lives: tuple[Life, ...]

    @property
    def contacts(self) -> list[Contact]:
        """Return every referral."""
        return [contact for life in self.lives for contact in life.contacts]
