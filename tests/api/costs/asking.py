"""The request by which a browser takes an edge of the table of costs."""

from dataclasses import dataclass
from typing import Any

from tests.actors import Browser, browser_of
from tests.api.costs.records import version
from tests.api.costs.rows import MORE, ROWS
from tests.edges import good_input
from tests.world import World

_PREFIX = {
    "referral": "referrals",
    "information_request": "information-requests",
    "case": "cases",
    "seal": "seals",
    "referral_seal": "referral-seals",
    "transfer": "transfers",
    "task": "tasks",
    "assessment": "assessments",
    "goal": "goals",
    "score": "scores",
    "meeting": "meetings",
    "note": "notes",
    "document": "documents",
    "action": "actions",
    "team_member": "team-members",
    "relationship": "relationships",
    "lead_request": "lead-requests",
    "service": "services",
    "configuration": "configurations",
    "disagreement": "disagreements",
    "intervention": "interventions",
    "session": "sessions",
    "panel": "panels",
    "panel_item": "panel-items",
    "saying": "voices",
    "subject_request": "subject-requests",
    "hold": "holds",
    "disposal": "disposals",
    "rectification": "rectifications",
}


@dataclass(frozen=True)
class Asking:
    """Somebody in front of a page, about to press its button."""

    browser: Browser
    path: str
    body: dict[str, Any]

    def post(self) -> Any:
        """Press it."""
        return self.browser.post(self.path, self.body)


def asking(world: World, name: str) -> Asking:
    """Who takes the edge of a row, brought in front of its record."""
    row = ({**ROWS, **MORE})[name]
    noun, _dot, edge = name.partition(" ")[0].partition(".")
    pk = row.record(world)
    browser = browser_of(row.who(world))
    given = row.given(world, pk)
    path = (row.path or f"{_PREFIX.get(noun)}/{{}}/{edge.replace('_', '-')}/").format(pk)
    body = {**row.body, **given} if row.body is not None else good_input(noun, edge, **given)
    body["version"] = version(browser, path.rsplit("/", 2)[0] + "/")
    return Asking(browser, path, body)
