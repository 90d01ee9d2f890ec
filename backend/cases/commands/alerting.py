"""What visitors must know first: added to a case, looked at again, and ended, each with a reason and a day."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.cases.models import Case
from backend.cases.queries import visible_to
from backend.children.models import SafetyAlert
from backend.children.queries import alerts_about
from backend.core import clock
from backend.core.errors import Conflict, Invalid
from backend.workflow.changing import Change, changing

STANDS, CHANGED, ENDED = "stands", "changed", "ended"
_GONE = "This no longer stands among what visitors must know. Look at the list again."


def add_alert(actor: Actor, case_id: UUID, given: Mapping[str, Any], *, alert_id: UUID) -> None:
    """Write down what a visitor must know, for everybody who may know who the child is. Raises a Refusal."""
    verb, permission = "case.add_alert", Permission.CASE_ADD_ALERT
    with changing(actor, visible_to(actor), case_id, permission=permission, verb=verb, version=None) as change:
        _require_open(change)
        said = {name: given[name] for name in ("codes", "note", "disclosure", "review_on")}
        SafetyAlert.objects.create(id=alert_id, root_id=case_id, child_id=change.target.child_id, **said)
        change.data = {"alert_id": str(alert_id), "codes": list(given["codes"])}


def review_alert(actor: Actor, case_id: UUID, given: Mapping[str, Any]) -> None:
    """Say that an alert still holds or has changed, until another day, or no longer holds; the event keeps the reason.

    It may have been said in any record of the child. Raises a Refusal, Invalid for one that is not in force.
    """
    verb, permission = "case.review_alert", Permission.CASE_REVIEW_ALERT
    with changing(actor, visible_to(actor), case_id, permission=permission, verb=verb, version=None) as change:
        _require_open(change)
        alert = next((one for one in alerts_about(change.target.child_id) if one.id == given["alert"]), None)
        if alert is None:
            raise Invalid(_GONE, fields={"alert": [_GONE]})
        change.reason = given["reason"]
        change.data = {"alert_id": str(alert.id), "outcome": given["outcome"], "was_due": alert.review_on.isoformat()}
        if given["outcome"] == ENDED:
            alert.ended_at = clock.now()
        else:
            alert.review_on, alert.disclosure = given["review_on"], given["disclosure"]
        if given["outcome"] == CHANGED:
            change.data |= {"before": list(alert.codes), "codes": list(given["codes"])}
            alert.codes, alert.note = given["codes"], given["note"]
        alert.save()


def _require_open(change: Change[Case]) -> None:
    if change.target.state == Case.CLOSED:
        raise Conflict("This case is closed. Reopen it before you write about new work.", code="wrong_state")
