"""A new version under load: its migrations and all that is run with them, while people work and a report is made."""

import threading
from collections.abc import Mapping

import psycopg

from tests.cluster import product
from tests.cluster.drill import Drills, Outcome

# Somebody who reads the table for so long that nobody may change it, as a report or a dump does.
REPORT_SECONDS = 6
# Enough that people still send while the last of the policies is put in place.
REFERRALS = 120
_REPORT = "SELECT count(*), pg_sleep(%s) FROM (SELECT 1 FROM referrals_referral LIMIT 1) r"


def release(drills: Drills, environment: Mapping[str, str]) -> None:
    """Everything that a new version has one run, in a table that is in use: nobody is turned away."""
    found = Outcome("migrations under load")
    drills.outcomes.append(found)
    load = drills.load(REFERRALS)
    new = {**environment, "DJANGO_SETTINGS_MODULE": "tests.cluster.release.settings"}
    report = threading.Thread(target=_report, args=(environment["OWNER_DATABASE_URL"],))
    with load.running():
        report.start()
        product.prepare(new)
        report.join()
    load.finish()
    drills.judge(found, load.account, only_200=True)


def _report(url: str) -> None:
    with psycopg.connect(url) as owner:
        owner.execute(_REPORT, [REPORT_SECONDS])
