"""Measures what the bench of speed does not: what a referral leaves on the disk, and what processes hold in memory."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg

_SIZES = """
SELECT sum(pg_total_relation_size(c.oid)) FILTER (WHERE c.relname NOT IN ('audit_accesslog', 'audit_leaf')),
       sum(pg_total_relation_size(c.oid)) FILTER (WHERE c.relname IN ('audit_accesslog', 'audit_leaf')),
       (SELECT count(*) FROM referrals_referral), (SELECT count(*) FROM audit_accesslog)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r'"""
# What is on the command line of each of the product's processes.
_PROCESSES = {"web": "granian", "worker": "manage.py work", "metrics": "manage.py metrics"}


def disk(owner_url: str) -> dict[str, float]:
    """Return the bytes of a referral and of a row of the access log, in the database of that address."""
    with psycopg.connect(owner_url) as link:
        row = link.execute(_SIZES).fetchone()
    assert row is not None, "one row, always"
    records, log, referrals, looks = map(int, row)
    return {"bytes_a_referral": records / referrals, "bytes_a_look": log / max(looks, 1), "referrals": referrals}


def memory(supervisor: int) -> dict[str, float]:
    """Return the megabytes of each kind of process under a running `manage.py up`; of several, the largest."""
    found: dict[str, float] = {}
    for pid in _below(supervisor):
        # The database has processes that live for a moment.
        with suppress(FileNotFoundError, ProcessLookupError):
            command = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
            kind = next((kind for kind, words in _PROCESSES.items() if words in command), None)
            # The parent of the web server's processes shares out, and answers nobody: it holds less.
            if kind:
                found[kind] = max(found.get(kind, 0), _held(pid))
    return found


def _below(pid: int) -> list[int]:
    below: list[int] = []
    with suppress(FileNotFoundError, ProcessLookupError):
        for listed in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in map(int, listed.read_text().split()):
                below += [child, *_below(child)]
    return below


def _held(pid: int) -> float:
    """Return what a process holds; what it shares with others is counted in parts."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    (held,) = [int(line.split()[1]) for line in lines if line.startswith("Pss:")]
    return held / 1000


def all_of_it(owner_url: str, supervisor: int, machine: str) -> dict[str, Any]:
    """Return what capacity.json holds."""
    sizes = disk(owner_url)
    return {
        "machine": machine,
        "cores": os.cpu_count(),
        **{name: round(number) for name, number in sizes.items()},
        "megabytes": {name: round(number) for name, number in sorted(memory(supervisor).items())},
    }
