"""What is deleted, and what is left: a child's rows in every table and its files, by an order of three people."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from backend.access.binding import acting
from backend.audit.access_log import CONSULTATION, ERASURE
from backend.audit.models import AccessLog
from backend.cases.models import Case
from backend.children.models import Child
from backend.documents.models import Document
from backend.insights import refreshing
from backend.operations.surroundings import ROOT, urls_of
from backend.referrals.models import Referral
from backend.retention.commands.certifying import proof_of
from backend.retention.models import Certificate, Order, OrderChild
from tests import databases
from tests.casework import case_of, document_of, note_of
from tests.edges import take
from tests.factories import manager, referral_in
from tests.retention.conftest import (
    ENDED,
    People,
    ago,
    agreed,
    carried_out,
    compute,
    declined,
    due,
    proposed,
    stands,
)
from tests.retention.scanning import files_that_hold, tables_that_name
from tests.worker import worker_login

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("due_at_once"),
]
GIVEN, FAMILY, WORDS = "Zephyrine", "Quillfeather", b"Dear Quillfeather family"


class Kept:
    """A child with a referral, a case with a note and two documents, and an access row: all of it ended long ago."""

    def __init__(self) -> None:
        with ago(ENDED):
            self.referral = referral_in(
                Referral.ACCEPTED,
                child_given_name=GIVEN,
                child_family_name=FAMILY,
                child_dob=date(2010, 4, 3).isoformat(),
            )
            case = case_of(self.referral)
            note_of(case, manager(), text=f"{GIVEN} was in school.")
            self.documents = [document_of(case, manager(), name=f"{n}.txt", content=WORDS) for n in "ab"]
            said = {"reason_code": "not_needed", "goes_on": "School.", "risk_remains": False}
            self.case: Case = take("close", case.id, manager(), noun="case", **said)
        self.names: list[str | UUID] = [
            *(GIVEN, FAMILY, self.case.reference, self.referral.reference),
            *(self.case.child_id, self.case.id, self.referral.id),
        ]

    def looked_at(self, who: Any) -> None:
        """Somebody looked at it."""
        AccessLog.objects.using("owner").create(
            user_id=who.user_id,
            membership_id=who.membership_id,
            agency_id=who.agency_id,
            role=who.role.value,
            kind=CONSULTATION,
            label="case.read",
            status=200,
            root_ids=[self.case.id],
            child_ids=[self.case.child_id],
        )


def ordered(people: People, *, second: bool = True) -> Order:
    """An order for all that is due, agreed nine days ago."""
    order = proposed(people.manager, *(one.id for one in due(people.manager)))
    if second:
        agreed(order, people.governs, people.other_governs)
    return order


def test_nothing_of_the_child_is_left_but_access_rows_and_the_certificate(people: People, store: Path) -> None:
    kept, other = Kept(), declined()
    kept.looked_at(people.manager)
    compute()
    with worker_login():
        refreshing.refresh()
    order = proposed(people.manager, kept.case.child_id)
    agreed(order, people.governs, people.other_governs)
    assert len(tables_that_name(kept.names)) > 20
    assert len(files_that_hold(store, WORDS)) == 2
    assert carried_out() == 1
    with worker_login():
        refreshing.refresh()
    assert tables_that_name(kept.names) == {}
    assert files_that_hold(store, b"") == []
    log = AccessLog.objects.using("owner").filter(root_ids__contains=[kept.case.id], label="case.read")
    assert log.count() == 1
    erased = AccessLog.objects.using("owner").get(kind=ERASURE)
    assert (erased.label, erased.user_id, erased.child_ids) == ("disposal.erase", None, [kept.case.child_id])
    with acting(people.manager):
        assert Referral.objects.filter(pk=other.pk).exists()


def test_the_certificate_says_what_by_whom_and_when_in_ids_and_proves_it(people: People) -> None:
    kept = Kept()
    compute()
    order = ordered(people)
    carried_out()
    one = Certificate.objects.using("owner").get(order_id=order.id)
    body = one.body
    assert proof_of(body) == one.sha256
    assert (body["proposed"]["by"], body["approved"]["by"], body["confirmed"]["by"]) == (
        str(people.manager.user_id),
        str(people.governs.user_id),
        str(people.other_governs.user_id),
    )
    assert body["children"] == [
        {"records": [str(kept.case.child_id)], "due_on": body["children"][0]["due_on"], "files": 2}
    ]
    assert (body["rows"]["cases_case"], body["rows"]["referrals_referral"], body["rows"]["documents_document"]) == (
        1,
        1,
        2,
    )
    assert body["rows"]["audit_event"] > 5
    assert GIVEN not in str(body)
    assert people.manager.name not in str(body)
    assert stands(order).state == Order.DONE


def test_a_child_that_something_keeps_by_then_is_left_whole(people: People) -> None:
    referral = declined()
    compute()
    order = ordered(people)
    # It was opened again after everybody had agreed.
    Referral.objects.using("owner").filter(pk=referral.pk).update(state="triage", ended_at=None)
    assert carried_out() == 1
    (line,) = OrderChild.objects.using("owner").filter(order=order)
    assert (line.state, line.kept_by) == (OrderChild.LEFT, ["open_record"])
    assert Child.objects.using("owner").filter(pk=referral.child_id).exists()
    assert Certificate.objects.using("owner").get(order=order).body["left"] == 1


@pytest.mark.parametrize("where", ["rows", "between", "file"])
def test_the_next_worker_goes_on_where_one_was_killed(people: People, store: Path, where: str) -> None:
    kept = Kept()
    compute()
    order = ordered(people)
    killed(where, store)
    is_whole = where == "rows"
    assert Document.objects.using("owner").filter(root_id=kept.case.id).count() == (2 if is_whole else 0)
    assert len(files_that_hold(store, WORDS)) == (1 if where == "file" else 2)
    assert stands(order).state == Order.RUNNING
    carried_out()
    assert files_that_hold(store, b"") == []
    assert stands(order).state == Order.DONE
    with worker_login():
        refreshing.refresh()
    assert tables_that_name(kept.names) == {}
    assert Certificate.objects.using("owner").get(order=order).body["files"] == 2


def killed(where: str, store: Path) -> None:
    """Let a worker of its own process begin, and die there."""
    urls = urls_of(databases.server(), database=databases.own_name())
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "backend.config.settings",
        "DATABASE_URL": urls["WORKER_DATABASE_URL"],
        "DISPOSAL_DATABASE_URL": urls["DISPOSAL_DATABASE_URL"],
        "WORKER_DATABASE_URL": "",
        "OWNER_DATABASE_URL": "",
        "DOCUMENT_FOLDER": str(store),
    }
    command = [sys.executable, "-m", "tests.retention.dies", where]
    ended = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
