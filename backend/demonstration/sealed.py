"""What few may find: a case that two managers have sealed, and a referral, as information governance asked."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.models import Named
from backend.audit.models import Event
from backend.cases.commands.sealing import seal_machine
from backend.cases.queries import led
from backend.cases.serializers.sealing import SEAL_INPUTS
from backend.core import clock
from backend.demonstration.emptying import OWNER
from backend.demonstration.staff import named
from backend.demonstration.stage import Company
from backend.referrals.commands.sealing import referral_seal_machine
from backend.referrals.models import Referral
from backend.workflow import confirmations
from backend.workflow.machine import Machine
from backend.workflow.models import Confirmation
from backend.workflow.views import validated

_ASKS, _AGREES, _WORKS, _STANDS_IN = "Yasmin Farooqi", "Colin Braithwaite", "Bethan Lloyd-Parry", "Rukhsana Malik"
_ASKED, _AGREED = timedelta(days=2, hours=3), timedelta(days=2, hours=1)
_WHY = "Somebody of whom she is afraid has friends who work with us."
_GOVERNS, _DECIDES, _MANAGES, _DEPUTY = "Simon Ashdown", "Marsha Quarrie", "Helen Stannard", "Parvinder Sahota"
# While the referral is in triage, which it is for hours.
_JUST_ASKED, _JUST_AGREED = timedelta(minutes=50), timedelta(minutes=25)
_CLOSE_TO_US = "Their uncle works at our front desk, and the family asked that he does not find it."


def seal_a_case(company: Company) -> None:
    """Ask for it as one manager and agree to it as the other, two days ago."""
    first, second = company.actors[named(_ASKS)], company.actors[named(_AGREES)]
    works, stands_in = company.actors[named(_WORKS)], company.actors[named(_STANDS_IN)]
    now = clock.now()
    with clock.at(now - _ASKED), acting(first):
        cases = led(first).filter(lead_practitioner_id=works.user_id, opened_at__lt=now - timedelta(days=7))
        case = cases.order_by("-opened_at", "id").first()
        if case is None:
            return
        raw = {"people": [str(stands_in.user_id)], "reason": _WHY}
        _ask(seal_machine, first, case.id, raw)
    with clock.at(now - _AGREED), acting(second):
        _agree(second, case.id)


def seal_a_referral(company: Company) -> None:
    """Ask for it for information governance, which does not read it, and agree to it as a manager who does."""
    governs, manages = company.actors[named(_GOVERNS)], company.actors[named(_MANAGES)]
    decides, deputy = company.actors[named(_DECIDES)], company.actors[named(_DEPUTY)]
    now = clock.now()
    referral = _in_triage(decides)
    if referral is None:
        return
    with clock.at(now - _JUST_ASKED), acting(governs):
        raw = {"people": [str(manages.user_id), str(deputy.user_id)], "reason": _CLOSE_TO_US}
        _ask(referral_seal_machine, governs, referral.id, raw)
    with clock.at(now - _JUST_AGREED), acting(manages):
        _agree(manages, referral.id)


def _in_triage(officer: Actor) -> Referral | None:
    """Return a referral that an officer decides about, whose child nobody has sealed, and where nothing goes on now."""
    sealed = Named.objects.using(OWNER).filter(ended_at=None).values("child_id")
    busy = Event.objects.using(OWNER).filter(at__gt=clock.now() - timedelta(hours=1)).values("root_id")
    decided = Referral.objects.using(OWNER).filter(
        state=Referral.TRIAGE, holder_id=officer.agency_id, triage_officer_id=officer.user_id, case=None
    )
    return decided.exclude(child_id__in=sealed).exclude(pk__in=busy).order_by("submitted_at", "id").first()


def _ask(machine: Machine[Any], who: Actor, pk: UUID, raw: Mapping[str, Any]) -> None:
    found = machine.found(who, pk)
    given = validated(SEAL_INPUTS["put"], {**raw, "version": found.version if found else 0})
    machine.perform(who, "put", pk, version=given.pop("version"), given=given, raw=raw)


def _agree(who: Actor, pk: UUID) -> None:
    waiting = Confirmation.objects.get(target_id=pk, state=Confirmation.ASKED)
    read = validated(SEAL_INPUTS[waiting.edge], {**waiting.given, "version": waiting.version})
    read.pop("version")
    confirmations.confirm(who, waiting.id, given=read)
