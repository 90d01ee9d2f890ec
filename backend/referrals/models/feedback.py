"""A link by which somebody without an account sees once how their referral stands."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.core.models import TableClass
from backend.notifications.models import PENDING, Delivery, SentLink


class StatusLink(SentLink):
    """One link: made by the agency that holds the referral, shown or sent once, used once. Its token is kept nowhere.

    As something that is sent it is pending until it has gone; one that is handed over has gone when it is made. Using
    it is for app.use_status_link alone.
    """

    table_class: ClassVar[TableClass] = TableClass.PART
    policy: ClassVar[str] = "app.reads_root(root_id)"
    job_policy: ClassVar[str] = "app.job_sees(root_id)"
    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE (ended_at)"
    worker_grants: ClassVar[str] = "SELECT, UPDATE"

    root_id = models.UUIDField(db_index=True)
    is_emailed = models.BooleanField(default=False)
    made_by_id = models.UUIDField()
    made_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="status_link_of_token"),
            models.UniqueConstraint(
                fields=["root_id"],
                condition=Q(used_at__isnull=True, ended_at__isnull=True),
                name="status_link_one_open",
            ),
            models.CheckConstraint(condition=Q(state__in=Delivery.values), name="status_link_delivery_known"),
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("made_at")), name="status_link_expires_later"),
        ]
        indexes = [models.Index(fields=["next_try_at", "id"], condition=PENDING, name="status_link_to_send")]

    def __str__(self) -> str:
        return str(self.id)
