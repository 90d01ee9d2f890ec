"""Records whose time is over: one child was deleted by an order, one waits for its day, others are due; one is held."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from uuid import UUID

from django.db import connections, transaction

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.calendar import local
from backend.demonstration.emptying import OWNER
from backend.demonstration.families import make_child, make_home
from backend.demonstration.logins import as_worker
from backend.demonstration.staff import named
from backend.demonstration.stage import Company
from backend.demonstration.two_cases import send, take
from backend.referrals.models import Referral
from backend.retention.commands import computing, disposing, holding, ordering
from backend.retention.commands.ordering import order_machine
from backend.retention.models import DueChild, Order
from backend.workflow import confirmations
from backend.workflow.models import Confirmation

_REFERRER, _PROPOSES = "Joanna Fairweather", "Helen Stannard"
_GOVERNS, _AGREES = "Simon Ashdown", "Parvinder Sahota"
_AGE = 12
# More than a year, which is how long the example of a schedule keeps what was declined.
_SENT, _DECLINED = timedelta(days=420), timedelta(days=419)
_DECISION = {
    "level_of_need": "universal",
    "reason_code": "threshold_not_met",
    "rationale": "School does what is needed, and the family is content with it.",
    "what_would_change": "If it begins again, or if school cannot go on.",
    "outcome_text": "School goes on helping. Send us a new referral if that is not enough.",
}
_CHECKED = "Every reference, and that nothing else is open in the family."


def keep_and_dispose(company: Company, *, seed: str) -> None:
    """Decline five referrals of a year ago; keep one, delete one, agree on one, and leave two due."""
    random = Random(f"{seed} disposed")  # noqa: S311 - made-up people, no secret
    manager, governs, second = (company.actors[named(name)] for name in (_PROPOSES, _GOVERNS, _AGREES))
    held, gone, agreed, *_due = [_declined(company, manager, random) for _each in range(5)]
    with as_worker():
        holding.hold_after_deaths()
        computing.compute_all()
    _hold(manager, held)
    _order(gone, (manager, governs, second), ago=timedelta(days=14))
    with as_worker():
        disposing.carry_out_all()
    _order(agreed, (manager, governs, second), ago=timedelta(days=4))


def _declined(company: Company, manager: Actor, random: Random) -> Referral:
    now = clock.now()
    child = make_child(random, make_home(random), age=_AGE, on=local(now - _SENT).date(), sex="F", school=None)
    with clock.at(now - _SENT):
        referral = send(company, named(_REFERRER), child, random)
    with clock.at(now - _DECLINED), acting(manager):
        take(manager, "start_triage", referral.id)
        return take(manager, "decline", referral.id, **_DECISION)


def _hold(manager: Actor, referral: Referral) -> None:
    given = {
        "reference": referral.reference,
        "reason_code": "inquiry",
        "reason": "A review of how referrals from schools were decided reads it.",
    }
    with clock.at(clock.now() - timedelta(days=30)), acting(manager):
        holding.place(manager, given, hold_id=uuid7())


def _order(referral: Referral, people: Sequence[Actor], *, ago: timedelta) -> None:
    """Propose it so long ago; information governance agrees a day later, and the second person the day after."""
    manager, governs, second = people
    began = clock.now() - ago
    with clock.at(began), acting(manager):
        child = DueChild.objects.filter(references__contains=[referral.reference]).values_list("id", flat=True).first()
        if child is None:
            return
        order = ordering.propose(manager, [child], order_id=uuid7())
    with clock.at(began + timedelta(days=1)), acting(governs):
        _agree(governs, order.id)
    with clock.at(began + timedelta(days=2)), acting(second):
        waiting = Confirmation.objects.get(target_id=order.id, state=Confirmation.ASKED)
        confirmations.confirm(second, waiting.id, given={"looked": _CHECKED})
    write_when_agreed(order.id)


def write_when_agreed(order_id: UUID) -> None:
    """Let the database believe that an order of a made-up past was agreed to when it says so."""
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute("SET LOCAL app.demo_city = 'on'")
        cursor.execute("SELECT app.agreed_as_said(%s)", [order_id])


def _agree(governs: Actor, order_id: UUID) -> None:
    version = Order.objects.values_list("version", flat=True).get(pk=order_id)
    given = {"looked": _CHECKED}
    order_machine.perform(governs, "approve", order_id, version=version, given=given, raw=given)
