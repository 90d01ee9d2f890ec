"""One child on the agenda of a panel: a record of its own under the case, opened to others by invitation alone.

The decision and its alternatives: docs/adr/0043. What an invited agency may not read stands in rows of its own, because
row security shows a row whole or not at all.
"""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency
from backend.audit.history import history
from backend.cases.models import Case
from backend.core import clock
from backend.core.models import Base, TableClass, Versioned
from backend.panels.models.panel import Panel
from backend.panels.states import PanelItemStates

# Whoever reads the case, but in an emergency; and, until it ends for them, who chairs the panel and who was invited to
# this item.
_SEE_ITEM = """CASE
  WHEN child_id = ANY ((SELECT app.barred_children())::uuid[]) THEN false
  ELSE app.reads_by_task(case_id) OR app.hears(id) END"""
# The item's own policy decides inside the subquery: what belongs to one that is closed is closed with it.
_ITEM = "EXISTS (SELECT 1 FROM panels_panelitem i WHERE i.id = {table}.root_id{more})"
_READS_CASE_OR_CHAIRS = "(app.reads_by_task(i.case_id) OR i.chair_agency_id = (SELECT app.actor_agency()))"


def _part(table: str, more: str = "") -> str:
    return _ITEM.format(table=table, more=f" AND {more}" if more else "")


class PanelItem(PanelItemStates, Versioned):
    """A case that a panel hears. What stands here is read by everybody at the table who was invited to it."""

    table_class: ClassVar[TableClass] = TableClass.ROOT
    policy: ClassVar[str] = _SEE_ITEM

    partnership_id = models.UUIDField()
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    # Copies: whoever is invited names what they ring about without opening the case, and who leads the table.
    case_reference = models.CharField(max_length=20)
    child_id = models.UUIDField()
    # Who the child is, as much as the table needs to know: its record says far more, and opens to nobody at it.
    child_name = models.CharField(max_length=410)
    child_born_on = models.DateField(null=True)
    chair_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    lead_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # What the panel is asked, in the words that everybody invited reads.
    question = models.TextField()
    put_on_by_id = models.UUIDField()
    put_on_by_name = models.CharField(max_length=200)
    put_on_at = models.DateTimeField(default=clock.now)
    # The last instant at which anybody reads it by invitation, whatever becomes of the meeting.
    open_until = models.DateTimeField()
    taken_off_at = models.DateTimeField(null=True)
    taken_off_why = models.TextField(blank=True)

    history = history(_SEE_ITEM)

    # Not columns: who has just been invited, whom the act tells; and what has just been given, which its preview shows.
    invited_agency_id: UUID | None = None
    invited_agency_name = ""
    given_id: UUID | None = None
    # Who was invited when it was taken off.
    told_agency_ids: tuple[UUID, ...] = ()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(PanelItemStates.LABELS)), name="panelitem_state_known"),
            models.CheckConstraint(
                condition=Q(state="taken_off", taken_off_at__isnull=False)
                | (~Q(state="taken_off") & Q(taken_off_at__isnull=True)),
                name="panelitem_off_has_time",
            ),
            models.UniqueConstraint(
                fields=["panel", "case"],
                condition=Q(state__in=list(PanelItemStates.HEARD)),
                name="panelitem_once_per_panel",
            ),
        ]
        indexes = [
            models.Index(fields=["panel", "id"], name="panelitem_of_panel"),
            models.Index(fields=["case", "-id"], name="panelitem_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_reference} on the agenda of {self.panel_id}"

    @property
    def root_id(self) -> UUID:
        """An item is its own root: those invited to it stand to no other record of the case."""
        return self.id


class Invitation(Versioned):
    """What one agency is told of an item, and why: a share, of which the case's ledger has the other half."""

    table_class: ClassVar[TableClass] = TableClass.PART
    policy: ClassVar[str] = _part(
        "panels_invitation",
        f"({_READS_CASE_OR_CHAIRS} OR panels_invitation.agency_id = (SELECT app.actor_agency()))",
    )

    root_id = models.UUIDField()
    partnership_id = models.UUIDField()
    child_id = models.UUIDField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # A code of `panel_purposes`.
    purpose = models.CharField(max_length=60)
    # What this agency alone is told, beside the question to the panel.
    told = models.TextField(blank=True)
    open_until = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    # When the agency was reminded that it has given nothing yet; once.
    reminded_at = models.DateTimeField(null=True)

    history = history(
        _part(
            "panels_historicalinvitation",
            f"({_READS_CASE_OR_CHAIRS} OR panels_historicalinvitation.agency_id = (SELECT app.actor_agency()))",
        )
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["root_id", "agency"], condition=Q(ended_at__isnull=True), name="invitation_once_per_item"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} invited to {self.root_id}"


# Whoever reads the case or chairs, and the agency that gave it; what bears a label, by the label (access/marks.py).
_SEE_INFORMATION = """(panels_{table}.agency_id = (SELECT app.actor_agency())
      OR (panels_{table}.mark = '' AND i.chair_agency_id = (SELECT app.actor_agency()))
      OR app.reads_marked(i.case_id, panels_{table}.mark))"""
# One gives as one's own agency, to a meeting that is still to come or going on, under a label that is one's to set.
_GIVES = """agency_id = (SELECT app.actor_agency()) AND app.gives_marked(mark) AND app.writes_at(root_id)
      AND EXISTS (SELECT 1 FROM panels_panelitem i JOIN panels_panel p ON p.id = i.panel_id
        WHERE i.id = panels_{table}.root_id AND i.state <> 'taken_off' AND p.state IN ('planned', 'held'))"""


class Information(Base):
    """That an agency has said something about an item: who, when, until which instant it is read. It stays for good."""

    table_class: ClassVar[TableClass] = TableClass.PART
    append_only: ClassVar[bool] = True
    policy: ClassVar[str] = _part("panels_information", _SEE_INFORMATION.format(table="information"))
    add_policy: ClassVar[str] = (
        "by_id = (SELECT app.actor_user()) AND by_name = (SELECT app.actor_name()) AND "
        + _GIVES.format(table="information")
    )

    root_id = models.UUIDField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # A code of `panel_information_labels`, or none.
    mark = models.CharField(max_length=20, blank=True, default="")
    expires_at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["root_id", "at", "id"], name="information_of_item")]

    def __str__(self) -> str:
        return f"information of {self.agency_id} for {self.root_id}"


