"""The marker of the demo city: that one was begun, that its doors are open, and how far its past has been filled in."""

from typing import ClassVar

from django.db import models

from backend.core.models import Base, TableClass


class City(Base):
    """One demo city, written by the owner only; without `finished_at` it is being made, or was left half made.

    The doors open then. Its past (`past_lives` children helped over two years) is filled in while people look around.
    """

    table_class: ClassVar[TableClass] = TableClass.REFERENCE

    seed = models.CharField(max_length=60)
    scale = models.PositiveSmallIntegerField(default=100)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    past_lives = models.PositiveSmallIntegerField(default=0)
    past_walked = models.PositiveSmallIntegerField(default=0)
    past_finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"demo city of {self.begun_at:%d %B %Y}"
