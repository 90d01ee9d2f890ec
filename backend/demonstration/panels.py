"""The city's panels: two that were held, with what was given, decided and put into plans, and one to come."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.cases.commands import action_machine
from backend.cases.models import Case
from backend.core import clock
from backend.core.errors import Refusal
from backend.core.ids import uuid7
from backend.deadlines.calendar import at_local, is_working_day, local
from backend.demonstration.answers import edge_basis
from backend.demonstration.emptying import OWNER
from backend.demonstration.givers import people_of
from backend.demonstration.staff import FRONT_DOOR
from backend.demonstration.stage import Company
from backend.panels.commands import panel_item_machine, panel_machine, plan_panel, put_on_agenda
from backend.panels.commands.planning import put_in_plan
from backend.panels.models import Panel, PanelDecision, PanelItem
from backend.panels.serializers.inputs import (
    PANEL_INPUTS,
    PANEL_ITEM_INPUTS,
    PlanPanelInput,
    PutInPlanInput,
    PutOnAgendaInput,
)
from backend.workflow.fields import EdgeInput
from backend.workflow.machine import Machine
from backend.workflow.views import validated

# So many days ago two were held, and the next one is so many days ahead; each hears so many children.
_HELD, _TO_COME, _HEARS = (66, 17), 6, 3
_BEGINS = time(14, 0)
_NAME, _PLACE = "Prevention panel", "Civic Centre, room 2, or by video"
_GUESTS = ("youth-justice", "school-nursing", "kite-street")
_QUESTIONS = (
    "Which group could help with friends who do not pull the other way?",
    "Who could see the family at home in the evenings?",
    "Home is calmer and school is not. What would help on the way there and back?",
)
_TOLD = "You have known the family for longer than we have. Please tell the panel what helped."
_GIVEN = (
    "Came to four of five appointments when a text was sent the evening before.",
    "Talks more while doing something than across a table.",
    "The older brother is somebody whose word counts.",
)
_DECIDED = ("Ask the youth club for a place, and go along the first time.", "Meet at school with the head of year.")
_LEFT_OUT = (Refusal, ValueError)
_DONE = "It was done. The child went twice and wants to go on."


@dataclass(frozen=True, slots=True)
class _Table:
    company: Company
    chair: Actor
    panel: Panel

    def day(self, days: int) -> str:
        """Return a day, counted from the meeting's."""
        return (local(self.panel.starts_at).date() + timedelta(days=days)).isoformat()

    @contextmanager
    def acts(self, who: Actor, *, days: int = 0, minutes: int = 0) -> Iterator[None]:
        """Let somebody act so long after the meeting began, or before it; never later than now."""
        moment = self.panel.starts_at + timedelta(days=days, minutes=minutes)
        with clock.at(min(moment, clock.now())), acting(who):
            yield


def hold_panels(company: Company) -> None:
    """Hold the two and prepare the third; nothing where there is a panel already, or nobody to chair it."""
    chairs = people_of(company, FRONT_DOOR, ("manager",))
    if not chairs or Panel.objects.using(OWNER).exists():
        return
    today, cases = local(clock.now()).date(), _cases()
    for number, days in enumerate(_HELD):
        table = _planned(company, chairs[0], today - timedelta(days=days))
        items = list(_heard(table, cases))
        _hold(table, items)
        _follow(table, items, is_done=number == 0)
    list(_heard(_planned(company, chairs[0], today + timedelta(days=_TO_COME)), cases))


def _cases() -> Iterator[Case]:
    """Yield cases that were worked on for long enough to have been heard by any of them, each once."""
    long_ago = clock.now() - timedelta(days=_HELD[0] + 30)
    rows = Case.objects.using(OWNER).select_related("lead_agency", "lead_practitioner")
    worked = rows.filter(state__in=Case.WITH_PRACTITIONER, lead_practitioner__isnull=False, minded_for_id=None)
    yield from worked.filter(opened_at__lt=long_ago, joined_into=None).order_by("-opened_at", "id")[: 8 * _HEARS]


def _planned(company: Company, chair: Actor, day: date) -> _Table:
    """Return a meeting that was planned three weeks before its day, a working one, or a minute ago."""
    while not is_working_day(day):
        day += timedelta(days=1)
    begins = at_local(day, _BEGINS)
    given = {"kind": "prevention", "name": _NAME, "place": _PLACE, "starts_at": begins.isoformat()}
    with clock.at(min(begins - timedelta(days=21), clock.now())), acting(chair):
        panel = plan_panel(chair, validated(PlanPanelInput, given), panel_id=uuid7())
    return _Table(company, chair, panel)


