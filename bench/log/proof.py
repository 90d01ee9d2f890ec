"""How long `manage.py verify_audit` takes over a log of many rows, in a database of its own."""

import os
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from django.test import override_settings

from backend.audit.verifying import verify
from bench.city.making import connected_to
from tests import databases
from tests.audit.logs import cover, superuser, write

_AT_ONCE, _TIMES = 50_000, 2


def lines(rows: int) -> Sequence[str]:
    """Write the log, cover it, check it some times, and say how long that took."""
    name = databases.own_name("bench_log")
    databases.renew(name, template=databases.plain_template())
    try:
        with connected_to(name), TemporaryDirectory() as folder, override_settings(AUDIT_FOLDER=folder):
            covered, checked = _measured(rows, Path(folder))
    finally:
        databases.drop(name)
    seconds, at_work = (" and ".join(f"{each:.1f}" for each in column) for column in zip(*checked, strict=True))
    best = min(each for _seconds, each in checked) / rows * 1_000_000
    work = f"of those, processors worked for {at_work} s, ours and the database's together"
    return [
        f"- Checking {rows:,} rows: {seconds} s by the clock; {work}. A million: {best:.1f} s of work at best.",
        f"- Covering them, by the worker: {covered:.1f} s by the clock, {covered / rows * 1_000:.3f} ms a row.",
    ]


def _measured(rows: int, folder: Path) -> tuple[float, list[tuple[float, float]]]:
    covered, checked = 0.0, list[tuple[float, float]]()
    with superuser() as admin:
        for begin in range(0, rows, _AT_ONCE):
            write(admin, min(_AT_ONCE, rows - begin))
            began = time.monotonic()
            cover()
            covered += time.monotonic() - began
        admin.execute("ANALYZE audit_leaf, audit_accesslog")
        admin.commit()
        for _ in range(_TIMES):
            began, before = time.monotonic(), _at_work(admin.info.backend_pid)
            report = verify(admin)
            checked.append((time.monotonic() - began, _at_work(admin.info.backend_pid) - before))
            admin.commit()
            if (report.rows, report.findings) != (rows, []):
                raise SystemExit(f"{report.rows} rows were checked in {folder}: {report.findings[:3]}")
    return covered, checked


def _at_work(backend: int) -> float:
    """How many seconds processors have worked for us so far, and for the database's process that answers us."""
    user, system = Path(f"/proc/{backend}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11:13]
    return time.process_time() + (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
