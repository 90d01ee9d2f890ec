"""Minutes are not signed over a child whom nobody heard, also where the chair can read nothing of them any more."""

from datetime import timedelta

import pytest

from backend.access.models import Conflict as Barred
from backend.agencies.roles import Role
from backend.core import clock
from backend.core.errors import Conflict
from backend.core.ids import uuid7
from backend.deadlines.calendar import local
from backend.panels.models import Panel
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.panels.made import chair, go, lead, on_agenda, soon

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
UNREAD = (
    "Nothing is written down about one case on its agenda that you cannot read, or no longer. "
    "A colleague who can records a decision, or whoever leads the case takes it off."
)


def obstacles(panel: Panel) -> list[str]:
    options = browser_of(chair()).get(f"panels/{panel.id}/").json()["options"]
    return next(list(one["obstacles"]) for one in options if one["name"] == "sign")


def test_what_was_open_until_yesterday_is_taken_off_before_the_minutes_are_signed(world: World) -> None:
    panel = soon()
    # The day after the meeting: of its own day nothing may be left this evening.
    last_day = local(panel.starts_at).date() + timedelta(days=1)
    item = on_agenda(world.allocated(), world.worker, panel, last_day=last_day.isoformat())
    panel = lead("hold", panel)
    with clock.at(clock.now() + timedelta(days=3)):
        assert browser_of(chair()).get(f"panel-items/{item.id}/").status_code == 404
        assert obstacles(panel) == [UNREAD]
        with pytest.raises(Conflict, match="that you cannot read"):
            lead("sign", panel)
        go("take_off", item, world.worker)
        assert lead("sign", panel).state == Panel.SIGNED


def test_somebody_too_close_to_the_family_does_not_sign_before_a_colleague_has_decided(world: World) -> None:
    panel = soon()
    item = on_agenda(world.allocated(), world.worker, panel)
    panel = lead("hold", panel)
    Barred.objects.using("owner").create(id=uuid7(), user_id=chair().user_id, child_id=item.child_id)
    assert obstacles(panel) == [UNREAD], "and learns nothing of whom it is about"
    go("decide", item, chair(Role.TRIAGE_OFFICER))
    assert obstacles(panel) == []


def test_of_somebody_elses_meeting_nobody_learns_how_much_waits(world: World) -> None:
    panel = soon()
    on_agenda(world.allocated(), world.worker, panel)
    panel = lead("hold", panel)
    options = browser_of(world.stranger).get(f"panels/{panel.id}/").json()["options"]
    assert "sign" not in [one["name"] for one in options]
