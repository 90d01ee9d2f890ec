"""What needs a manager's attention in their own agency: each kind is one query, counted no further than is shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from backend.access import queries as access
from backend.access.actors import Actor
from backend.administration.queries import conflicts, late, leavers
from backend.agencies.models import Agency, Membership, Partnership
from backend.agencies.roles import Role
from backend.cases import queries as cases
from backend.cases.models import Case, Transfer
from backend.cases.queries import asking
from backend.cases.queries.concerns import concerns_not_reviewed
from backend.cases.queries.naming import to_name
from backend.cases.queries.sealing import sealed_by_few
from backend.children.queries import alerts_of_each
from backend.core import clock
from backend.core.counting import count_together
from backend.deadlines.calendar import local
from backend.deadlines.models import RUNNING, Deadline
from backend.drafts.models import Draft
from backend.interventions.queries import sessions, to_decide, unanswered
from backend.oversight.queries import glass, unusual
from backend.referrals.models import Offer, Referral
from backend.referrals.queries import lists
from backend.workflow.models import Confirmation

# A list of more than these says “50+”: nobody works through more in a day, and counting all of them costs.
MOST = 50
BOUNCED = 2
_FOLLOW_UP = "transfer_follow_up"
_OUT = "transfer_out_answer"
_UNTOUCHED = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of exception: what it is called, what to do, and the query that finds it."""

    code: str
    label: str
    hint: str
    find: Callable[[Actor], QuerySet[Any]]


def _held(actor: Actor) -> QuerySet[Referral]:
    return lists.queue(actor)


def referrals_without_date(actor: Actor) -> QuerySet[Referral]:
    """Return open referrals without a next date; the machine never leaves one, so this is empty."""
    return _held(actor).filter(next_due_at=None).order_by("id")


def cases_without_owner(actor: Actor) -> QuerySet[Case]:
    """Return open cases without a next date, or without the person somebody chose; the tables forbid most of it."""
    nobody = Q(state__in=Case.WITH_PRACTITIONER, lead_practitioner=None)
    return cases.led(actor).filter(nobody | Q(next_action_on=None)).order_by("id")


def bounced(actor: Actor) -> QuerySet[Referral]:
    """Return referrals that were passed on twice or more."""
    return _held(actor).filter(hops__gte=BOUNCED)


def sent_back(actor: Actor) -> QuerySet[Referral]:
    """Return open referrals that another agency did not take."""
    refused = Offer.objects.filter(root_id=OuterRef("id"), state__in=[Offer.RETURNED, Offer.RECALLED])
    return _held(actor).filter(Exists(refused)).exclude(state=Referral.REDIRECTED)


def offers_waiting(actor: Actor) -> QuerySet[Referral]:
    """Return referrals offered to another agency that has not answered."""
    return _held(actor).filter(state=Referral.REDIRECTED)


def transfers_waiting(actor: Actor) -> QuerySet[Transfer]:
    """Return transfers of one's own cases that wait for an answer."""
    offered = cases.transfers_visible_to(actor).filter(from_agency_id=actor.agency_id, state=Transfer.PROPOSED)
    return offered.order_by("next_due_at", "id")


def transfers_not_taken(actor: Actor) -> QuerySet[Case]:
    """Return cases that another agency would not lead, until somebody has decided what happens next."""
    waiting = Deadline.objects.filter(RUNNING, root_id=OuterRef("id"), kind=_FOLLOW_UP)
    return cases.led(actor).filter(Exists(waiting))


def moving_unanswered(actor: Actor) -> QuerySet[Case]:
    """Return cases that another area was asked to take over and has not answered about in time."""
    late = Deadline.objects.filter(root_id=OuterRef("id"), kind=_OUT, expired_at__isnull=False)
    return cases.led(actor).filter(Exists(late.filter(RUNNING)), out_asked_at__isnull=False)


def unallocated(actor: Actor) -> QuerySet[Case]:
    """Return cases that wait for a lead practitioner."""
    return cases.led(actor).filter(state=Case.UNALLOCATED)


def minded(actor: Actor) -> QuerySet[Case]:
    """Return cases that a manager minds because somebody left."""
    return cases.led(actor).filter(minded_for_id__isnull=False)


def alerts_not_reviewed(actor: Actor) -> QuerySet[Case]:
    """Return cases with a warning for visitors that should have been looked at again by now."""
    # Asked of each open case: the database would else compare them with every warning that there is.
    first = Subquery(alerts_of_each().values("review_on")[:1])
    return cases.led(actor).alias(first_review_on=first).filter(first_review_on__lt=local(clock.now()).date())


def confirmations(actor: Actor) -> QuerySet[Confirmation]:
    """Return questions to a second person that wait in the actor's agency."""
    waiting = Confirmation.objects.filter(agency_id=actor.agency_id, state=Confirmation.ASKED)
    return waiting.exclude(access.barred(actor)).order_by("asked_at", "id")


def drafts(actor: Actor) -> QuerySet[Draft]:
    """Return referrals that somebody of the agency began and has not touched for three days."""
    untouched = Draft.objects.filter(agency_id=actor.agency_id, saved_at__lt=clock.now() - _UNTOUCHED)
    return untouched.order_by("saved_at", "id")


