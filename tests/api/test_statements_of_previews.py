"""What a preview costs: the edge it takes and undoes, and the page of each agency that would read it."""

from typing import Any

import pytest

from backend.workflow.preview_views import PREVIEWED
from tests.actors import browser_of
from tests.api.costs.records import in_state, version
from tests.api.costs.rows import MORE, ROWS
from tests.api.counting import said, statements
from tests.edges import good_input
from tests.factories import officer, questions
from tests.routes import routes
from tests.world import World

pytestmark = pytest.mark.django_db

# Beside what the edge costs: the page of each agency that will read it, as a detail costs.
A_READERS_PAGE = 15
A_QUESTIONS_PAGE = 5
_PREFIX = {
    "referral": "referrals",
    "information_request": "information-requests",
    "case": "cases",
    "action": "actions",
    "intervention": "interventions",
    "panel_item": "panel-items",
}


PREVIEWS = (
    "referral.submit",
    "referral.redirect",
    "referral.request_information",
    "referral.accept",
    "referral.link",
    "information_request.answer",
    "case.propose_transfer",
    "case.transfer_out",
    "action.reassign",
    "intervention.offer",
    "intervention.tie_goals",
    "panel_item.invite",
    "panel_item.give_information",
)


def test_every_preview_has_its_row() -> None:
    assert routes(), "the routes say which edges have one"
    assert {f"{noun}.{edge}" for noun, edge in PREVIEWED} == set(PREVIEWS)


def test_each_agency_more_costs_its_page_and_nothing_else(world: World) -> None:
    costs = []
    for slugs in (("school-nursing",), ("school-nursing", "brightwater", "youth-justice")):
        pk = in_state("triage")(world)
        browser = browser_of(officer())
        body = {**good_input("referral", "request_information", **questions(*slugs))}
        body["version"] = version(browser, f"referrals/{pk}/")
        path = f"referrals/{pk}/request-information/preview/"
        costs.append(len(statements(lambda path=path, body=body, by=browser: by.post(path, body))))  # type: ignore[misc]
    one, three = costs
    assert three - one <= 2 * A_QUESTIONS_PAGE


@pytest.mark.parametrize("name", [name for name in (*ROWS, *MORE) if name.partition(" ")[0] in PREVIEWS])
def test_a_preview_costs_what_it_may(world: World, name: str) -> None:
    noun, _dot, edge = name.partition(" ")[0].partition(".")
    row = {**ROWS, **MORE}[name]
    pk = row.record(world)
    given = row.given(world, pk)
    browser = browser_of(row.who(world))
    body = good_input(noun, edge, **given)
    path = f"{_PREFIX[noun]}/{pk}/"
    body["version"] = version(browser, path)
    answers: list[Any] = []
    found = statements(lambda: answers.append(browser.post(f"{path}{edge.replace('_', '-')}/preview/", body)))
    assert answers[0].status_code == 200, answers[0].content
    agencies = answers[0].json()["agencies"]
    assert len(found) <= row.bar + A_READERS_PAGE * len(agencies), said(found)
