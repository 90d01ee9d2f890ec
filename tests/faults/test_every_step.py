"""An edge is all or nothing: whatever breaks, at whichever step, no table has one row more, less or other."""

from typing import Any

import pytest
from django.db import OperationalError, transaction

from backend.audit import commands as audit
from backend.deadlines import winding
from backend.notifications import commands as notifications
from backend.referrals.models import Referral
from backend.workflow import changing, confirmations, idempotency
from tests.actors import Browser, browser_of
from tests.edges import good_input, take
from tests.factories import agency_id, manager, officer, referral_in, second_manager, teacher
from tests.factories import open_confirmation as waiting_about
from tests.faults.broken import after, breaks, seen_by
from tests.faults.owner import contents

pytestmark = pytest.mark.django_db

# Every collaborator of Machine.perform and changing(), in the order they are asked.
STEPS: dict[str, tuple[Any, str]] = {
    "key": (idempotency, "take"),
    "see and lock": (changing, "_locked"),
    "may": (changing.policy, "require"),
    "version": (changing, "_require_version"),
    "clocks wound": (winding, "wind"),
    "clocks met and stopped": (winding, "_set"),
    "clocks started": (winding, "_started"),
    "record": (changing, "record"),
    "record saves": (audit, "_save"),
    "history and event": (audit, "insert_together"),
    "questions withdrawn": (confirmations, "withdraw_open"),
    "tell": (notifications, "outbox_rows"),
}


def _request(browser: Browser, referral: Referral, edge: str, **given: Any) -> int:
    body = {**good_input("referral", edge, **given), "version": referral.version}
    return browser.post(f"referrals/{referral.id}/{edge.replace('_', '-')}/", body).status_code


@pytest.mark.parametrize("how", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_a_fault_at_any_step_of_accepting_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, step: str, how: str
) -> None:
    referral = referral_in(Referral.TRIAGE)
    before = seen_by(officer(), manager())
    where, name = STEPS[step]
    with monkeypatch.context() as patch:
        patch.setattr(where, name, breaks if how == "before" else after(getattr(where, name)))
        status = _request(browser_of(officer()), referral, "accept", lead_agency=agency_id("front-door"))
    assert status == 500, "the fault was not met on the way: is this still a step?"
    assert seen_by(officer(), manager()) == before
    assert _request(browser_of(officer()), referral, "accept", lead_agency=agency_id("front-door")) == 200


@pytest.mark.parametrize("part", ["first", "fsm", "then"])
@pytest.mark.parametrize("edge", ["take", "submit"])
def test_a_fault_inside_an_edge_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, edge: str, part: str) -> None:
    state, who = (Referral.REDIRECTED, officer("youth-justice")) if edge == "take" else (Referral.DRAFT, None)
    referral = referral_in(state)
    who = who or teacher()
    before = seen_by(who, officer(), manager())
    machine_of = confirmations.machines["referral"]
    with monkeypatch.context() as patch:
        if part == "fsm":
            real = getattr(Referral, edge)
            broken = after(real)
            broken._django_fsm = real._django_fsm  # type: ignore[attr-defined]
            patch.setattr(Referral, edge, broken)
        else:
            old = machine_of.edges[edge]
            broken_part = after(getattr(old, part)) if getattr(old, part) else breaks
            changed = type(old)(**{**{f: getattr(old, f) for f in old.__dataclass_fields__}, part: broken_part})
            patch.setitem(machine_of.edges, edge, changed)  # type: ignore[arg-type]
        assert _request(browser_of(who), referral, edge) == 500
    assert seen_by(who, officer(), manager()) == before
    assert _request(browser_of(who), referral, edge) == 200


def test_a_fault_while_a_second_person_confirms_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    referral = take("mark_entered_in_error", referral_in(Referral.TRIAGE).id, manager())
    waiting = waiting_about(referral.id, second_manager())
    before = seen_by(manager(), second_manager())
    browser = browser_of(second_manager())
    path = f"confirmations/{waiting.id}/confirm/"
    for where, name in ((confirmations, "_close"), (changing, "record"), (confirmations, "outbox_rows")):
        with monkeypatch.context() as patch:
            patch.setattr(where, name, after(getattr(where, name)))
            browser.post(path, {"version": waiting.version})
        assert seen_by(manager(), second_manager()) == before, name
    assert browser.post(path, {"version": waiting.version}).status_code == 200


def test_a_database_that_is_busy_is_said_to_be_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    referral = referral_in(Referral.TRIAGE)

    def times_out(*_args: Any, **_kwargs: Any) -> Any:
        raise OperationalError("canceling statement due to lock timeout")

    monkeypatch.setattr(changing, "_locked", times_out)
    browser = browser_of(officer())
    body = {**good_input("referral", "step_up"), "version": referral.version}
    answer = browser.post(f"referrals/{referral.id}/step-up/", body)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["Retry-After"] == "2"


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_fault_leaves_nothing_committed_in_any_table_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same with real commits, read by the owner, who sees every row of every table."""
    referral = referral_in(Referral.TRIAGE)
    browser, before = browser_of(officer()), contents()
    for where, name in STEPS.values():
        with monkeypatch.context() as patch:
            patch.setattr(where, name, after(getattr(where, name)))
            assert _request(browser, referral, "accept", lead_agency=agency_id("front-door")) == 500, name
        assert contents() == before, name
    assert transaction.get_connection().in_atomic_block is False
