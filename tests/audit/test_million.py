"""A million rows of the log are checked within a minute, and one that was changed is named."""

import time
from pathlib import Path
from typing import Any

import pytest

from backend.audit.verifying import verify
from tests.audit.logs import cover, ids, superuser, write

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"]), pytest.mark.deep]


def test_a_million_rows_are_checked_within_a_minute(settings: Any, tmp_path: Path) -> None:
    settings.AUDIT_FOLDER = str(tmp_path)
    with superuser() as admin:
        for _ in range(20):
            write(admin, 50_000)
            cover()
        began = time.monotonic()
        report = verify(admin)
        seconds = time.monotonic() - began
        assert (report.rows, report.findings) == (1_000_000, [])
        assert seconds < 60, f"{seconds:.1f} s"
        row = ids(admin)[777_776]
        admin.execute("UPDATE audit_accesslog SET status = 404 WHERE id = %s", [row])
        (finding,) = verify(admin).findings
        assert finding.startswith(f"Row number 777777 ({row}")
