"""What became of the referrals that an agency received: decided how, with a case or without, passed on, told, reopened.

By the day on which they were sent, of those that the agency has now or had when they ended.
"""

from collections.abc import Mapping

from django.db.models import Avg, Exists, Model, OuterRef, Q
from django.db.models.functions import TruncDate

from backend.access.actors import Actor
from backend.audit.models import Event
from backend.deadlines.calendar import LONDON
from backend.insights.queries.figures import Figure, known
from backend.insights.queries.flow import OUTCOMES, Period, Records, fell_due
from backend.insights.queries.whose import countable
from backend.referrals.models import Referral

UNDECIDED = "undecided"
_LATEST_FIRST = ("-submitted_at", "-id")
_WAITING = (Referral.SUBMITTED, Referral.TRIAGE, Referral.INFORMATION_REQUESTED, Referral.REDIRECTED)
_DECIDED = tuple(one for one in Referral.ENDED if one not in (Referral.WITHDRAWN, Referral.ENTERED_IN_ERROR))


def received(actor: Actor, period: Period) -> Records:
    """Return the referrals that were sent in a period, without those that should never have been.

    A child whom the actor may not see is not counted.
    """
    since, until = period.bounds
    sent = Referral.objects.filter(holder_id=actor.agency_id, submitted_at__gte=since, submitted_at__lt=until)
    counted = countable(actor, sent.exclude(state=Referral.ENTERED_IN_ERROR))
    found: Records = counted.annotate(group=known("source"))
    return found


def counted_on(model: type[Model]) -> TruncDate:
    """Return the day on which a referral was sent, or what follows from one was due."""
    return TruncDate("submitted_at" if model is Referral else "due_at", tzinfo=LONDON)


def _looked_at_again(actor: Actor, period: Period) -> Records:
    again = Event.objects.filter(root_id=OuterRef("id"), verb="referral.reopen")
    found: Records = received(actor, period).annotate(was_reopened=Exists(again))
    return found


def _feedback(actor: Actor, period: Period) -> Records:
    return fell_due(actor, period).filter(kind="feedback")


DECIDED: Mapping[str, Q] = {
    **{state: Q(state=state) for state in (*_DECIDED, Referral.STEPPED_UP)},
    UNDECIDED: Q(state__in=_WAITING),
}
# In the order in which the page tells them.
FIGURES: Mapping[str, Figure] = {
    "received": Figure(received, DECIDED, _LATEST_FIRST),
    "cases": Figure(received, {"case": Q(case__isnull=False), "no_case": Q(case=None)}, _LATEST_FIRST),
    "passed_on": Figure(
        received,
        {"never": Q(hops=0), "once": Q(hops=1), "more": Q(hops__gt=1)},
        _LATEST_FIRST,
        {"mean": Avg("hops")},
    ),
    "feedback": Figure(_feedback, OUTCOMES, ("due_at", "id")),
    "reopened": Figure(_looked_at_again, {"reopened": Q(was_reopened=True)}, _LATEST_FIRST),
}
# The same referrals, told apart by where they came from, in as many parts as stand side by side.
BROADLY: Mapping[str, Q] = {
    "helped": Q(state__in=(Referral.ACCEPTED, Referral.LINKED)),
    "advised": Q(state=Referral.SIGNPOSTED),
    "declined": Q(state=Referral.DECLINED),
    "passed_up": Q(state__in=(Referral.STEPPED_UP, Referral.HANDED_OVER)),
    UNDECIDED: DECIDED[UNDECIDED],
}
SOURCES = Figure(received, BROADLY, _LATEST_FIRST)
