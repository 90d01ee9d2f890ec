"""A case that few may find: two managers have sealed it, and named whoever stands in for its worker."""

from datetime import timedelta

from backend.access.binding import acting
from backend.cases.commands.sealing import seal_machine
from backend.cases.queries import led
from backend.cases.serializers.sealing import SEAL_INPUTS
from backend.core import clock
from backend.demonstration.staff import named
from backend.demonstration.stage import Company
from backend.workflow import confirmations
from backend.workflow.models import Confirmation
from backend.workflow.views import validated

_ASKS, _AGREES, _WORKS, _STANDS_IN = "Yasmin Farooqi", "Colin Braithwaite", "Bethan Lloyd-Parry", "Rukhsana Malik"
_ASKED, _AGREED = timedelta(days=2, hours=3), timedelta(days=2, hours=1)
_WHY = "Somebody of whom she is afraid has friends who work with us."


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
        given = validated(SEAL_INPUTS["put"], {**raw, "version": case.version})
        seal_machine.perform(first, "put", case.id, version=given.pop("version"), given=given, raw=raw)
    with clock.at(now - _AGREED), acting(second):
        waiting = Confirmation.objects.get(target_id=case.id, state=Confirmation.ASKED)
        read = validated(SEAL_INPUTS[waiting.edge], {**waiting.given, "version": waiting.version})
        read.pop("version")
        confirmations.confirm(second, waiting.id, given=read)
