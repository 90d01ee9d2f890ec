"""The certificate of an order: what was deleted, by whom ordered and agreed, under which schedule; ids and numbers."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson

from backend.core import clock
from backend.retention import queries
from backend.retention.models import Certificate, Order, OrderChild


def certificate(order: Order) -> Certificate:
    """Return the certificate of an order that has been carried out; nothing is written."""
    children = list(queries.lines(order))
    deleted = [one for one in children if one.state == OrderChild.DELETED]
    rows: Counter[str] = Counter()
    for one in deleted:
        rows.update(one.counts)
    body = {
        "order": str(order.id),
        "reference": order.reference,
        "agency": str(order.agency_id),
        "partnership": str(order.partnership_id),
        "schedule": order.schedule,
        "proposed": _step(order.proposed_by_id, order.proposed_at),
        "approved": _step(order.approved_by_id, None),
        "confirmed": _step(order.confirmed_by_id, order.confirmed_at),
        "carried_out_at": clock.now().isoformat(),
        "children": [
            {
                "records": [str(child) for child in one.child_ids],
                "due_on": one.due_on.isoformat(),
                "files": one.file_count,
            }
            for one in deleted
        ],
        "rows": dict(sorted(rows.items())),
        "files": sum(one.file_count for one in deleted),
        "left": len(children) - len(deleted),
    }
    return Certificate(order=order, at=clock.now(), body=body, sha256=proof_of(body))


def proof_of(body: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what a certificate says, written as JSON with sorted keys and no white space."""
    return sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _step(person_id: Any, at: datetime | None) -> dict[str, str]:
    return {"by": str(person_id or ""), "at": at.isoformat() if at else ""}
