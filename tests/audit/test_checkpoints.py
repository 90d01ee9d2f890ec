"""The proof of the access log: what was done to it is found, and nothing is said of a log that nobody touched."""

import random
import time
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any, cast

import psycopg
import pytest
from django.core.management import CommandError, call_command

from backend.audit import merkle, verifying
from backend.audit.checkpoints import signed
from backend.audit.models import Checkpoint
from backend.audit.signing import forget_outside, sign, write_outside
from backend.audit.verifying import Report, verify
from tests.audit.logs import cover, ids, superuser, write
from tests.audit.tamperings import ONE_ROW, TAMPERINGS

Admin = psycopg.Connection[Any]
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def admin(settings: Any, tmp_path: Path) -> Iterator[Admin]:
    settings.AUDIT_FOLDER = str(tmp_path)
    with superuser() as connection:
        yield connection


@pytest.fixture
def log(admin: Admin) -> Admin:
    """Twelve checkpoints over 600 rows, and ten rows that none covers yet."""
    for _ in range(12):
        write(admin, 50)
        cover()
    write(admin, 10)
    return admin


def test_the_untouched_log_is_whole_in_whatever_order_its_transactions_end(admin: Admin) -> None:
    """A row that is being written while a checkpoint is made is neither lost nor taken for one put in afterwards."""
    write(admin, 5)
    with superuser() as slow, superuser() as quick:
        slow.execute(ONE_ROW)  # takes its number first …
        write(quick, 3)
        # … so that rows of those who came later wait for it too.
        assert cover() == 5
        assert _sound(admin).uncovered == 3
        slow.commit()
        assert _sound(admin).uncovered == 4
        assert cover() == 4
        slow.execute(ONE_ROW)
        slow.rollback()
        write(quick, 2)
    assert cover() == 2
    assert cover() == 0
    report = _sound(admin)
    assert (report.rows, report.uncovered, report.checkpoints) == (11, 0, 3)


def test_a_log_that_was_restored_on_another_server_goes_on(admin: Admin) -> None:
    """Its numbers of transactions begin anew: what was covered stays so, and what comes then is covered too."""
    write(admin, 5)
    cover()
    of_another_server = Checkpoint.objects.using("owner").get()
    one = replace(signed(of_another_server), horizon=of_another_server.horizon + 10**9)
    admin.execute("UPDATE audit_checkpoint SET horizon = %s, signature = %s", [one.horizon, sign(one)])
    admin.commit()
    forget_outside()
    write_outside(replace(one, signature=sign(one)))
    write(admin, 3)
    assert _sound(admin).notices
    assert cover() == 3
    write(admin, 2)
    assert cover() == 2
    assert _sound(admin).rows == 10


def test_two_hundred_tamperings_of_six_kinds_are_all_found(log: Admin, tmp_path: Path) -> None:
    dice, places, missed = random.Random(64), ids(log), []
    _sound(log)
    for number in range(200):
        kind, tamper = list(TAMPERINGS.items())[number % len(TAMPERINGS)]
        undo = tamper(log, dice, places, tmp_path) or (lambda: None)
        if not verify(log).findings:
            missed.append((number, kind))
        log.rollback()
        undo()
    assert missed == []
    _sound(log)


def test_it_is_said_which_rows(log: Admin) -> None:
    places = ids(log)
    log.execute("UPDATE audit_accesslog SET user_id = gen_random_uuid() WHERE id = %s", [places[6]])
    log.execute("DELETE FROM audit_accesslog WHERE id = %s", [places[99]])
    log.execute("DELETE FROM audit_leaf WHERE position BETWEEN 201 AND 203")
    log.execute("DELETE FROM audit_accesslog WHERE id = ANY (%s)", [places[200:203]])
    findings = verify(log).findings
    assert [finding.split(",")[0].split(". It")[0].split(" after")[0] for finding in findings] == [
        f"Row number 7 ({places[6]}",
        f"Row number 100 ({places[99]}) was deleted",
        "Rows number 201 to 203 were cut out",
    ]
    log.rollback()


def test_the_command_says_so_in_words_and_fails(log: Admin, monkeypatch: pytest.MonkeyPatch) -> None:
    said, progress = StringIO(), StringIO()
    monkeypatch.setattr(verifying, "STEP", 200)
    call_command("verify_audit", stdout=said, stderr=progress)
    assert progress.getvalue().splitlines() == [f"{rows} of 600 rows" for rows in (200, 400, 600)]
    assert said.getvalue().splitlines() == [
        "600 rows in 12 checkpoints were checked; 10 are so new that no checkpoint covers them yet.",
        "The access log is whole.",
    ]
    log.execute("DELETE FROM audit_accesslog WHERE id = %s", [ids(log)[-1]])
    log.commit()
    with pytest.raises(CommandError, match="not what it was"):
        call_command("verify_audit", stdout=said)
    assert "Row number 600" in said.getvalue()


def test_no_checkpoint_is_signed_on_top_of_one_that_was_changed(log: Admin) -> None:
    log.execute("UPDATE audit_checkpoint SET frontier = '' WHERE number = 12")
    log.commit()
    with pytest.raises(Exception, match="checkpoint 12 was changed"):
        cover()


def test_what_a_worker_left_that_was_killed_before_it_wrote_outside_is_written_by_the_next(
    log: Admin, tmp_path: Path
) -> None:
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    path.write_bytes(b"".join(whole.splitlines(keepends=True)[:-1]))
    report = verify(log)
    assert report.findings == []
    assert len(report.notices) == 1
    cover()
    assert path.read_bytes().startswith(whole)
    _sound(log)


def test_ten_times_the_rows_take_no_more_than_some_fifteen_times_as_long(admin: Admin) -> None:
    """And not one statement more: tests/audit/test_million.py measures a million, which may take a minute."""
    seconds, statements = [], []
    for count in (2_000, 18_000):
        write(admin, count)
        cover()
        counted = Counting(admin)
        began = time.process_time()
        assert verify(cast("Admin", counted)).findings == []
        seconds.append(time.process_time() - began)
        statements.append(counted.statements)
        admin.commit()
    assert statements == [4, 4]
    assert seconds[1] < 15 * max(seconds[0], 0.01)


class Counting:
    """A connection that counts what it is asked; a cursor is one statement, however many rows it reads."""

    def __init__(self, connection: Admin) -> None:
        self._connection = connection
        self.statements = 0

    def execute(self, *asked: Any) -> Any:
        self.statements += 1
        return self._connection.execute(*asked)

    def cursor(self, name: str) -> Any:
        self.statements += 1
        return self._connection.cursor(name)


def test_a_tree_that_grows_has_the_roots_of_rfc_9162() -> None:
    leaves = [merkle.leaf(bytes([number])) for number in range(40)]
    tree = merkle.Tree()
    for size, one in enumerate(leaves, start=1):
        tree.add([one])
        assert tree.root == _as_defined(leaves[:size])
        tree = merkle.Tree(tree.size, tree.frontier)
        assert tree.is_of(tree.root)
    assert not merkle.Tree(3, tree.root).is_of(tree.root)


def _sound(admin: Admin) -> Report:
    report = verify(admin)
    admin.commit()
    assert report.findings == []
    return report


def _as_defined(leaves: list[bytes]) -> bytes:
    """MTH as section 2.1.1 of RFC 9162 defines it."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return merkle._node(_as_defined(leaves[:split]), _as_defined(leaves[split:]))
