"""What so many children need: processors, disk and memory, from measured costs and from assumptions."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

WORKING_HOURS_A_YEAR = 250 * 8
SECONDS_AN_HOUR = 3600
GIGABYTE = 1e9

# How often each work of the bench is done for one referral, from draft to the end of the support that may follow.
# What the bench has no name for is counted as the nearest that it has. Assumptions, all of them.
REQUESTS: Mapping[str, float] = {
    "Send a referral": 1,
    "Take a referral in hand": 60,
    "Referrals to decide, 50": 10,
    "A referral": 30,
    "The timeline of a referral": 5,
    "Find a child by name": 5,
    "Cases of an agency, 50": 10,
    "A case": 40,
    "A case at a glance": 20,
    "The timeline of a case": 10,
    "My work": 30,
    "Home of a manager: needs attention": 5,
    "Home of a manager: who has how much": 5,
    "Where work stands": 2,
    "Time taken": 2,
}
WRITES = ("Send a referral", "Take a referral in hand")
COUNTING = "Count figures again after one change"


@dataclass(frozen=True)
class Assumptions:
    """What nobody has measured; each is an argument of the command."""

    referrals_per_100000: float = 500
    peak: float = 5
    busy: float = 0.5
    database_share: float = 0.5
    document_megabytes: float = 2
    years: float = 10


@dataclass(frozen=True)
class Measured:
    """What was: milliseconds of one work, bytes that stay, and megabytes that a process holds."""

    milliseconds: Mapping[str, float]
    bytes_a_referral: float
    bytes_a_look: float
    megabytes: Mapping[str, float]


@dataclass(frozen=True)
class Need:
    """What one place needs."""

    referrals: float
    requests_an_hour: float
    web_cores: float
    database_cores: float
    worker_cores: float
    web_processes: int
    gigabytes_a_year: float
    gigabytes_kept: float
    memory_gigabytes: float


def need(children: float, measured: Measured, assumed: Assumptions) -> Need:
    """Return what a place with so many children needs, at its busiest and with room to spare."""
    referrals = children * assumed.referrals_per_100000 / 100_000
    # In the busiest hour, in each second.
    rate = referrals / WORKING_HOURS_A_YEAR / SECONDS_AN_HOUR * assumed.peak
    asked = rate * sum(times * measured.milliseconds[work] for work, times in REQUESTS.items()) / 1000 / assumed.busy
    writes = sum(REQUESTS[work] for work in WRITES)
    counted = rate * writes * measured.milliseconds[COUNTING] / 1000 / assumed.busy
    web = asked * (1 - assumed.database_share)
    processes = max(2, ceil(web))
    looks = sum(REQUESTS.values())
    bytes_a_year = referrals * (
        measured.bytes_a_referral + looks * measured.bytes_a_look + assumed.document_megabytes * 1e6
    )
    memory = processes * measured.megabytes["web"] + measured.megabytes["worker"] + measured.megabytes["metrics"]
    return Need(
        referrals=referrals,
        requests_an_hour=rate * SECONDS_AN_HOUR * looks,
        web_cores=web,
        database_cores=asked * assumed.database_share + counted * assumed.database_share,
        worker_cores=counted * (1 - assumed.database_share),
        web_processes=processes,
        gigabytes_a_year=bytes_a_year / GIGABYTE,
        gigabytes_kept=bytes_a_year * assumed.years / GIGABYTE,
        memory_gigabytes=memory / 1000,
    )