def agencies_without_people(actor: Actor) -> QuerySet[Agency]:
    """Return agencies that receive by duty with nobody to triage or to manage: one's own; at the front door, all."""
    active = Membership.objects.filter(agency_id=OuterRef("id"), ended_at=None, user__is_active=True)
    receiving = Agency.objects.filter(receives_by_duty=True, ended_at=None, partnership_id=actor.partnership_id)
    is_front_door = Partnership.objects.filter(front_door_id=actor.agency_id)
    alone = ~Exists(active.filter(role=Role.TRIAGE_OFFICER)) | ~Exists(active.filter(role=Role.MANAGER))
    return receiving.filter(alone).filter(Q(id=actor.agency_id) | Exists(is_front_door)).order_by("name", "id")


_ALL = (
    Kind("breached", "Missed clocks", "Something promised by an hour has not been done.", late.missed),
    Kind("unallocated", "Cases without a lead practitioner", "Choose who is responsible.", unallocated),
    Kind("drifting", "Cases that drift", "Nothing was written down for four weeks: ask what stops it.", late.drifting),
    Kind("reviews_overdue", "Reviews overdue", "The family waits to be asked how it goes.", late.reviews_overdue),
    Kind(
        "actions_overdue", "Actions overdue", "Ask whoever promised it, or give it to somebody.", late.actions_overdue
    ),
    Kind("disagreements", "Disagreements without an end", "Nobody has settled it yet.", late.disagreements_open),
    Kind("minded", "Cases a manager minds", "Somebody left: choose a lead practitioner.", minded),
    Kind(
        "minded_work",
        "Work that is minded for somebody",
        "Somebody left, or is too close to the family: give each task, action and service to who will do it.",
        leavers.minded,
    ),
    Kind(
        "alerts_not_reviewed",
        "Warnings for visitors not looked at again",
        "Nobody knows whether it still holds: ask before the next visit.",
        alerts_not_reviewed,
    ),
    Kind(
        "sealed_by_few",
        "Sealed cases on which fewer than two are named",
        "Somebody left: name somebody else, so that the child is not lost to sight.",
        sealed_by_few,
    ),
    Kind(
        "concerns_not_reviewed",
        "Peers and places of concern not looked at again",
        "Nobody knows whether it is still so: ask the worker.",
        concerns_not_reviewed,
    ),
    Kind("bounced", "Passed on twice or more", "Decide here rather than pass it on again.", bounced),
    Kind("sent_back", "Not taken by another agency", "You hold it: decide what happens next.", sent_back),
    Kind(
        "transfers_not_taken", "Transfers not taken", "You lead the case: find another way today.", transfers_not_taken
    ),
    Kind(
        "leads_to_name",
        "Cases that two agencies have not taken",
        "Name the agency that leads: whoever leads now goes on until that agency has it.",
        to_name,
    ),
    Kind("offers_waiting", "Offers without an answer", "Ring the agency if it is urgent.", offers_waiting),
    Kind("transfers_waiting", "Transfers without an answer", "You lead the case until they accept.", transfers_waiting),
    Kind(
        "moving_unanswered",
        "Other areas that have not answered",
        "You lead the case until they have it in writing: ring them.",
        moving_unanswered,
    ),
    Kind(
        "leads_asked_for",
        "Requests to lead without an answer",
        "An agency of the team waits: propose the transfer, or say why not.",
        asking.lapsed,
    ),
    Kind(
        "services_unanswered",
        "Services that have not answered or started in time",
        "You lead the case: ring them, or offer the family something else.",
        unanswered,
    ),
    Kind("not_given", "Services that nobody gives any more", "Decide with the family what follows.", to_decide),
    Kind(
        "sessions_unnamed",
        "Sessions nobody is named to give",
        "The day has come: name somebody, or tell the family that it is not held.",
        sessions.unnamed,
    ),
    Kind("confirmations", "Waiting for a second person", "Somebody else has to confirm it.", confirmations),
    Kind("conflicts", "Conflicts of interest to look at", "Say whether it is one.", conflicts.to_confirm),
    Kind("break_glass", "Emergency readings to look at", "Ask the person why, and write it down.", glass.to_look),
    Kind("unusual", "Unusual readings to look at", "Say what you know of it.", unusual.to_look),
    Kind("drafts", "Begun and not sent", "Ask whether the child still waits.", drafts),
    Kind(
        "agencies",
        "Receives by duty, with nobody to decide",
        "Without a triage officer and a manager the front door takes its referrals.",
        agencies_without_people,
    ),
    Kind(
        "no_date",
        "Referrals without a next date",
        "This must never be: tell your administrator.",
        referrals_without_date,
    ),
    Kind(
        "no_owner",
        "Cases without owner or next date",
        "This must never be: tell your administrator.",
        cases_without_owner,
    ),
)
KINDS: Mapping[str, Kind] = {kind.code: kind for kind in _ALL}


def counts(actor: Actor) -> dict[str, int]:
    """Return how many there are of each kind, at most MOST + 1, in one statement: the very queries that list them."""
    found = [kind.find(actor).order_by().values("pk")[: MOST + 1] for kind in _ALL]
    return dict(zip(KINDS, count_together(found), strict=True))


def undelivered() -> int:
    """Return how many messages could not be delivered, for who answers for that; nothing for everybody else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app.undelivered()")
        return int(cursor.fetchone()[0])
