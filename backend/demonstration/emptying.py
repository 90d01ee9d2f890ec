"""Empties the database of all records, as the owner: before a demo city is made, never otherwise."""

from django.db import connections, models, transaction

from backend.access.models import Scope
from backend.access.row_security import our_models, table_class
from backend.core.models import TableClass
from backend.demonstration.models import City
from backend.notifications.models import Heartbeat

OWNER = "owner"
# Not records: what the roles may see, which secure_tables writes, and the sign of life of a running worker.
_KEPT = (Scope, Heartbeat)


def has_records() -> bool:
    """Say whether anybody has ever begun a referral in this database."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM referrals_referral)")
        return bool(cursor.fetchone()[0])


def empty() -> None:
    """Throw away every record with its history, events, clocks and messages; the people and agencies stay."""
    tables = ", ".join(connections[OWNER].ops.quote_name(model._meta.db_table) for model in _emptied())
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables}")
        City.objects.using(OWNER).all().delete()


def _emptied() -> list[type[models.Model]]:
    return [model for model in our_models() if table_class(model) is not TableClass.REFERENCE and model not in _KEPT]
