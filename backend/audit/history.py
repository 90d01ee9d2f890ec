"""History tables: what a record looked like after each event, kept by django-simple-history and closed to changes."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from simple_history.models import HistoricalRecords

from backend.audit.models import Event
from backend.core.ids import uuid7
from backend.core.models import TableClass


class HistoryRow(models.Model):
    """The base of every history table: append-only, linked to the event that made the row."""

    table_class: ClassVar[TableClass] = TableClass.PART
    append_only: ClassVar[bool] = True
    # `{root}` is the column of this history that names the root (access.row_security).
    add_policy: ClassVar[str] = "history_user_id = (SELECT app.actor_user()) AND app.writes_at({root})"

    event_id = models.UUIDField(null=True, editable=False)

    class Meta:
        abstract = True


def history(policy: str, *, excluded: tuple[str, ...] = ()) -> HistoricalRecords:
    """Return the `history` attribute of a tracked model; `policy` is the SQL that says who sees its past."""
    meta = type("Meta", (), {"abstract": True})
    base = type("HistoryBase", (HistoryRow,), {"__module__": __name__, "policy": policy, "Meta": meta})
    return HistoricalRecords(
        bases=[base],
        excluded_fields=list(excluded),
        history_id_field=models.UUIDField(default=uuid7),
        history_user_id_field=models.UUIDField(null=True),
        history_user_getter=_user_id,
        history_user_setter=_set_user_id,
    )


def _user_id(historical: Any) -> UUID | None:
    user_id: UUID | None = historical.history_user_id
    return user_id


def _set_user_id(historical: Any, user_id: UUID | None) -> None:
    """People are kept by id without a foreign key: no query for each save, and no SET NULL on an author."""
    historical.history_user_id = user_id


def row_of(target: Any, event: Event, *, is_new: bool) -> HistoryRow:
    """Return what `target` looks like now as a row of its history, made by `event`; nothing is written."""
    model = target.history.model
    row: HistoryRow = model(
        history_id=uuid7(),
        history_date=event.at,
        history_type="+" if is_new else "~",
        history_user_id=event.actor_user_id,
        history_change_reason=event.verb,
        event_id=event.id,
        **{field.attname: getattr(target, field.attname) for field in model.tracked_fields},
    )
    return row
