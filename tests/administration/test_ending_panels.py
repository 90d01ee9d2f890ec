"""An agency that chairs panels settles them before it ends: they are its own, and whoever comes to them is told."""

from typing import Any

import pytest

from backend.access.binding import acting
from backend.administration.commands import ending
from backend.administration.queries import agencies as queries
from backend.agencies.models import Agency
from backend.core.errors import Conflict
from backend.panels.models import Panel
from tests.actors import browser_of
from tests.administration.ending import ENDS, boss
from tests.administration.leading import administrator
from tests.factories import manager
from tests.panels import made

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
SENTENCE = "Panel meetings it chairs: 1. Hold them and sign their minutes, or call them off first."


def the_agency() -> Agency:
    return Agency.objects.get(slug=ENDS)


def do(command: Any, who: Any, **given: Any) -> Agency:
    with acting(who):
        version = ending.version_of(queries.work_of(the_agency().id))
    with acting(who):
        done: Agency = command(who, the_agency().id, version=version, **({"given": given} if given else {}))
    return done


def page(who: Any) -> dict[str, Any]:
    return dict(browser_of(who).get(f"agencies/{the_agency().id}/").json())


def obstacles(who: Any, name: str) -> list[str]:
    return next(list(one["obstacles"]) for one in page(who)["options"] if one["name"] == name)


def at_once() -> dict[str, Any]:
    return {"successor": Agency.objects.get(slug="city-early-help").id, "reason": "It floods."}


def test_what_it_has_says_which_panels_it_chairs_and_that_they_come_first() -> None:
    panel = made.planned(boss())
    work = {one["kind"]: one for one in page(boss())["work"]}
    assert (work["chairs"]["count"], work["chairs"]["may_open"]) == (1, True)
    rows = browser_of(boss()).get(f"agencies/{the_agency().id}/work/?kind=chairs").json()["results"]
    assert [(row["reference"], row["url"]) for row in rows] == [(panel.name, f"/panels/{panel.id}")]
    assert SENTENCE in obstacles(boss(), "end")
    assert obstacles(administrator(), "end_at_once") == [SENTENCE]


def test_it_ends_neither_in_good_order_nor_at_once_before_they_are_settled() -> None:
    do(ending.ask_to_end_at_once, boss(), **at_once())
    panel = made.planned(boss())
    for command, who in ((ending.end_agency, boss()), (ending.confirm_end, manager())):
        with pytest.raises(Conflict) as refused:
            do(command, who)
        assert SENTENCE in refused.value.reasons
    assert the_agency().ended_at is None
    made.lead("cancel", panel, boss())
    do(ending.confirm_end, manager())
    assert the_agency().ended_at is not None


def test_a_panel_that_is_over_or_that_another_agency_chairs_is_nothing_to_settle() -> None:
    over = made.begun(boss())
    made.lead("sign", over, boss())
    made.planned()
    assert "chairs" not in {one["kind"] for one in page(boss())["work"]}
    with acting(boss()):
        assert Panel.objects.filter(chair_agency__slug=ENDS).exists()
