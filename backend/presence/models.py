"""The one table: a person at a record, as they last said so."""

from typing import ClassVar

from django.db import models

from backend.core.models import Base, TableClass


class Presence(Base):
    """Untracked on purpose: it is true for a minute, and who read what stands in the access log.

    A person sees and writes their own row; others at the record are read by app.present_at.
    """

    table_class: ClassVar[TableClass] = TableClass.OWN
    policy: ClassVar[str] = "user_id = (SELECT app.actor_user()) AND app.reads_root(root_id)"

    root_id = models.UUIDField()
    user_id = models.UUIDField()
    agency_id = models.UUIDField()
    # Whether they are changing it, as their browser says: a form of it is open and something is typed there.
    is_writing = models.BooleanField(default=False)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["root_id", "user_id"], name="presence_once")]
        indexes = [models.Index(fields=["seen_at"], name="presence_old")]

    def __str__(self) -> str:
        return f"somebody at {self.root_id}"
