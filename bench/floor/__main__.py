"""`make bench-floor ARGS="--on NAME"`: the queue of fifty referrals as the product, the floor and a stock one say it.

Each answers one client and eight, three times in turn, on the same database, one server running at a time; what is told
is the middle of the three. Arguments: `--on NAME` of a city that was kept (`make bench ARGS="--keep"`), `--seconds N`
for each measure (5 unless said), `--write` writes docs/reference/floor.md, floor.json and floor.svg.
"""

import argparse
import os
from collections.abc import Sequence
from statistics import median

import django
from django.test.utils import setup_test_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()
setup_test_environment()

from django.conf import settings  # noqa: E402 -- settings first

from backend.agencies.roles import Role  # noqa: E402 -- settings first
from backend.operations.surroundings import urls_of  # noqa: E402 -- settings first
from backend.referrals.models import Referral  # noqa: E402 -- settings first
from bench.city.making import bring_up, connected_to, referrals_in  # noqa: E402 -- settings first
from bench.floor import page  # noqa: E402 -- settings first
from bench.floor.rows import HOLDER, STATES  # noqa: E402 -- settings first
from bench.floor.serving import Cost, Server, cost, serving  # noqa: E402 -- settings first
from bench.floor.spent import Spent, spent, table  # noqa: E402 -- settings first
from tests import databases  # noqa: E402 -- settings first
from tests.actors import actor, browser_of, membership, signed_in  # noqa: E402 -- settings first

_CLIENTS = (1, 8)
_PATH = "/api/v1/referrals/?view=queue&page_size=50"
# A web server that was told of them would not start.
_OF_OTHERS = ("OWNER_DATABASE_URL", "WORKER_DATABASE_URL", "DISPOSAL_DATABASE_URL")
_ROUNDS = int(os.environ.get("FLOOR_ROUNDS", "3"))


def main() -> None:
    """Measure the three, and print the table."""
    parser = argparse.ArgumentParser(prog="make bench-floor", description=__doc__)
    parser.add_argument("--on", required=True, metavar="NAME")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--write", action="store_true")
    told = parser.parse_args()
    bring_up(told.on, say=print)
    servers = _servers(told.on)
    found: dict[str, dict[int, list[Cost]]] = {one.name: {clients: [] for clients in _CLIENTS} for one in servers}
    for _round in range(_ROUNDS):
        for one in servers:
            with serving(one) as (port, pid):
                cost(one, port, pid, clients=max(_CLIENTS), seconds=1)
                for clients in _CLIENTS:
                    found[one.name][clients].append(cost(one, port, pid, clients=clients, seconds=told.seconds))
    costs = {name: {clients: _middle(of) for clients, of in by.items()} for name, by in found.items()}
    print(page.table(costs))
    parts = _spent(told.on)
    print(table(parts))
    if told.write:
        page.write(costs, parts, referrals=referrals_in(told.on), name=told.on)


def _spent(database: str) -> Sequence[Spent]:
    with connected_to(database):
        browser = browser_of(actor("front-door", Role.TRIAGE_OFFICER))
        return spent(lambda: browser.get(_PATH))


def _servers(database: str) -> Sequence[Server]:
    urls = urls_of(databases.server(), database=database)
    with connected_to(database):
        officer = membership("front-door", Role.TRIAGE_OFFICER)
        session = signed_in(officer).session_key
    asked = {HOLDER: str(officer.agency_id), STATES: " ".join(Referral.OPEN), **dict.fromkeys(_OF_OTHERS, "")}
    product = {
        "DJANGO_SETTINGS_MODULE": "backend.config.settings",
        "DEMO": "true",
        "GRANIAN_HOST": "127.0.0.1",
        "LOG_LEVEL": "WARNING",
    }
    stock = {"DJANGO_SETTINGS_MODULE": "bench.floor.stock_settings", "DATABASE_URL": urls["OWNER_DATABASE_URL"]}
    headers = {"Cookie": f"sessionid={session}", "Host": "127.0.0.1"}
    return (
        Server(
            page.PRODUCT,
            settings.WSGI_APPLICATION.replace(".application", ":application"),
            "wsgi",
            _PATH,
            {**asked, **product, "DATABASE_URL": urls["DATABASE_URL"]},
            headers,
        ),
        Server(
            page.FLOOR,
            "bench.floor.bare:application",
            "asgi",
            "/rows/",
            {**asked, "DATABASE_URL": urls["OWNER_DATABASE_URL"]},
            {},
        ),
        Server(page.STOCK, "bench.floor.stock:application", "wsgi", "/rows/", {**asked, **stock}, {}),
    )


def _middle(costs: Sequence[Cost]) -> Cost:
    return Cost(*(median(getattr(one, name) for one in costs) for name in Cost.__slots__))


if __name__ == "__main__":
    main()
