"""The agencies of a partnership, what one that ends still has, and who could take it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.access.actors import Actor
from backend.administration.models import Ending
from backend.agencies.models import Agency, Membership, Partnership
from backend.agencies.roles import Role
from backend.directory.models import Service

REFERRALS, CASES, TASKS, DISAGREEMENTS, SERVICES, DRAFTS, GIVES = (
    "referrals_to",
    "cases_to",
    "tasks_to",
    "disagreements_to",
    "services_to",
    "drafts_to",
    "gives_to",
)
SENT_BACK = "sends_back"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of open work: its words, and the answer of the hand-over that says where it goes.

    `or_back`: where nobody is chosen, it can also go back to whoever it came from. `settle`: nobody takes it, and this
    is what has to be done about it before the agency ends.
    """

    code: str
    label: str
    hint: str
    answer: str
    or_back: bool = False
    settle: str = ""

    @property
    def goes_back(self) -> bool:
        """Say whether it can be sent back to whoever it came from."""
        return self.or_back or self.answer == SENT_BACK


_KINDS = (
    Kind("holds", "Referrals to decide", "Whoever takes them decides about them.", REFERRALS),
    Kind("owes", "Decided, and something still to do", "Somebody has to be told, or may disagree.", REFERRALS),
    Kind("leads", "Cases it leads", "Whoever takes them leads them and chooses a lead practitioner.", CASES),
    Kind("checks", "Closed cases with a check to come", "Whoever takes them asks how the child is.", CASES),
    Kind("tasks", "Tasks", "A manager of whoever takes them has them.", TASKS),
    Kind("actions", "Actions of plans", "A manager of whoever takes them has them.", TASKS),
    Kind(
        "gives",
        "Services it gives within cases",
        "Another provider goes on with them, or they go back to whoever leads the case. No place in a queue is lost.",
        GIVES,
        or_back=True,
    ),
    Kind("answers", "Disagreements to answer", "The managers of whoever takes them answer.", DISAGREEMENTS),
    Kind("drafts", "Referrals begun and not sent", "A manager of whoever takes them sends them, or not.", DRAFTS),
    Kind(
        "provides",
        "Services in the directory",
        "Its own end; entries it keeps for others are kept by whoever takes them.",
        SERVICES,
    ),
    Kind("offered", "Referrals offered to it", "They stay with whoever offered them.", SENT_BACK),
    Kind("asked_to_lead", "Cases it is asked to lead", "They stay with whoever leads them.", SENT_BACK),
    Kind("asked", "Questions it has not answered", "Whoever asked is told that no answer will come.", SENT_BACK),
    Kind("second_person", "Questions to a second person", "They are taken back: nothing was decided.", SENT_BACK),
    Kind(
        "chairs",
        "Panel meetings it chairs",
        "They are its own: what was shared for them was shared with it. Whoever comes is told when one is called off.",
        "",
        settle="Hold them and sign their minutes, or call them off first.",
    ),
    Kind(
        "works",
        "Cases led elsewhere, worked here until somebody is chosen",
        "When it ends, a manager where they are led minds them.",
        "",
    ),
)
KINDS: Mapping[str, Kind] = {kind.code: kind for kind in _KINDS}


def agencies_of(actor: Actor) -> QuerySet[Agency]:
    """Return the agencies of the actor's partnership, those that have ended too."""
    return Agency.objects.filter(partnership_id=actor.partnership_id).select_related("partnership")


def ended_by(actor: Actor) -> QuerySet[Agency]:
    """Return the agencies the actor may end: their own; as the front door's administrator any but the front door."""
    own = Q(pk=actor.agency_id)
    if actor.role is Role.SYSTEM_ADMINISTRATOR and is_front_door(actor.agency_id):
        own = Q()
    elif actor.role not in (Role.MANAGER, Role.SYSTEM_ADMINISTRATOR):
        return Agency.objects.none()
    doors = Partnership.objects.filter(front_door__isnull=False).values("front_door_id")
    return agencies_of(actor).filter(own, ended_at=None).exclude(pk__in=doors)


def is_front_door(agency_id: UUID) -> bool:
    """Say whether an agency is its partnership's front door, which never ends."""
    return Partnership.objects.filter(front_door_id=agency_id).exists()


def work_of(agency_id: UUID) -> dict[str, int]:
    """Return how much of each kind an agency has, as far as the actor may know; nothing for who may not end it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, number FROM app.count_work(%s)", [agency_id])
        found = dict(cursor.fetchall())
    return {code: found[code] for code in KINDS if code in found}


def ids_of(agency_id: UUID, kind: str) -> list[UUID]:
    """Return which they are: all of them during a hand-over, else those that the agency's own manager may know of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app.list_work(%s, %s)", [agency_id, kind])
        return [row[0] for row in cursor.fetchall()]


def takers(agency: Agency) -> QuerySet[Agency]:
    """Return who could take over at once: agencies that receive by duty, with somebody to triage and to manage."""
    active = Membership.objects.filter(agency_id=OuterRef("pk"), ended_at=None, user__is_active=True)
    by_duty = Agency.objects.filter(partnership_id=agency.partnership_id, receives_by_duty=True, ended_at=None)
    staffed = Exists(active.filter(role=Role.TRIAGE_OFFICER)) & Exists(active.filter(role=Role.MANAGER))
    return by_duty.filter(staffed).exclude(pk=agency.pk).order_by("name", "id")


def givers(agency: Agency) -> QuerySet[Agency]:
    """Return who could go on with what it gives within cases: agencies that offer a service, with a manager."""
    offers = Service.objects.filter(agency_id=OuterRef("pk"), state=Service.ACTIVE)
    managed = Membership.objects.filter(
        agency_id=OuterRef("pk"), ended_at=None, user__is_active=True, role=Role.MANAGER
    )
    there = Agency.objects.filter(partnership_id=agency.partnership_id, ended_at=None)
    return there.filter(Exists(offers), Exists(managed)).exclude(pk=agency.pk).order_by("name", "id")


def open_question(agency_id: UUID) -> Ending | None:
    """Return the question to a second person to end an agency at once, if one waits."""
    return Ending.objects.select_related("successor").filter(agency_id=agency_id, state=Ending.ASKED).first()


def answers_question(agency_id: UUID) -> bool:
    """Say whether the actor is the second person who may answer it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app.ending_to_answer(%s)", [agency_id])
        return cursor.fetchone()[0] is not None


def endings_of(agency_id: UUID) -> QuerySet[Ending]:
    """Return what was done towards its ending, the latest first."""
    return Ending.objects.select_related("successor").filter(agency_id=agency_id).order_by("-at", "-id")


def people_of(agency_id: UUID) -> QuerySet[Membership]:
    """Return who works for an agency now, by name."""
    rows = Membership.objects.filter(agency_id=agency_id, ended_at=None, user__is_active=True)
    return rows.select_related("user", "team").order_by("user__name", "id")