class InformationText(Base):
    """What it said: read by nobody from its last instant on. No job has to come first: the policy asks the moment.

    It repeats who gave it, its label and its end: it is written in one statement with the row that it belongs to.
    """

    table_class: ClassVar[TableClass] = TableClass.PART
    append_only: ClassVar[bool] = True
    policy: ClassVar[str] = "expires_at > app.moment() AND " + _part(
        "panels_informationtext", _SEE_INFORMATION.format(table="informationtext")
    )
    add_policy: ClassVar[str] = _GIVES.format(table="informationtext")
    # Readable by nobody means also: not by a job.
    job_policy: ClassVar[str] = "app.job() IS NOT NULL AND expires_at > app.moment()"

    root_id = models.UUIDField()
    information_id = models.UUIDField(unique=True)
    agency_id = models.UUIDField()
    mark = models.CharField(max_length=20, blank=True, default="")
    expires_at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["root_id"], name="informationtext_of_item")]

    def __str__(self) -> str:
        return f"words of {self.information_id}"


class PanelDecision(Base):
    """What the panel decided about an item, which agency owns it, and by when; only ever added to."""

    table_class: ClassVar[TableClass] = TableClass.PART
    append_only: ClassVar[bool] = True
    # Whoever was invited reads what it owns, and not what was decided for others.
    policy: ClassVar[str] = _part(
        "panels_paneldecision",
        f"({_READS_CASE_OR_CHAIRS} OR panels_paneldecision.owner_agency_id = (SELECT app.actor_agency()))",
    )
    add_policy: ClassVar[str] = """by_id = (SELECT app.actor_user()) AND by_name = (SELECT app.actor_name())
      AND app.writes_at(root_id) AND EXISTS (SELECT 1 FROM panels_panelitem i JOIN panels_panel p ON p.id = i.panel_id
        WHERE i.id = panels_paneldecision.root_id AND i.state <> 'taken_off' AND p.state = 'held'
          AND i.chair_agency_id = (SELECT app.actor_agency()))"""

    root_id = models.UUIDField()
    # A code of `panel_decisions`.
    kind = models.CharField(max_length=60)
    text = models.TextField()
    # Whose it is to do, and by when; neither where nothing has to be done.
    owner_agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner_agency__isnull=True, due_on__isnull=True)
                | Q(owner_agency__isnull=False, due_on__isnull=False),
                name="paneldecision_owner_has_day",
            ),
        ]
        indexes = [models.Index(fields=["root_id", "at", "id"], name="paneldecision_of_item")]

    def __str__(self) -> str:
        return f"{self.kind} about {self.root_id}"
