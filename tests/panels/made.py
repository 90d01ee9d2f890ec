"""Panels and items of their agenda that reached their state by the real edges, and who takes them there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.calendar import at_local, local
from backend.panels.commands import plan_panel, put_on_agenda
from backend.panels.models import Panel, PanelItem
from backend.panels.serializers.inputs import PlanPanelInput, PutOnAgendaInput
from backend.workflow.views import validated
from tests.actors import actor
from tests.edges import BASIS, take
from tests.factories import agency_id

CHAIR, INVITED, OTHER = "front-door", "school-nursing", "kite-street"
QUESTION, TOLD, SAID = "Which group could he join?", "He trusts the nurse.", "He missed three appointments."


def of(slug: str) -> UUID:
    """The key of an agency."""
    return UUID(agency_id(slug))


def rows(model: Any, who: Actor, **where: Any) -> list[Any]:
    """The rows that somebody reads of a table."""
    with acting(who):
        return list(model.objects.filter(**where).order_by("id"))


def chair(role: Role = Role.MANAGER) -> Actor:
    """Somebody of the agency that chairs."""
    return actor(CHAIR, role)


def nurse(role: Role = Role.MANAGER) -> Actor:
    """Somebody of the agency that is invited."""
    return actor(INVITED, role)


def day() -> date:
    """The day of a meeting that is planned now."""
    return local(clock.now()).date() + timedelta(days=7)


def begins() -> datetime:
    """When a meeting begins that is planned now."""
    return at_local(day(), datetime.strptime("14:00", "%H:%M").time())


def planned(by: Actor | None = None, *, at: datetime | None = None, name: str = "Tuesday panel") -> Panel:
    """A meeting in a week, or at another time."""
    by = by or chair()
    given = {"kind": "prevention", "name": name, "starts_at": (at or begins()).isoformat()}
    with acting(by):
        return plan_panel(by, validated(PlanPanelInput, given), panel_id=uuid7())


def begun(by: Actor | None = None) -> Panel:
    """A meeting that is being held now."""
    by = by or chair()
    return lead("hold", soon(by), by)


def soon(by: Actor | None = None) -> Panel:
    """A meeting that begins in a minute."""
    return planned(by, at=clock.now() + timedelta(minutes=1))


def on_agenda(case: Case, worker: Actor, panel: Panel | None = None, **given: Any) -> PanelItem:
    """A case that the panel is to hear."""
    panel = panel or planned()
    last = local(panel.starts_at).date() + timedelta(days=10)
    values = {
        "panel": str(panel.id),
        "question": QUESTION,
        "purpose": "agree_package",
        "last_day": last.isoformat(),
        **BASIS,
        **given,
    }
    with acting(worker):
        return put_on_agenda(worker, case.id, validated(PutOnAgendaInput, values), item_id=uuid7())


def go(edge: str, item: PanelItem, who: Actor, **given: Any) -> PanelItem:
    """Take one edge of an item."""
    done: PanelItem = take(edge, item.id, who, noun="panel_item", **{**good(edge, item), **given})
    return done


def good(edge: str, item: PanelItem) -> dict[str, Any]:
    """What a drawn form would not know."""
    if edge == "invite":
        return {"agency": str(agency_id(INVITED)), "told": TOLD}
    if edge == "give_information":
        return {"text": SAID, "read_until": (local(item.panel.starts_at).date() + timedelta(days=1)).isoformat()}
    return {}


def invited(item: PanelItem, worker: Actor, **given: Any) -> PanelItem:
    """The same item, with the nurses invited."""
    return go("invite", item, worker, **given)


def lead(edge: str, panel: Panel, who: Actor | None = None, **given: Any) -> Panel:
    """Take one edge of a meeting."""
    done: Panel = take(edge, panel.id, who or chair(), noun="panel", **given)
    return done


def heard(case: Case, worker: Actor, by: Actor, guest: Actor, *, agency: UUID) -> tuple[Panel, PanelItem]:
    """A case at a panel that is being held: one agency was invited and gave what it knows; one thing is decided."""
    panel = soon(by)
    item = on_agenda(case, worker, panel)
    invited(item, worker, agency=agency)
    go("give_information", item, guest)
    lead("hold", panel, by)
    go("decide", item, by)
    return panel, item


@contextmanager
def at_the_meeting(panel: Panel, *, minutes: int = 5) -> Iterator[None]:
    """The clock stands at a time of the meeting."""
    with clock.at(panel.starts_at + timedelta(minutes=minutes)):
        yield