def _heard(table: _Table, cases: Iterator[Case]) -> Iterator[tuple[PanelItem, Actor]]:
    """Put some cases on the agenda, with somebody invited to each who gives what they know, and who works on it."""
    number = 0
    for case in cases:
        worker = _worker(table.company, case)
        if worker is None:
            continue
        try:
            yield _put_on(table, case, worker, number), worker
        except _LEFT_OUT:
            # Somebody who began on it later, or whose sharing ended: another one is heard.
            continue
        number += 1
        if number == _HEARS:
            return


def _worker(company: Company, case: Case) -> Actor | None:
    theirs = [one for one in company.actors.values() if one.user_id == case.lead_practitioner_id]
    return next((one for one in theirs if one.agency_id == case.lead_agency_id), None)


def _put_on(table: _Table, case: Case, worker: Actor, number: int) -> PanelItem:
    kinds = case.lead_agency.kind, table.company.agencies[FRONT_DOOR].kind
    asked = {
        "panel": str(table.panel.id),
        "question": _QUESTIONS[number % len(_QUESTIONS)],
        "purpose": "agree_package",
        "last_day": table.day(14),
        **edge_basis(*kinds),
    }
    with table.acts(worker, days=-12):
        item = put_on_agenda(worker, case.id, validated(PutOnAgendaInput, asked), item_id=uuid7())
    # Somebody too close to the family, or with no basis to share on: the case is heard without them.
    with suppress(*_LEFT_OUT):
        _invite(table, item, worker, number)
    return item


def _invite(table: _Table, item: PanelItem, worker: Actor, number: int) -> None:
    lead, chair = item.lead_agency, table.company.agencies[FRONT_DOOR]
    slug = next(one for one in _GUESTS[number % 2 :] if one != lead.slug)
    guest, managers = table.company.agencies[slug], people_of(table.company, slug, ("manager",))
    told = {"agency": str(guest.id), "purpose": "share_risk", "told": _TOLD, **edge_basis(lead.kind, guest.kind)}
    _tell(table, worker, "invite", item, told, days=-11)
    # One has not said anything yet to the meeting that is to come.
    if managers and (number or table.panel.starts_at < clock.now()):
        words = {"text": _GIVEN[number % len(_GIVEN)], "mark": "", "read_until": table.day(28)}
        basis = edge_basis(guest.kind, lead.kind, chair.kind)
        _tell(table, managers[0], "give_information", item, {**words, **basis}, days=-7)


def _hold(table: _Table, items: list[tuple[PanelItem, Actor]]) -> None:
    _lead(table, "hold", minutes=2)
    for item, worker in items:
        came = {"agency": str(item.lead_agency_id), "person": worker.name, "came": "came"}
        _lead(table, "record_attendance", minutes=5, **came)
    for number, (item, _worker) in enumerate(items):
        does = {"owner": str(item.lead_agency_id), "due_on": table.day(21)}
        said = {"kind": "action", "text": _DECIDED[number % len(_DECIDED)], **does}
        # What the chair may not know of is not decided by them, and the minutes wait.
        with suppress(Refusal), table.acts(table.chair, minutes=20 + 20 * number):
            _perform(table.chair, panel_item_machine, "decide", item, PANEL_ITEM_INPUTS["decide"], said)
    with suppress(Refusal):
        _lead(table, "sign", minutes=150)


def _follow(table: _Table, items: list[tuple[PanelItem, Actor]], *, is_done: bool) -> None:
    """What was decided is in the plans the next day; of the first meeting it is done, of the second one is missing."""
    for item, worker in items if is_done else items[1:]:
        decision = PanelDecision.objects.using(OWNER).filter(root_id=item.id).first()
        if decision is None:
            continue
        given = {"decision": str(decision.id), "owner": str(worker.membership_id)}
        # Nobody works on some just then: there it stays what the panel decided.
        with suppress(Refusal):
            with table.acts(worker, days=1):
                action = put_in_plan(worker, item.id, validated(PutInPlanInput, given), action_id=uuid7())
            if is_done:
                with table.acts(worker, days=15):
                    done = {"outcome": _DONE}
                    action_machine.perform(worker, "complete", action.id, version=action.version, given=done)


def _lead(table: _Table, edge: str, *, minutes: int, **given: str) -> None:
    with table.acts(table.chair, minutes=minutes):
        _perform(table.chair, panel_machine, edge, table.panel, PANEL_INPUTS[edge], given)


def _tell(table: _Table, who: Actor, edge: str, item: PanelItem, given: dict[str, str], *, days: int) -> None:
    with table.acts(who, days=days):
        _perform(who, panel_item_machine, edge, item, PANEL_ITEM_INPUTS[edge], given)


def _perform(
    who: Actor, machine: Machine[Any], edge: str, target: Any, form: type[EdgeInput], given: dict[str, str]
) -> None:
    version: int = machine.model.objects.values_list("version", flat=True).get(pk=target.pk)
    said = validated(form, {**given, "version": version})
    said.pop("version")
    machine.perform(who, edge, target.pk, version=version, given=said, raw=given)
