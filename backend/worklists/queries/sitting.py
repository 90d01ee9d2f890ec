"""What the actor's agency owes a panel, as lines of their work: for whoever of it sits on panels."""

from collections.abc import Iterator, Sequence

from backend.access.actors import Actor
from backend.core import clock
from backend.panels.models import PanelItem
from backend.panels.queries.owing import owed_by, to_sign
from backend.panels.rules import day_of, give_by
from backend.worklists.queries.items import MOST, Item

_GIVE = "Give {} what it needs to know"
_DECIDE = "Write down what {} decided"
_SIGN = "Sign the minutes of {}"


def owed_to_panels(actor: Actor) -> Sequence[PanelItem]:
    """Return the items that wait for the actor's agency."""
    return list(owed_by(actor)[:MOST])


def at_panels(actor: Actor, owed: Sequence[PanelItem]) -> Iterator[Item]:
    """Yield a line for each of them, by day: what is given by the day before the meeting, what is decided on it."""
    now = clock.now()
    for one in owed:
        is_to_come = one.panel.starts_at > now
        label = (_GIVE if is_to_come else _DECIDE).format(one.panel.name)
        due = give_by(one.panel) if is_to_come else day_of(one.panel)
        yield Item(str(one.id), "panel", label, one.case_reference, f"/panel-items/{one.id}", due)
    for panel in to_sign(actor)[:MOST]:
        label = _SIGN.format(panel.name)
        yield Item(str(panel.id), "panel", label, "", f"/panels/{panel.id}", day_of(panel))
