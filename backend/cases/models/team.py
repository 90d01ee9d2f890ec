"""Who works with a family besides the lead practitioner: the team around the child."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency, User
from backend.audit.history import history
from backend.cases.models.planning import Planned
from backend.cases.states.team import TeamMemberStates


class TeamMember(TeamMemberStates, Planned):
    """One person's place in the team around the child, from when they were named until it ends.

    A colleague of the lead practitioner works on the case as they do (WORKER); somebody of another agency reads the
    plan and the notes that are shared with the team (TEAM). A trigger keeps both.
    """

    policy: ClassVar[str] = "app.reads_plan(root_id)"

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    person_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    is_partner = models.BooleanField()
    # What they do, in the words the family is told.
    part = models.CharField(max_length=200)
    # A code of `team_reasons`.
    why = models.CharField(max_length=60)
    ended_by_id = models.UUIDField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    # A code of `team_end_reasons`.
    reason_code = models.CharField(max_length=60, blank=True)

    history = history("app.reads_plan(root_id)")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(TeamMemberStates.LABELS)), name="team_member_state_known"
            ),
            models.UniqueConstraint(
                fields=["root_id", "person", "person_agency"], condition=Q(state="on"), name="team_member_once"
            ),
            models.CheckConstraint(
                condition=Q(state="on", ended_at__isnull=True, reason_code="")
                | (Q(state="ended", ended_at__isnull=False) & ~Q(reason_code="")),
                name="team_member_end_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["root_id", "made_at", "id"], name="team_of_case"),
            models.Index(fields=["person", "root_id"], condition=Q(state="on"), name="team_mine"),
        ]

    def __str__(self) -> str:
        return f"member of the team of {self.root_id}"
