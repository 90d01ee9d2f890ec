"""Empties the database of all records, as the owner: before a demo city is made, never otherwise."""

from django.db import connections, models, transaction

from backend.access.models import MarkScope, Scope
from backend.access.row_security import our_models, table_class
from backend.audit.signing import forget_outside
from backend.configuration import reference
from backend.core.models import TableClass
from backend.demonstration.models import City
from backend.notifications.models import Heartbeat

OWNER = "owner"
# What only grows is otherwise kept from its owner too (access/sql/40_only_growing.sql); for one transaction.
OF_THE_CITY = "SET LOCAL app.demo_city = 'on'"
# Not records: what the roles may see, which secure_tables writes, and the sign of life of a running worker.
_KEPT = (Scope, MarkScope, Heartbeat)

# Who left in the old city works there again in the new one, and what ended goes on.
_COME_BACK = (
    """UPDATE agencies_membership m SET ended_at = NULL, ended_as_id = NULL, ended_in = NULL
        WHERE ended_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM agencies_membership o WHERE o.ended_at IS NULL
          AND (o.user_id, o.agency_id, o.role) = (m.user_id, m.agency_id, m.role))
          AND NOT EXISTS (SELECT 1 FROM agencies_membership o WHERE o.id > m.id
          AND (o.user_id, o.agency_id, o.role) = (m.user_id, m.agency_id, m.role))""",
    "UPDATE agencies_agency SET ended_at = NULL WHERE ended_at IS NOT NULL",
)


def has_records() -> bool:
    """Say whether anybody has ever begun a referral in this database."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM referrals_referral)")
        return bool(cursor.fetchone()[0])


def empty() -> None:
    """Throw away every record with its history, events, clocks and messages; the people and agencies stay.

    What the product came with is configured again, as at its first start.
    """
    tables = ", ".join(connections[OWNER].ops.quote_name(model._meta.db_table) for model in _emptied())
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute(OF_THE_CITY)
        cursor.execute(f"TRUNCATE {tables}")
        City.objects.using(OWNER).all().delete()
        # The signed roots speak of the log that is gone.
        forget_outside()
        for statement in _COME_BACK:
            cursor.execute(statement)
        reference.load(OWNER)


def _emptied() -> list[type[models.Model]]:
    return [model for model in our_models() if table_class(model) is not TableClass.REFERENCE and model not in _KEPT]
