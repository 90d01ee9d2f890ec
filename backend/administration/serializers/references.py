"""What records of any kind are called, as far as whoever asks may see them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from backend.cases.models import Case, LeadRequest, Task, Transfer
from backend.configuration import queries as configuration
from backend.interventions.models import Intervention
from backend.referrals.models import InformationRequest, Referral


def references(ids: Sequence[UUID]) -> Mapping[UUID, str]:
    """Return what records are called, of every kind in one statement, as far as the actor may see them."""
    named = [
        Referral.objects.filter(pk__in=ids).values_list("id", "reference"),
        Case.objects.filter(pk__in=ids).values_list("id", "reference"),
        Task.objects.filter(pk__in=ids).values_list("id", "reference"),
        Transfer.objects.filter(pk__in=ids).values_list("id", "case_reference"),
        LeadRequest.objects.filter(pk__in=ids).values_list("id", "case_reference"),
        InformationRequest.objects.filter(pk__in=ids).values_list("id", "reference"),
        Intervention.objects.filter(pk__in=ids).values_list("id", "case_reference"),
        configuration.named(ids),
    ]
    return dict(named[0].union(*named[1:]))
