"""The lists of referrals and questions: each begins with an indexed predicate, the row policy only filters."""

from collections.abc import Callable, Collection, Mapping
from datetime import time, timedelta
from uuid import UUID

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.core import clock
from backend.deadlines.calendar import at_local, local
from backend.deadlines.models import AMBER_SHARE, TICKING, Deadline
from backend.referrals.models import InformationRequest, Offer, Referral
from backend.referrals.queries.seeing import asked_of

BATCH = 100
RAGS = ("red", "amber", "green")
# By what is due next: passed, still today, or after that (a clock that is held has no next hour and is later).
OVERDUE, TODAY, LATER = GROUPS = ("overdue", "today", "later")
MINE, NOBODYS = ASSIGNED = ("mine", "nobodys")
# What came in last; the queue's own order is what is due first.
SORTS: Mapping[str, tuple[str, ...]] = {"due": ("next_due_at", "id"), "newest": ("-id",)}
_WITH = ("referrer_agency", "holder", "triage_officer")
# What a line of a list says of a referral, and whom it names.
_LINE = (
    *("id", "reference", "state", "child_id", "holder_id", "level_decided", "level_believed", "is_urgent", "flags"),
    *("created_at", "submitted_at", "next_due_at", "moment_at", "moment_kind"),
)
_NAMED: Mapping[str, str] = {
    "referrer_name": "referrer_agency__name",
    "holder_name": "holder__name",
    "officer_name": "triage_officer__name",
}


def mine(actor: Actor) -> QuerySet[Referral]:
    """Return what the actor has sent, the latest first."""
    return _rows(actor).filter(_own(actor), submitted_at__isnull=False).order_by("-id")


def drafts(actor: Actor) -> QuerySet[Referral]:
    """Return what the actor is writing, the latest first."""
    return _rows(actor).filter(_own(actor), state=Referral.DRAFT).order_by("-id")


def queue(actor: Actor) -> QuerySet[Referral]:
    """Return the open referrals of the actor's agency, those due next first."""
    return _held(actor).filter(state__in=Referral.OPEN).order_by("next_due_at", "id")


def held(actor: Actor) -> QuerySet[Referral]:
    """Return every referral the actor's agency holds or held to its end, the latest first."""
    return _held(actor).order_by("-id")


def redirected(actor: Actor) -> QuerySet[Referral]:
    """Return the referrals offered to the actor's agency, those due next first."""
    if Relation.OFFERED not in _sees(actor):
        return Referral.objects.none()
    offered = Offer.objects.filter(to_agency_id=actor.agency_id, state=Offer.OPEN)
    return _rows(actor).filter(pk__in=offered.values("root_id")).order_by("next_due_at", "id")


VIEWS: Mapping[str, Callable[[Actor], QuerySet[Referral]]] = {
    "mine": mine,
    "queue": queue,
    "held": held,
    "drafts": drafts,
    "redirected": redirected,
}


