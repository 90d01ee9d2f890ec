"""Which agencies of a partnership can lead a case."""

from uuid import UUID

from django.db.models import Exists, OuterRef

from backend.agencies.models import Agency, Membership
from backend.agencies.roles import Role
from backend.cases.models import Case, Transfer
from backend.cases.rules import PossibleLead


def possible_leads(case: Case) -> dict[UUID, PossibleLead]:
    """Return the agencies of the partnership that still work, and whether each could answer a question to lead."""
    managers = Membership.objects.filter(
        agency_id=OuterRef("pk"), role=Role.MANAGER, ended_at=None, user__is_active=True
    )
    offered = Transfer.objects.filter(case_id=case.id, to_agency_id=OuterRef("pk"), state=Transfer.PROPOSED)
    agencies = Agency.objects.filter(partnership_id=case.partnership_id, ended_at=None).order_by("name", "id")
    rows = agencies.annotate(has_manager=Exists(managers), is_offered=Exists(offered))
    return {
        row.id: PossibleLead(row.id, row.name, row.kind, has_manager=row.has_manager, is_offered=row.is_offered)
        for row in rows
    }
