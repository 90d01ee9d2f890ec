"""The abstract bases of our tables: a UUIDv7 key, and a version for what several people may change."""

from enum import StrEnum
from typing import ClassVar

from django.db import models

from backend.core.ids import uuid7


class TableClass(StrEnum):
    """How a table is protected; every table declares one and a test reads the catalogue to prove it."""

    ROOT = "root"  # a record with relations of its own: referral, case, child
    PART = "part"  # belongs to a root by `root_id` and is seen with it
    OWN = "own"  # belongs to one person: drafts, messages, keys
    REFERENCE = "reference"  # the same for everybody: agencies, teams, codes
    PLUMBING = "plumbing"  # ids and verbs only, no case text: projections, outbox, deadlines


class Base(models.Model):
    """A row with a UUIDv7 key made in Python, so that it can be named before it is written."""

    table_class: ClassVar[TableClass]
    append_only: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class Versioned(Base):
    """A row that several people may change: `version` rises by one with every recorded write."""

    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
