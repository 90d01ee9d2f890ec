"""The lists behind the numbers of an agency's open work, for its own manager."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from backend.access import queries as access
from backend.access.actors import Actor
from backend.administration.queries.agencies import ids_of
from backend.cases.models import Action, Case, Task, Transfer
from backend.directory.models import Service
from backend.disagreements.models import Disagreement
from backend.drafts.models import Draft
from backend.interventions.models import Intervention
from backend.panels.models import Panel
from backend.referrals.models import InformationRequest, Offer, Referral
from backend.workflow.models import Confirmation


def _rows() -> Mapping[str, QuerySet[Any]]:
    due = ("next_due_at", "id")
    return {
        "holds": Referral.objects.order_by(*due),
        "owes": Referral.objects.order_by(*due),
        "leads": Case.objects.order_by(*due),
        "checks": Case.objects.order_by(*due),
        "works": Case.objects.order_by(*due),
        "asked_to_lead": Transfer.objects.select_related("to_agency").order_by(*due),
        "asked": InformationRequest.objects.order_by(*due),
        "tasks": Task.objects.order_by(*due),
        "actions": Action.objects.order_by(*due),
        "gives": Intervention.objects.order_by(*due),
        "answers": Disagreement.objects.order_by(*due),
        "second_person": Confirmation.objects.order_by("asked_at", "id"),
    }


def listed(actor: Actor, kind: str) -> QuerySet[Any]:
    """Return the records of one kind that the actor's own agency has, as far as they may know of them."""
    ids = ids_of(actor.agency_id, kind)
    if kind == "provides":
        return Service.objects.filter(pk__in=ids).order_by("name", "id")
    if kind == "chairs":
        return Panel.objects.filter(pk__in=ids).order_by("starts_at", "id")
    if kind == "drafts":
        return Draft.objects.filter(root_id__in=ids).order_by("saved_at", "id")
    if kind == "offered":
        offers = Offer.objects.filter(pk__in=ids).values("root_id")
        return Referral.objects.filter(pk__in=offers).exclude(access.barred(actor)).order_by("next_due_at", "id")
    return _rows()[kind].filter(pk__in=ids).exclude(access.barred(actor))
