"""One referral of the city whose child has died: two managers recorded it, and only whom they named open it."""

from datetime import timedelta
from random import Random

from backend.access.binding import acting
from backend.core import clock
from backend.deadlines.calendar import local
from backend.demonstration.families import make_child, make_home
from backend.demonstration.staff import named
from backend.demonstration.stage import Company
from backend.demonstration.two_cases import send, take
from backend.referrals.serializers.inputs import REFERRAL_INPUTS
from backend.workflow import confirmations
from backend.workflow.models import Confirmation
from backend.workflow.views import validated

_REFERRER, _FIRST, _SECOND = "Joanna Fairweather", "Helen Stannard", "Parvinder Sahota"
_AGE = 11
_SENT, _RECORDED = timedelta(days=9), timedelta(days=6)
_TOLD_BY = "Dr Adeyemi, children’s ward, by telephone at 8:40"


def rest(company: Company, *, seed: str) -> None:
    """Send it, and record a few days later what the hospital said; the other manager agrees."""
    random = Random(f"{seed} rest")  # noqa: S311 - made-up people, no secret
    now = clock.now()
    child = make_child(random, make_home(random), age=_AGE, on=local(now).date(), sex="M", school=None)
    with clock.at(now - _SENT):
        referral = send(company, named(_REFERRER), child, random)
    first, second = company.actors[named(_FIRST)], company.actors[named(_SECOND)]
    with clock.at(now - _RECORDED), acting(first):
        day = local(clock.now()).date().isoformat()
        take(first, "record_death", referral.id, died_on=day, how_known="health", told_by=_TOLD_BY)
    with clock.at(now - _RECORDED + timedelta(minutes=20)), acting(second):
        waiting = Confirmation.objects.get(target_id=referral.id, state=Confirmation.ASKED)
        given = validated(REFERRAL_INPUTS[waiting.edge], {**waiting.given, "version": waiting.version})
        given.pop("version")
        confirmations.confirm(second, waiting.id, given=given)
