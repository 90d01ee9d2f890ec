"""Information given beforehand: labelled, on a basis, and from its last instant on read by nobody."""

from datetime import timedelta

import pytest

from backend.access.binding import acting
from backend.core import clock
from backend.core.errors import Conflict
from backend.deadlines.calendar import local
from backend.panels.models import Information, InformationText, PanelItem
from backend.sharing.models import Disclosure
from tests.actors import browser_of, seen
from tests.cases.conftest import World
from tests.panels.made import CHAIR, SAID, chair, go, invited, nurse, of, on_agenda, rows
from tests.panels.test_access import shown

pytestmark = pytest.mark.django_db


def asked(world: World) -> PanelItem:
    """An item to which the nurses are invited."""
    return invited(on_agenda(world.allocated(), world.worker), world.worker)


def words(item: PanelItem, who: object) -> list[str | None]:
    """What somebody reads of what was given."""
    found = shown(item, who)
    return [one["text"] for one in found["information"]] if found else []


def test_who_leads_the_case_who_chairs_and_who_gave_it_read_it(world: World) -> None:
    item = go("give_information", asked(world), nurse())
    for who in (world.worker, world.manager, chair(), nurse()):
        assert words(item, who) == [SAID]


def test_from_its_last_instant_nobody_reads_it_and_that_it_was_given_stays(world: World) -> None:
    item = go("give_information", asked(world), nurse())
    [row] = rows(Information, world.worker, root_id=item.id)
    with clock.at(row.expires_at - timedelta(minutes=1)):
        assert words(item, world.worker) == [SAID]
    with clock.at(row.expires_at):
        for who in (world.worker, chair(), nurse()):
            assert words(item, who) == [None]
            with acting(who):
                assert seen("panels_information") == {row.id}
                assert seen("panels_informationtext") == set()
        assert SAID not in browser_of(world.worker).get(f"panel-items/{item.id}/").content.decode()


def test_what_bears_a_label_is_read_by_whom_the_label_is_for(world: World) -> None:
    """The named worker reads what a health service says; the chair learns not even that it is there."""
    item = go("give_information", asked(world), nurse(), mark="health")
    assert words(item, world.worker) == [SAID]
    assert words(item, nurse()) == [SAID]
    assert words(item, chair()) == []
    with acting(chair()):
        assert seen("panels_information") == set()


@pytest.mark.parametrize("mark", ["police", "location"])
def test_what_is_hidden_or_only_read_when_asked_for_is_not_offered(world: World, mark: str) -> None:
    item = asked(world)
    answer = browser_of(nurse()).post(
        f"panel-items/{item.id}/give-information/",
        {"version": item.version, "text": SAID, "mark": mark, "read_until": "2100-01-01"},
    )
    assert answer.status_code == 400
    assert "mark" in answer.json()["fields"]


def test_a_label_is_the_origins_to_set(world: World) -> None:
    with pytest.raises(Conflict, match="cannot put this label"):
        go("give_information", asked(world), world.worker, mark="health")


@pytest.mark.parametrize(("after", "words_of_it"), [(-1, "has to be read at the panel"), (85, "twelve weeks after")])
def test_it_is_read_at_the_panel_and_not_for_ever(world: World, after: int, words_of_it: str) -> None:
    item = asked(world)
    last = local(item.panel.starts_at).date() + timedelta(days=after)
    with pytest.raises(Conflict, match=words_of_it):
        go("give_information", item, nurse(), read_until=last.isoformat())


def test_it_does_not_rest_on_consent(world: World) -> None:
    options = browser_of(nurse()).get(f"panel-items/{asked(world).id}/").json()["options"]
    [form] = [one["input"] for one in options if one["name"] == "give_information"]
    [basis] = [field for field in form if field["name"] == "article6"]
    assert "consent" not in {choice["value"] for choice in basis["choices"]}


def test_giving_is_a_share_of_who_gives_it(world: World) -> None:
    item = go("give_information", asked(world), nurse())
    lines = rows(Disclosure, world.worker, root_id=item.id)
    assert {(one.from_agency_id, one.to_agency_id) for one in lines} == {
        (nurse().agency_id, of(CHAIR)),
        (nurse().agency_id, world.worker.agency_id),
    }
    assert len(rows(InformationText, world.worker, root_id=item.id)) == 1
