"""The worker's sign of life, by the database's clock: a pinned or wrong clock of a machine does not matter."""

from datetime import timedelta

from django.db.models.functions import Now

from backend.notifications.models import Heartbeat

FRESH = timedelta(seconds=30)
_KEPT = timedelta(days=1)


def beat(name: str) -> None:
    """Say that the worker `name` is alive."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, at=Now())], update_conflicts=True, unique_fields=["name"], update_fields=["at"]
    )


def is_fresh() -> bool:
    """Say whether any worker gave a sign of life in the last half minute."""
    return Heartbeat.objects.filter(at__gt=Now() - FRESH).exists()


def forget_stopped() -> None:
    """Delete the rows of workers that stopped long ago."""
    Heartbeat.objects.filter(at__lt=Now() - _KEPT).delete()
