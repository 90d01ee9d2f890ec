"""One session of an intervention, for one child; those of a group share its mark, and nothing else."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency
from backend.audit.history import history
from backend.core import clock
from backend.core.models import TableClass, Versioned
from backend.interventions.states import SessionStates

# Whoever sees the intervention: its own policy decides inside the subquery.
_SEE_SESSION = "EXISTS (SELECT 1 FROM interventions_intervention i WHERE i.id = root_id)"


class Session(SessionStates, Versioned):
    """When it was or will be, who came, what was done, what the child said of it, and whether anything worries."""

    table_class: ClassVar[TableClass] = TableClass.PART
    policy: ClassVar[str] = _SEE_SESSION

    root_id = models.UUIDField()
    partnership_id = models.UUIDField()
    child_id = models.UUIDField()
    # The same for every child of one group session; each row is seen only with its own child's intervention.
    group_id = models.UUIDField(null=True)
    planned_at = models.DateTimeField(null=True)
    happened_at = models.DateTimeField(null=True)
    # Codes of session_outcomes, session_modes, note_people and session_concerns.
    outcome = models.CharField(max_length=40, blank=True)
    # Why it was not held or not attended: a code of session_not_held_reasons, and words where somebody wrote any.
    not_held_why = models.CharField(max_length=40, blank=True, default="", db_default="")
    not_held_text = models.CharField(max_length=300, blank=True, default="", db_default="")
    mode = models.CharField(max_length=40, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    people = ArrayField(models.CharField(max_length=40), default=list)
    # The goal it worked on, in the words of the plan or of the family.
    worked_on = models.CharField(max_length=300, blank=True)
    # Those of the intervention's goals that it worked on.
    goals = ArrayField(models.UUIDField(), default=list, blank=True)
    child_feedback = models.TextField(blank=True)
    text = models.TextField(blank=True)
    concern = models.CharField(max_length=40, blank=True)
    concern_text = models.TextField(blank=True)
    # When the worker gave the concern to the lead practitioner.
    passed_on_at = models.DateTimeField(null=True)
    moved_by = models.CharField(max_length=40, blank=True)
    move_reason = models.CharField(max_length=300, blank=True)
    # The session this one takes the place of, and the one whose record it corrects.
    instead_of_id = models.UUIDField(null=True)
    corrects_id = models.UUIDField(null=True)
    written_by_id = models.UUIDField()
    written_by_name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    history = history(_SEE_SESSION.replace("root_id", "interventions_historicalsession.root_id"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(SessionStates.LABELS)), name="session_state_known"),
            models.CheckConstraint(
                condition=~Q(state="recorded") | (Q(happened_at__isnull=False) & ~Q(outcome="")),
                name="session_recorded_has_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["planned", "moved"]) | Q(planned_at__isnull=False),
                name="session_planned_has_time",
            ),
            models.UniqueConstraint(
                fields=["root_id", "group_id"],
                condition=Q(group_id__isnull=False, state__in=["planned", "recorded"]),
                name="session_once_in_group",
            ),
        ]
        indexes = [
            models.Index(fields=["root_id", "-id"], name="session_of_intervention"),
            models.Index(fields=["root_id", "planned_at"], condition=Q(state="planned"), name="session_next"),
            models.Index(fields=["group_id"], condition=Q(group_id__isnull=False), name="session_group"),
            models.Index(
                fields=["id"],
                condition=Q(state="recorded", passed_on_at__isnull=True) & ~Q(concern=""),
                name="session_concern_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} session of {self.root_id}"
