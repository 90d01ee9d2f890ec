"""The marker of the demo city: that one was begun, and that it was finished."""

from typing import ClassVar

from django.db import models

from backend.core.models import Base, TableClass


class City(Base):
    """One demo city, written by the owner only; without `finished_at` it is being made, or was left half made."""

    table_class: ClassVar[TableClass] = TableClass.REFERENCE

    seed = models.CharField(max_length=60)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"demo city of {self.begun_at:%d %B %Y}"
