"""Sessions on the list of who is named to give them; while nobody is, their manager’s, and an exception on the day."""

from datetime import timedelta
from typing import Any

import pytest

from backend.agencies.roles import Role
from backend.core import clock
from backend.interventions.models import Intervention
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.interventions import made

pytestmark = pytest.mark.django_db


def boss() -> Any:
    return made.mentor(Role.MANAGER)


def sessions(who: Any) -> list[tuple[str, str, str]]:
    """In which part of somebody's list a session stands, as what, and which page it opens."""
    work = browser_of(who).get("work/").json()
    return [
        (part, row["label"], row["url"])
        for part in ("overdue", "today", "soon")
        for row in work[part]
        if row["kind"] == "session"
    ]


def unnamed(who: Any) -> list[str]:
    """The references of the cases on a manager's list of sessions that nobody is named to give."""
    answer = browser_of(who).get("exceptions/list/?kind=sessions_unnamed")
    assert answer.status_code == 200, answer.content
    return [row["reference"] for row in answer.json()["results"]]


def given(world: World) -> Intervention:
    target = made.intervention_in("started", world.allocated(), world.worker)
    assert target.worker_id is None
    return target


def test_a_session_nobody_is_named_for_is_on_the_managers_list_and_an_exception_on_its_day(world: World) -> None:
    target = given(world)
    made.ahead(target, made.mentor(), days=3)
    label = f"Name who gives the session of {target.service_name}"
    assert sessions(boss()) == [("soon", label, f"/interventions/{target.id}/do/name_worker?back=/work")]
    assert unnamed(boss()) == []
    with clock.at(clock.now() + timedelta(days=3)):
        assert unnamed(boss()) == [target.case_reference]
        for other in (made.mentor(), world.stranger, world.manager):
            assert sessions(other) == []
        assert unnamed(world.manager) == []


def test_once_somebody_is_named_it_is_on_their_list_and_on_no_other(world: World) -> None:
    target = given(world)
    session = made.ahead(target, made.mentor(), days=3)
    made.go("name_worker", target, boss())
    label = f"Session of {target.service_name}"
    assert sessions(made.mentor()) == [("soon", label, f"/interventions/{target.id}")]
    with clock.at(clock.now() + timedelta(days=4)):
        assert sessions(made.mentor()) == [("overdue", label, f"/sessions/{session.id}/do/record?back=/work")]
        assert sessions(boss()) == []
        assert unnamed(boss()) == []


def test_a_group_is_one_line_for_who_gives_it(world: World) -> None:
    service = made.service()
    second = world.referred(world.agency("city-early-help"), given_name="Bilal")
    cases = [
        world.allocated(),
        world.allocate(world.opened(second, led_by="city-early-help").id, world.manager, world.worker),
    ]
    targets = [made.intervention_in("started", case, world.worker, service) for case in cases]
    key, _ = made.grouped(targets, made.mentor())
    assert len(sessions(boss())) == len(targets)
    for target in targets:
        made.go("name_worker", target, boss())
    assert sessions(made.mentor()) == [("soon", f"Group session of {service.name}", f"/group-sessions/{key}")]


def test_a_session_that_is_recorded_or_farther_off_is_not_there(world: World) -> None:
    target = given(world)
    made.go("name_worker", target, boss())
    made.ahead(target, made.mentor(), days=20)
    made.held(target, made.mentor())
    assert sessions(made.mentor()) == []
