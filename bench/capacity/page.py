"""Writes docs/reference/capacity.md."""

from collections.abc import Mapping

from bench.capacity.needs import COUNTING, REQUESTS, WORKING_HOURS_A_YEAR, Assumptions, Measured, need

_PAGE = """# What it needs: a city, and England

Written by `{command}` from [performance.json](performance.json) and [capacity.json](capacity.json).

**Measured** is what one request costs, what one referral leaves on the disk, and what a process holds in memory.
**Assumed** is how many referrals there are and what people do with them: nobody has counted that for Alongside. No
number below is a fact about a city or about England; each follows from the measured costs and from assumptions that
you change by arguments of the command, `make capacity ARGS="--referrals-per-100000 900 --peak 8"`.

## What follows

{needs}

A core is one of the machine that was measured. `cores` are for the busiest hour, with {spare:.0%} of them idle. Take at
least two web processes, and two of everything that must go on when a machine fails: a second database server, a second
worker. England stands for one installation that serves everybody; of many, each is a city.

## Assumed

| what | here | argument |
|---|---|---|
{assumptions}

A year has {hours:,} working hours, and nothing is asked outside of them. One referral makes {asked:,.0f} requests:

| work, as the bench names it | times a referral |
|---|---|
{requests}

What the bench has no name for is counted as the nearest that it has: each saving of a form, note or visit as “Take a
referral in hand”.

## Measured

- One work: the median of its whole request in the largest city, {referrals} referrals, {machine}. It is time by the
  clock with the database on the same busy machine, so that processors worked for less: the cores above are rather too
  many. How it was split between web server and database was not measured; that is assumed.
- Figures are counted again by the worker after a change: {counting:.0f} ms, once for each request that writes.
- On the disk: {referral:,.0f} kB for each referral with all that followed, indexes and history included, and
  {look:,.1f} kB for each row of the access log with its place in the tree ({sizes}). Each request is counted as one
  row, which is too many. A small city takes more for each than a large one: nothing is smaller than a page.
- In memory: {memory}, the largest of each kind, with few at work
  ({sizes}). The database comes on top; the bench gave it 256 MB at a million referrals.

## Not in it

Backups: at most as large as the database for each that is kept, and the log of changes between them. Documents grow by
what people upload: the assumption above is a guess until you look. Mail and the virus scanner have machines of their
own.
"""

_HEADS = (
    "| place | children (assumed) | referrals a year | requests in the busiest hour | web: cores | processes "
    "| database: cores | worker: cores | disk: GB a year | GB after {years:g} years "
    "| memory without the database: GB |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|"
)
_TOLD = {
    "referrals_per_100000": "referrals a year per 100,000 children",
    "peak": "the busiest hour, by the mean of working hours",
    "busy": "how busy a core may be in it",
    "database_share": "the part of a request's time that is the database's",
    "document_megabytes": "MB of documents a referral",
    "years": "years that records are kept",
}


def written(
    places: Mapping[str, float], measured: Measured, assumed: Assumptions, *, command: str, told: Mapping[str, str]
) -> str:
    """Return the page; `told` says on which machine, at how many referrals and of which city it was measured."""
    assumptions = [
        f"| {words} | {getattr(assumed, name):g} | `--{name.replace('_', '-')}` |" for name, words in _TOLD.items()
    ]
    return _PAGE.format(
        command=command,
        needs="\n".join([_HEADS.format(years=assumed.years), *_rows(places, measured, assumed)]),
        spare=1 - assumed.busy,
        assumptions="\n".join(assumptions),
        hours=WORKING_HOURS_A_YEAR,
        asked=sum(REQUESTS.values()),
        requests="\n".join(f"| {work} | {times:g} |" for work, times in REQUESTS.items()),
        counting=measured.milliseconds[COUNTING],
        referral=measured.bytes_a_referral / 1000,
        look=measured.bytes_a_look / 1000,
        memory=", ".join(f"{name} process {size:,.0f} MB" for name, size in measured.megabytes.items()),
        **told,
    )


def _rows(places: Mapping[str, float], measured: Measured, assumed: Assumptions) -> list[str]:
    rows = []
    for name, children in places.items():
        one = need(children, measured, assumed)
        rows.append(
            f"| {name} | {children:,.0f} | {one.referrals:,.0f} | {one.requests_an_hour:,.0f} | {one.web_cores:.1f} "
            f"| {one.web_processes} | {one.database_cores:.1f} | {one.worker_cores:.1f} | {one.gigabytes_a_year:,.0f} "
            f"| {one.gigabytes_kept:,.0f} | {one.memory_gigabytes:.1f} |"
        )
    return rows
