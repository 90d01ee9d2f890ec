"""Who hears what of an item (docs/adr/0043): by invitation alone, only what it says, and no longer than it lasts."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from backend.access.binding import acting
from backend.access.models import Conflict as Barred
from backend.access.models import Named
from backend.agencies.roles import Role
from backend.audit.models import Event
from backend.core import clock
from backend.core.ids import uuid7
from backend.panels.models import Panel, PanelItem
from backend.sharing.models import Disclosure
from tests.actors import actor, browser_of, seen
from tests.cases.conftest import World
from tests.factories import agency_id
from tests.panels.made import (
    CHAIR,
    INVITED,
    OTHER,
    QUESTION,
    SAID,
    TOLD,
    at_the_meeting,
    chair,
    go,
    invited,
    lead,
    nurse,
    of,
    on_agenda,
    planned,
    rows,
)

pytestmark = pytest.mark.django_db
TABLES = ("panelitem", "invitation", "information", "informationtext", "paneldecision")


def shown(item: PanelItem, who: Any) -> dict[str, Any] | None:
    """The item as somebody gets it; nothing where it is not there for them."""
    answer = browser_of(who).get(f"panel-items/{item.id}/")
    assert answer.status_code in (200, 404), answer.content
    found: dict[str, Any] | None = answer.json() if answer.status_code == 200 else None
    return found


def in_the_tables(who: Any) -> int:
    """How many rows of every table about items somebody reads by a bare SELECT."""
    with acting(who):
        return sum(len(seen(f"panels_{table}")) for table in TABLES)


def of_others() -> list[Any]:
    """People of the same partnership who were not invited, in the roles that sit on panels, and one who does not."""
    return [
        actor(OTHER, Role.MANAGER),
        actor("youth-justice", Role.TRIAGE_OFFICER),
        actor(INVITED, Role.PRACTITIONER),
    ]


def test_a_seat_at_the_panel_opens_nothing(world: World) -> None:
    item = on_agenda(world.allocated(), world.worker)
    for who in [nurse(), *of_others()]:
        assert shown(item, who) is None
        assert in_the_tables(who) == 0
        panel = browser_of(who).get(f"panels/{item.panel_id}/").json()
        assert (panel["name"], panel["agenda"]) == ("Tuesday panel", [])


def test_an_invited_agency_sees_what_its_invitation_says_and_nothing_else(world: World) -> None:
    case = world.allocated()
    item = invited(on_agenda(case, world.worker), world.worker)
    invited(item, world.worker, agency=str(agency_id(OTHER)), told="For others.")
    go("give_information", item, chair(), text="From the chair.")
    found = shown(item, nurse())
    assert found is not None
    assert (found["question"], found["case_id"]) == (QUESTION, None)
    assert [(one["agency"], one["told"]) for one in found["invitations"]] == [(nurse().agency_name, TOLD)]
    assert found["information"] == []
    for path in (f"cases/{case.id}/", f"cases/{case.id}/panel-items/"):
        assert browser_of(nurse()).get(path).status_code == 404
    with acting(nurse()):
        assert case.id not in seen("cases_case")
        assert case.child_id not in seen("children_child"), "the child's record says more than its name"
        assert not Event.objects.filter(root_id=item.id).exists(), "what happens to an item tells who else is invited"
    for who in of_others()[1:]:
        assert shown(item, who) is None


def test_the_chair_and_the_readers_of_the_case_see_all_invitations(world: World) -> None:
    item = invited(on_agenda(world.allocated(), world.worker), world.worker)
    for who in (chair(), chair(Role.TRIAGE_OFFICER), world.worker, world.manager):
        found = shown(item, who)
        assert found is not None
        assert [one["told"] for one in found["invitations"]] == [TOLD]
        assert (found["case_id"] is None) == (who.agency_name == chair().agency_name)


def test_each_invitation_is_a_line_of_the_cases_ledger(world: World) -> None:
    case = world.allocated()
    item = invited(on_agenda(case, world.worker), world.worker)
    lines = rows(Disclosure, world.worker, root_id=case.id)
    assert {one.to_agency_id for one in lines} == {of(CHAIR), of(INVITED)}
    for one in lines:
        assert one.purpose == "To agree what is offered to the child"
        assert "until the minutes are signed" in one.what
    listed = browser_of(world.worker).get(f"cases/{case.id}/sharing/").json()["results"]
    assert {str(one.id) for one in lines} <= {row["id"] for row in listed}
    assert item.case_reference == case.reference


def test_it_ends_on_its_last_day_without_anybody_doing_anything(world: World) -> None:
    item = invited(on_agenda(world.allocated(), world.worker), world.worker)
    with clock.at(item.open_until - timedelta(minutes=1)):
        assert shown(item, nurse()) is not None
    with clock.at(item.open_until):
        for who in (nurse(), chair()):
            assert shown(item, who) is None
            assert in_the_tables(who) == 0
        assert shown(item, world.worker) is not None


@pytest.mark.parametrize("way", ["sign", "cancel", "take_off"])
def test_signing_calling_off_and_taking_off_close_it_at_once(world: World, way: str) -> None:
    panel = planned()
    item = invited(on_agenda(world.allocated(), world.worker, panel), world.worker)
    with at_the_meeting(panel):
        if way == "take_off":
            go("take_off", item, world.worker)
        elif way == "cancel":
            lead("cancel", panel)
        else:
            lead("hold", panel)
            go("decide", item, chair())
            lead("sign", panel)
    with at_the_meeting(panel, minutes=6):
        for who in (nurse(), chair()):
            assert shown(item, who) is None
            assert in_the_tables(who) == 0
        assert shown(item, world.worker) is not None


def test_an_invited_agency_reads_of_the_decisions_its_own(world: World) -> None:
    panel = planned()
    item = invited(on_agenda(world.allocated(), world.worker, panel), world.worker)
    with at_the_meeting(panel):
        lead("hold", panel)
        due = (panel.starts_at + timedelta(days=7)).date().isoformat()
        for slug in (INVITED, OTHER):
            go("decide", item, chair(), kind="action", text=slug, owner=str(agency_id(slug)), due_on=due)
        mine, all_of_it = shown(item, nurse()), shown(item, world.worker)
        assert mine is not None
        assert all_of_it is not None
        assert [one["text"] for one in mine["decisions"]] == [INVITED]
        assert {one["text"] for one in all_of_it["decisions"]} == {INVITED, OTHER}


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize("overlay", ["conflict", "sealed"])
def test_nobody_barred_from_the_child_hears_it(world: World, overlay: str) -> None:
    case = world.allocated()
    item = invited(on_agenda(case, world.worker), world.worker)
    if overlay == "conflict":
        Barred.objects.using("owner").create(id=uuid7(), user_id=nurse().user_id, child_id=case.child_id)
    else:
        Named.objects.using("owner").create(user_id=chair().user_id, child_id=case.child_id)
    assert shown(item, nurse()) is None
    assert in_the_tables(nurse()) == 0


def test_only_the_chair_writes_a_meeting_and_nobody_once_it_is_over(world: World) -> None:
    panel = planned()
    taken = "UPDATE panels_panel SET chair_agency_id = %s WHERE id = %s"
    for who in (actor(OTHER, Role.MANAGER), nurse()):
        with acting(who), pytest.raises(DatabaseError, match="only the agency that chairs"), transaction.atomic():
            connection.cursor().execute(taken, [who.agency_id, panel.id])
    lead("cancel", panel)
    again = "UPDATE panels_panel SET state = 'planned', ended_at = NULL WHERE id = %s"
    with acting(chair()), pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
        connection.cursor().execute(again, [panel.id])
    assert rows(Panel, chair(), id=panel.id)[0].state == Panel.CANCELLED


def test_nobody_gives_information_in_the_name_of_another_agency(world: World) -> None:
    item = invited(on_agenda(world.allocated(), world.worker), world.worker)
    go("give_information", item, nurse())
    forged = """INSERT INTO panels_information (id, root_id, agency_id, mark, expires_at, by_id, by_name, at)
                VALUES (gen_random_uuid(), %s, %s, '', now() + interval '1 day', %s, %s, now())"""
    with acting(nurse()), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(forged, [item.id, agency_id(OTHER), nurse().user_id, nurse().name])
    stranger = actor(OTHER, Role.MANAGER)
    with acting(stranger), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(forged, [item.id, stranger.agency_id, stranger.user_id, stranger.name])
    found = shown(item, world.worker)
    assert found is not None
    assert [one["text"] for one in found["information"]] == [SAID]


FORGED = [
    "UPDATE panels_panelitem SET chair_agency_id = %(agency)s WHERE id = %(item)s",
    "UPDATE panels_panelitem SET question = 'Who else was asked?' WHERE id = %(item)s",
    "UPDATE panels_panelitem SET state = 'taken_off', taken_off_at = now() WHERE id = %(item)s",
    "UPDATE panels_panelitem SET state = 'decided' WHERE id = %(item)s",
    # By its child an item is barred or sealed.
    "UPDATE panels_panelitem SET child_id = gen_random_uuid() WHERE id = %(item)s",
    "UPDATE panels_panelitem SET taken_off_why = 'Nobody came.' WHERE id = %(item)s",
    "UPDATE panels_invitation SET child_id = gen_random_uuid() WHERE root_id = %(item)s",
    "UPDATE panels_invitation SET partnership_id = gen_random_uuid() WHERE root_id = %(item)s",
    "UPDATE panels_invitation SET open_until = '2100-01-01', ended_at = NULL WHERE root_id = %(item)s",
    "UPDATE panels_invitation SET told = 'Everything.' WHERE root_id = %(item)s",
    "DELETE FROM panels_invitation WHERE root_id = %(item)s",
    "DELETE FROM panels_panelitem WHERE id = %(item)s",
    """INSERT INTO panels_invitation
         (id, version, root_id, partnership_id, child_id, agency_id, purpose, told, open_until, by_id, by_name, at)
       SELECT gen_random_uuid(), 0, i.id, i.partnership_id, i.child_id, %(other)s, '', '', i.open_until, %(person)s, '',
         now() FROM panels_panelitem i WHERE i.id = %(item)s""",
]


@pytest.mark.parametrize("statement", FORGED)
def test_who_hears_an_item_cannot_rewrite_who_hears_what_by_the_web_login(world: World, statement: str) -> None:
    item = invited(on_agenda(world.allocated(), world.worker), world.worker)
    who = nurse()
    values = {"agency": who.agency_id, "item": item.id, "other": of(OTHER), "person": who.user_id}
    with acting(who), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement, values)


def test_the_chair_invites_nobody_itself_by_the_web_login(world: World) -> None:
    item = on_agenda(world.allocated(), world.worker)
    values = {"item": item.id, "other": of(OTHER), "person": chair().user_id}
    with acting(chair()), pytest.raises(DatabaseError, match="only who reads the case"), transaction.atomic():
        connection.cursor().execute(FORGED[-1], values)


def test_the_chair_decides_nothing_before_the_meeting_and_takes_nothing_back_by_the_web_login(world: World) -> None:
    panel = planned()
    item = on_agenda(world.allocated(), world.worker, panel)
    write = "UPDATE panels_panelitem SET state = %s WHERE id = %s"
    with acting(chair()), pytest.raises(DatabaseError, match="the chair decides"), transaction.atomic():
        connection.cursor().execute(write, ["decided", item.id])
    with at_the_meeting(panel):
        lead("hold", panel)
        go("decide", item, chair())
        for who in (chair(), world.worker):
            with acting(who), pytest.raises(DatabaseError, match="the chair decides"), transaction.atomic():
                connection.cursor().execute(write, ["on_agenda", item.id])