def as_lines(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Return the same, with no more of each than a line of a list says; whom it names are attributes of the line."""
    bare = referrals.select_related(None).prefetch_related(None).only(*_LINE)
    return bare.annotate(**{name: F(path) for name, path in _NAMED.items()})


def with_rag(referrals: QuerySet[Referral], colour: str) -> QuerySet[Referral]:
    """Return those whose next clock has this colour, as Deadline.rag says it for one."""
    now = clock.now()
    running = Deadline.objects.filter(TICKING, root_id=OuterRef("id"), due_at=OuterRef("next_due_at"))
    left = ExpressionWrapper((F("due_at") - now) * AMBER_SHARE, output_field=DurationField())
    whole = ExpressionWrapper(F("due_at") - F("started_at"), output_field=DurationField())
    late = Q(due_at__lt=now)
    soon = running.annotate(left=left, whole=whole).filter(~late, left__lte=F("whole"))
    if colour == "red":
        return referrals.filter(Exists(running.filter(late)))
    if colour == "amber":
        return referrals.filter(Exists(soon))
    return referrals.filter(Exists(running.filter(~late)), ~Exists(soon))


def due_in(group: str) -> Q:
    """Return what tells the referrals of one group of the queue."""
    now = clock.now()
    midnight = at_local(local(now).date() + timedelta(days=1), time())
    passed, today = Q(next_due_at__lt=now), Q(next_due_at__gte=now, next_due_at__lt=midnight)
    return {OVERDUE: passed, TODAY: today, LATER: Q(next_due_at__gte=midnight) | Q(next_due_at=None)}[group]


def assigned_to(actor: Actor, whose: str) -> Q:
    """Return what tells the referrals the actor has in hand, or those that nobody has."""
    return Q(triage_officer_id=actor.user_id) if whose == MINE else Q(triage_officer_id=None)


def narrowed(
    actor: Actor,
    referrals: QuerySet[Referral],
    *,
    states: Collection[str] = (),
    is_urgent: bool | None = None,
    due: str = "",
    assigned: str = "",
    rag: str = "",
) -> QuerySet[Referral]:
    """Return those of a list that its filters leave."""
    if states:
        referrals = referrals.filter(state__in=states)
    if is_urgent is not None:
        referrals = referrals.filter(is_urgent=is_urgent)
    if due:
        referrals = referrals.filter(due_in(due))
    if assigned:
        referrals = referrals.filter(assigned_to(actor, assigned))
    return with_rag(referrals, rag) if rag else referrals


def counts(actor: Actor) -> dict[str, int]:
    """Return how much of the queue is new, in each group and in whose hands, in one statement over its own index."""
    wanted = {group: due_in(group) for group in GROUPS} | {whose: assigned_to(actor, whose) for whose in ASSIGNED}
    wanted["new"] = Q(state=Referral.SUBMITTED)
    waiting = _held(actor).filter(state__in=Referral.OPEN).order_by().select_related(None)
    found: dict[str, int] = waiting.aggregate(
        **{name: Count("id", filter=condition) for name, condition in wanted.items()}
    )
    return found


def questions_for(actor: Actor) -> QuerySet[InformationRequest]:
    """Return the questions the actor's agency was asked and may still read, those due next first, ended ones last."""
    if Relation.ASKED not in policy.relations_that([Permission.INFORMATION_REQUEST_SEE], actor.role):
        return InformationRequest.objects.none()
    found = InformationRequest.objects.select_related("asked_agency", "holder_agency")
    return found.filter(asked_of(actor.agency_id)).exclude(queries.barred(actor)).order_by("-id")


def answered_in_full() -> list[UUID]:
    """Return referrals that wait for information although no question is open any more; the oldest first."""
    waiting = Referral.objects.filter(state=Referral.INFORMATION_REQUESTED)
    still_asked = InformationRequest.objects.filter(root_id=OuterRef("id"), state=InformationRequest.ASKED)
    return list(waiting.filter(~Exists(still_asked)).order_by("id").values_list("id", flat=True)[:BATCH])


def links_waiting() -> QuerySet[Referral]:
    """Return linked referrals that whoever is responsible for the other work has not been given, the oldest first."""
    waiting = Referral.objects.filter(link_waits_since__isnull=False).select_related("referrer_agency", "linked_to")
    return waiting.order_by("id")


def _rows(actor: Actor) -> QuerySet[Referral]:
    # Children only of the page: a child's policy asks more of the database than all the rest of a row.
    return Referral.objects.select_related(*_WITH).prefetch_related("child").exclude(queries.barred(actor))


def _sees(actor: Actor) -> frozenset[Relation]:
    return policy.relations_that(policy.SEES_ROOT, actor.role)


def _own(actor: Actor) -> Q:
    if Relation.CREATOR not in _sees(actor):
        return Q(pk__in=[])
    return Q(created_by_id=actor.user_id, referrer_agency_id=actor.agency_id)


def _held(actor: Actor) -> QuerySet[Referral]:
    if Relation.HOLDER not in _sees(actor):
        return Referral.objects.none()
    return _rows(actor).filter(holder_id=actor.agency_id, submitted_at__isnull=False)
