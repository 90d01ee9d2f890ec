"""What is overdue in a manager's own agency: promises by kind, cases nobody touches, reviews, actions, challenges."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from backend.access.actors import Actor
from backend.access.queries import barred
from backend.cases import queries as cases
from backend.cases.models import Action, Case
from backend.core import clock
from backend.deadlines import queries as deadlines
from backend.deadlines.kinds import NEVER_NEXT
from backend.deadlines.models import TICKING, Deadline
from backend.disagreements import queries as disagreements
from backend.disagreements.models import Disagreement

_DRIFT, _REVIEW, _ACTION = "drift", "review", "plan_action"
# Each has a line of its own, and what only warns or measures was promised to nobody.
_APART = {*NEVER_NEXT, _DRIFT, _REVIEW, _ACTION}


def missed(actor: Actor) -> QuerySet[Deadline]:
    """Return the missed clocks of the actor's agency that no other line tells of, the longest missed first."""
    return deadlines.breached(actor).exclude(kind__in=_APART)


def missed_by_kind(actor: Actor) -> Sequence[Mapping[str, Any]]:
    """Return how many clocks of each kind were missed, the most first."""
    counted = missed(actor).order_by().values(code=F("kind")).annotate(label=Max("label"), count=Count("id"))
    return list(counted.order_by("-count", "code"))


def drifting(actor: Actor) -> QuerySet[Case]:
    """Return cases in which nothing has happened for so long that somebody was to be asked why."""
    return cases.led(actor).filter(_late(_DRIFT))


def reviews_overdue(actor: Actor) -> QuerySet[Case]:
    """Return cases whose review was to be held by now."""
    return cases.led(actor).filter(_late(_REVIEW))


def actions_overdue(actor: Actor) -> QuerySet[Action]:
    """Return the actions whose day is over: of cases that the actor's agency leads, and of its people elsewhere.

    Only those of its own cases have a page that its managers read: `is_led` says which.
    """
    now = clock.now()
    led = Case.objects.filter(lead_agency_id=actor.agency_id, state__in=Case.OPEN)
    of_led = Action.objects.filter(root_id__in=led.values("id"), state=Action.OPEN, next_due_at__lt=now)
    # By their clocks, which are found by agency; row security would ask about every action that there is.
    of_ours = Deadline.objects.filter(TICKING, owner_agency_id=actor.agency_id, kind=_ACTION, due_at__lt=now)
    ids = of_led.values("id").union(of_ours.values("root_id"))
    late = Action.objects.filter(id__in=ids, state=Action.OPEN, next_due_at__lt=now).exclude(barred(actor))
    late = late.annotate(is_led=Exists(led.filter(id=OuterRef("root_id"))))
    return late.select_related("owner", "owner_agency").order_by("next_due_at", "id")


def disagreements_open(actor: Actor) -> QuerySet[Disagreement]:
    """Return the challenges that the actor's agency raised, or has to answer, or that are of its decisions."""
    ours = Q(raising_agency_id=actor.agency_id) | Q(owner_agency_id=actor.agency_id)
    ours |= Q(deciding_agency_id=actor.agency_id)
    found = disagreements.visible_to(actor).filter(ours, state__in=Disagreement.OPEN)
    return found.order_by("next_due_at", "id")


def _late(kind: str) -> Exists:
    return Exists(Deadline.objects.filter(TICKING, root_id=OuterRef("id"), kind=kind, due_at__lt=clock.now()))
