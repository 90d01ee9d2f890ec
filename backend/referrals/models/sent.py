"""The form as it was sent, answer by answer, and what was changed in it afterwards: nothing is overwritten."""

from typing import ClassVar

from django.db import models

from backend.core import clock
from backend.core.models import Base, TableClass


class SentAnswers(Base):
    """The answers as they were sent, {field: value}; those that may travel less far stand in a row with their mark."""

    table_class: ClassVar[TableClass] = TableClass.PART
    append_only: ClassVar[bool] = True
    policy: ClassVar[str] = "app.reads_marked(root_id, mark)"
    add_policy: ClassVar[str] = "app.writes_marked(root_id, mark)"

    root_id = models.UUIDField()
    mark = models.CharField(max_length=20, blank=True)
    answers = models.JSONField()
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["root_id", "mark"], name="sent_answers_once")]

    def __str__(self) -> str:
        return f"answers of {self.root_id}"


class Amendment(Base):
    """One answer changed after sending: what it said, what it says, by whom and why. None is no answer."""

    table_class: ClassVar[TableClass] = TableClass.PART
    append_only: ClassVar[bool] = True
    policy: ClassVar[str] = "app.reads_marked(root_id, mark)"
    add_policy: ClassVar[str] = """by_id = (SELECT app.actor_user()) AND by_name = (SELECT app.actor_name())
      AND agency_name = (SELECT app.actor_agency_name()) AND app.writes_marked(root_id, mark)"""

    root_id = models.UUIDField(db_index=True)
    # The answers that were changed in one go have the event of that change in common.
    change_id = models.UUIDField()
    field = models.CharField(max_length=64)
    mark = models.CharField(max_length=20, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason_code = models.CharField(max_length=60)
    reason = models.TextField(blank=True)
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    agency_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.field
