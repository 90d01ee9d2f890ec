"""The made-up people of the demonstration whom the journeys follow, and the API in their own browser's session."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from playwright.sync_api import BrowserContext

TEACHER = "Joanna Fairweather"
NURSE = "Grace Mensah"
POLICE = "Ravi Nair"
YOUTH_WORKER = "Shanice Grant-Ellis"
OFFICER = "Marsha Quarrie"
SECOND_OFFICER = "Tomasz Wilkowski"
FRONT_DOOR_MANAGER = "Helen Stannard"
SECOND_MANAGER = "Parvinder Sahota"
YOUTH_JUSTICE_OFFICER = "Leon Whitcombe"
EARLY_HELP_MANAGER = "Yasmin Farooqi"
FAMILY_WORKER = "Rukhsana Malik"
ADMINISTRATOR = "Catherine Bloom"
ANALYST = "Priya Desai"
GOVERNANCE = "Simon Ashdown"
SECOND_GOVERNANCE = "Zainab Mirza"


# Where each of them works: the same in every copy of the city.
_PLACES: dict[str, str] = {}


@dataclass(frozen=True)
class Caller:
    """The API, called with the cookies of a person's browser: for what a journey starts from, not for what it shows."""

    context: BrowserContext
    address: str

    def read(self, path: str) -> Any:
        """GET, with the parsed answer."""
        answer = self.context.request.get(f"{self.address}/api/v1/{path}")
        assert answer.ok, f"{answer.status} {answer.text()}"
        return answer.json()

    def cases(self, *, view: str = "mine") -> list[dict[str, Any]]:
        """The person's open cases by their clocks, whichever order their page shows them in."""
        rows = self.read(f"cases/?view={view}&page_size=100")["results"]
        return sorted(rows, key=lambda row: (row["next_due_at"] or "9", row["id"]))

    def write(self, path: str, body: Any, *, method: str = "POST") -> Any:
        """POST or PATCH, with the parsed answer."""
        tokens = [cookie["value"] for cookie in self.context.cookies() if cookie["name"].endswith("csrftoken")]
        headers = {"X-CSRFToken": tokens[0], "Idempotency-Key": str(uuid4())}
        url = f"{self.address}/api/v1/{path}"
        answer = self.context.request.fetch(url, method=method, headers=headers, data=body)
        assert answer.ok, f"{answer.status} {answer.text()}"
        return answer.json() if answer.status != 204 else None

    def sign_in(self, name: str) -> None:
        """Come in as one of the demonstration's people, as the button of the first page does."""
        self.context.request.get(f"{self.address}/")
        if not _PLACES:
            _PLACES.update({one["name"]: one["id"] for one in self.read("demo/people/")["results"]})
        self.write("demo/sign-in/", {"membership_id": _PLACES[name]})
