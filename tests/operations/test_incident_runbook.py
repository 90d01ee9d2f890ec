"""The incident runbook, rehearsed: its very commands, in its order, against the product, and what each must have done.

Source: docs/security/incident-runbook.md.
"""

import hashlib
import json
import re
import shlex
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from backend.access.models import Session
from backend.agencies.models import User
from backend.cases.models import Case
from backend.core import clock
from backend.deadlines.calendar import local
from backend.notifications.models import Outbox
from tests.actors import Browser, browser_of
from tests.administration.leading import led_by, manager, worker
from tests.audit.logs import cover
from tests.notifications.telling import deliver, subjects

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
RUNBOOK = Path(__file__).parents[2] / "docs" / "security" / "incident-runbook.md"
COMMANDS = [
    line.strip()
    for fenced in re.findall(r"```sh\n(.*?)```", RUNBOOK.read_text(encoding="utf-8"), re.DOTALL)
    for line in fenced.splitlines()
    if line.strip()
]


def run(command: str, person: User, folder: Path) -> str:
    """Run one line of the runbook with its blanks filled in; return what it says."""
    blanks = {
        "SOMEBODY@AGENCY.EXAMPLE": person.email,
        "YYYY-MM-DD": str(local(clock.now()).date()),
        "FOLDER": str(folder),
    }
    program, *words = shlex.split(command)
    assert program == "manage.py"
    said = StringIO()
    call_command(*(blanks.get(word, word) for word in words), stdout=said)
    return said.getvalue()


class Rehearsal:
    """An account with which a case was read, somebody else who is signed in, and what must be true after each step."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.case: Case = led_by(worker())
        self.person = User.objects.using("owner").get(pk=worker().user_id)
        self.theirs, self.other = browser_of(worker()), browser_of(manager())
        assert self.reads(self.theirs) == self.reads(self.other) == 200
        self.theirs.get("cases/00000000-0000-7000-8000-000000000000/")
        cover()

    def reads(self, browser: Browser) -> int:
        return browser.get(f"cases/{self.case.id}/").status_code

    def suspend(self, said: str) -> None:
        assert self.person.name in said
        assert (self.reads(self.theirs), self.reads(self.other)) == (401, 200)
        assert Case.objects.using("owner").get(pk=self.case.pk).lead_practitioner_id == self.person.pk

    def end_sessions(self, said: str) -> None:
        assert "sessions were ended" in said
        assert self.reads(self.other) == 401
        assert not Session.objects.using("owner").exists()

    def looks(self, said: str) -> None:
        assert "Opened the case" in said
        assert self.case.reference in said
        assert "(refused: 404)" in said

    def evidence(self, said: str) -> None:
        file = self.folder / "access-log.jsonl"
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        assert {row["user_id"] for row in rows} == {str(self.person.pk)}
        assert any(str(self.case.pk) in row["root_ids"] and row["position"] is not None for row in rows)
        assert hashlib.sha256(file.read_bytes()).hexdigest() in said
        assert (self.folder / "signed-roots.jsonl").read_text(encoding="utf-8")

    def verify_audit(self, said: str) -> None:
        assert "The access log is whole." in said

    def tell(self, _said: str) -> None:
        told = Outbox.objects.using("owner").filter(message="unusual_account")
        assert self.case.reference in {row.fields["reference"] for row in told}
        deliver()
        assert any(self.case.reference in one for one in subjects(manager()))
        assert not any("should not have" in one for one in subjects(worker()))

    def restore(self, _said: str) -> None:
        assert self.reads(browser_of(worker())) == 200


def test_the_runbook_can_be_followed_line_by_line(tmp_path: Path, settings: Any) -> None:
    settings.AUDIT_FOLDER = str(tmp_path / "roots")
    rehearsal = Rehearsal(tmp_path / "evidence")
    done = []
    for command in COMMANDS:
        words = command.split()
        step = (words[2] if words[1] == "incident" else words[1]).replace("-", "_")
        after: Callable[[str], None] = getattr(rehearsal, step)
        after(run(command, rehearsal.person, rehearsal.folder))
        done.append(step)
    assert done == ["suspend", "end_sessions", "looks", "evidence", "verify_audit", "tell", "restore"]


def test_who_does_not_own_the_tables_or_names_nobody_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("incident", "suspend", "nobody@nowhere.example")
    with pytest.raises(CommandError, match="Give --since"):
        call_command("incident", "looks", User.objects.all()[0].email, "--since", "yesterday")
    monkeypatch.setattr("backend.operations.incident.OWNER", "nobody")
    with pytest.raises(CommandError, match="OWNER_DATABASE_URL"):
        call_command("incident", "end-sessions")
