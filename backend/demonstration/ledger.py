"""Two families that agreed to a share for a time: one has taken it back, of the other the last day is over."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.models import Named
from backend.cases.commands.team import add_member
from backend.cases.commands.withdrawing import withdraw_sharing
from backend.cases.models import Case, TeamMember
from backend.cases.serializers.team import MemberInput
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.calendar import local
from backend.demonstration import answers
from backend.demonstration.emptying import OWNER
from backend.demonstration.staff import named
from backend.demonstration.stage import Company
from backend.sharing.models import Disclosure
from backend.sharing.rules import CONSENT
from backend.workflow.views import validated

_PARTNERS = ("Joanna Fairweather", "Shanice Grant-Ellis")
_SHARED, _OVER, _TAKEN_BACK = timedelta(days=30), timedelta(days=3), timedelta(hours=3)
_CONSENT = {"article6": CONSENT, "condition": "explicit_consent"}


def let_shares_end(company: Company) -> None:
    """Name somebody of another agency on consent in two cases; nothing where the city is too small."""
    workers = {actor.user_id: actor for actor in company.actors.values()}
    partners = [company.actors[named(name)] for name in _PARTNERS]
    cases = _cases(list(workers), partners)
    for number, case in enumerate(cases):
        worker = workers[case.lead_practitioner_id]  # type: ignore[index] # the query asks for one
        share = _share(company, worker, partners[number], case, ends=number == 0)
        if number == 1:
            _take_back(worker, case, share)


def _cases(workers: Sequence[Any], partners: Sequence[Actor]) -> list[Case]:
    """Return two cases that have been worked for a while, whose child nobody has sealed, without these partners."""
    sealed = Named.objects.using(OWNER).filter(ended_at=None).values("child_id")
    on_team = TeamMember.objects.using(OWNER).filter(person_id__in=[one.user_id for one in partners]).values("root_id")
    worked = Case.objects.using(OWNER).filter(
        Q(state="active") | Q(state="assessing"),
        lead_practitioner_id__in=workers,
        opened_at__lt=clock.now() - _SHARED - timedelta(days=5),
    )
    found = worked.exclude(child_id__in=sealed).exclude(pk__in=on_team)
    return list(found.select_related("lead_agency").order_by("-opened_at", "id")[:2])


def _share(company: Company, worker: Actor, partner: Actor, case: Case, *, ends: bool) -> Disclosure:
    kinds = {agency.id: agency.kind for agency in company.agencies.values()}
    raw = {
        "person": str(partner.membership_id),
        "part": "Sees them every week",
        "why": "knows_child",
        **answers.edge_basis(case.lead_agency.kind, kinds[partner.agency_id]),
        **_CONSENT,
    }
    if ends:
        raw["ends_on"] = str(local(clock.now() - _OVER).date())
    with clock.at(clock.now() - _SHARED), acting(worker):
        member = add_member(worker, case.id, validated(MemberInput, raw), member_id=uuid7())
        return Disclosure.objects.get(root_id=case.id, opens_id=member.id)


def _take_back(worker: Actor, case: Case, share: Disclosure) -> None:
    with clock.at(clock.now() - _TAKEN_BACK), acting(worker):
        version = Case.objects.values_list("version", flat=True).get(pk=case.id)
        said = {"said_by": "Their mother", "reason": "She wants to speak to them herself from now on."}
        withdraw_sharing(worker, case.id, version=version, disclosure=share.id, **said)
