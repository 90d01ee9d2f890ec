"""Reads of panels and of what they hear: who sees what, what the rules need, lists."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.marks import marks_read
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.agencies.models import Agency
from backend.cases.models import Case
from backend.core import clock
from backend.documents.models import Document
from backend.documents.queries import documents_of
from backend.panels.models import Attendance, Information, InformationText, Invitation, Panel, PanelDecision, PanelItem
from backend.panels.rules import (
    MINUTES,
    REMINDS_AFTER,
    ItemFacts,
    Named,
    PanelFacts,
    reminds_until,
    title_of_minutes,
)

_UNDECIDED = "SELECT app.undecided_at(%s)"
# By which an agency hears an item without reading the case.
_AT_THE_TABLE = frozenset({Relation.INVITED, Relation.CHAIRING})


def panels_visible_to(actor: Actor) -> QuerySet[Panel]:
    """Return the meetings of the actor's partnership, for whoever works with children."""
    found = Panel.objects.select_related("chair_agency")
    if actor.is_system:
        return found
    if not policy.holds(actor, Permission.PANEL_SEE):
        return found.none()
    return found.filter(partnership_id=actor.partnership_id)


def ahead(actor: Actor) -> QuerySet[Panel]:
    """Return the meetings that are not over, the next first."""
    return panels_visible_to(actor).filter(state__in=Panel.OPEN).order_by("starts_at", "id")


def over(actor: Actor) -> QuerySet[Panel]:
    """Return the meetings that are over or were called off, the latest first."""
    return panels_visible_to(actor).filter(state__in=Panel.ENDED).order_by("-starts_at", "-id")


VIEWS: Mapping[str, Callable[[Actor], QuerySet[Panel]]] = {"ahead": ahead, "over": over}


def visible_to(actor: Actor) -> QuerySet[PanelItem]:
    """Return the items the actor sees: of a case they read, and those their agency was invited to or chairs."""
    found = PanelItem.objects.select_related("panel", "chair_agency", "lead_agency")
    if actor.is_system:
        return found
    sees = policy.relations_that([Permission.PANEL_ITEM_SEE], actor.role)
    reads = sees - _AT_THE_TABLE - {Relation.LEAD}
    of_case = queries.reached(actor, reads, by="joined_into_id")
    if Relation.LEAD in sees:
        of_case |= Q(lead_agency_id=actor.agency_id) | Q(joined_into__lead_agency_id=actor.agency_id)
    seen = queries.reached(actor, sees & _AT_THE_TABLE, by="id") | queries.reached(actor, reads, by="case_id")
    seen |= Q(Exists(Case.objects.filter(of_case, id=OuterRef("case_id"))))
    return found.filter(seen).exclude(queries.barred(actor))


def agenda_of(actor: Actor, panel: Panel) -> QuerySet[PanelItem]:
    """Return what of a meeting's agenda the actor sees, in the order in which it was put there."""
    return visible_to(actor).filter(panel_id=panel.id).order_by("id")


def of_case(actor: Actor, case_id: UUID) -> QuerySet[PanelItem]:
    """Return where a case is or was on an agenda, the latest first."""
    return visible_to(actor).filter(case_id=case_id).order_by("-id")


def may_put_on(actor: Actor, case: Case) -> bool:
    """Say whether the actor may put this case on an agenda now."""
    if case.state == Case.CLOSED:
        return False
    return policy.allows(actor, Permission.PANEL_ITEM_PUT_ON, queries.relations_to(actor, case.id))


def agencies_of(partnership_id: UUID) -> dict[UUID, Named]:
    """Return the agencies there are in a partnership, by name."""
    there = Agency.objects.filter(partnership_id=partnership_id, ended_at=None).order_by("name", "id")
    return {pk: Named(name, kind) for pk, name, kind in there.values_list("id", "name", "kind")}


def panel_facts(panel: Panel, actor: Actor) -> PanelFacts:
    """Return what the rules of a meeting need, in two statements, or three for its chair while it is held."""
    waiting = visible_to(actor).filter(panel_id=panel.id, state=PanelItem.ON_AGENDA).order_by("id")
    undecided = list(waiting.values_list("case_reference", flat=True))
    return PanelFacts(
        agencies=agencies_of(panel.partnership_id),
        undecided=undecided,
        undecided_unread=max(0, _undecided_at(panel, actor) - len(undecided)),
    )


def _undecided_at(panel: Panel, actor: Actor) -> int:
    """Return about how much of its agenda nothing is decided, also what the actor cannot read of it."""
    if panel.state != Panel.HELD or panel.chair_agency_id != actor.agency_id:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_UNDECIDED, [panel.id])
        return int(cursor.fetchone()[0])


def facts(item: PanelItem, actor: Actor) -> ItemFacts:
    """Return what the rules of an item need, in two statements."""
    return ItemFacts(
        actor=actor,
        agencies=agencies_of(item.partnership_id),
        invited=dict(invitations_that_stand(item).values_list("id", "agency_id")),
    )


def invitations_that_stand(item: PanelItem) -> QuerySet[Invitation]:
    """Return the invitations to an item that nobody has taken back, in the order in which they were made."""
    return Invitation.objects.filter(root_id=item.id, ended_at=None).order_by("at", "id")


def to_remind() -> QuerySet[Invitation]:
    """Return the invitations to a meeting that is near whose agency has given nothing yet and was not reminded."""
    now = clock.now()
    near = Panel.objects.filter(state=Panel.PLANNED, starts_at__gt=now, starts_at__lte=reminds_until(now))
    items = PanelItem.objects.filter(state=PanelItem.ON_AGENDA, panel__in=near)
    given = Information.objects.filter(root_id=OuterRef("root_id"), agency_id=OuterRef("agency_id"))
    waiting = Invitation.objects.filter(root_id__in=items.values("id"), ended_at=None, reminded_at=None)
    return waiting.filter(~Exists(given), at__lte=now - REMINDS_AFTER).order_by("id")


def nothing_given(case_ids: Iterable[UUID]) -> QuerySet[Invitation, Any]:
    """Return the invitations about these cases whose agency has given nothing yet to a meeting that is to come.

    Each is a row: its key, the item, the agency, since when, the reference of the case and the hour of the meeting.
    """
    given = Information.objects.filter(root_id=OuterRef("root_id"), agency_id=OuterRef("agency_id"))
    ahead = Panel.objects.filter(state=Panel.PLANNED, starts_at__gt=clock.now())
    items = PanelItem.objects.filter(case_id__in=list(case_ids), state=PanelItem.ON_AGENDA, panel__in=ahead)
    own = PanelItem.objects.filter(pk=OuterRef("root_id"))
    waiting = Invitation.objects.filter(~Exists(given), root_id__in=items.values("id"), ended_at=None).annotate(
        case_reference=Subquery(own.values("case_reference")[:1]),
        starts_at=Subquery(own.values("panel__starts_at")[:1]),
    )
    columns = ("id", "root_id", "agency__name", "at", "case_reference", "starts_at")
    return waiting.order_by("starts_at", "id").values_list(*columns, named=True)


def invited_to(items: Iterable[PanelItem]) -> QuerySet[Invitation, UUID]:
    """Return the agencies whose invitation to any of these items stands."""
    standing = Invitation.objects.filter(root_id__in=[item.id for item in items], ended_at=None)
    return standing.order_by("agency_id").values_list("agency_id", flat=True)


def waiting_to_be_heard(case_id: UUID) -> QuerySet[PanelItem]:
    """Return where a case stands on an agenda and nothing is decided yet, the next meeting first."""
    waiting = PanelItem.objects.filter(case_id=case_id, state=PanelItem.ON_AGENDA, panel__state__in=Panel.OPEN)
    return waiting.select_related("panel").order_by("panel__starts_at", "id")


def ahead_of(actor: Actor, case_id: UUID) -> QuerySet[PanelItem]:
    """Return the items of a case whose meeting is not over, and which it is to hear or has decided about."""
    return visible_to(actor).filter(case_id=case_id, panel__state__in=Panel.OPEN, state__in=PanelItem.HEARD)


def item_of(invitation_id: UUID) -> QuerySet[Invitation, UUID]:
    """Return the item that an invitation opens, as a subquery; nothing where that is the key of something else."""
    return Invitation.objects.filter(pk=invitation_id).values_list("root_id", flat=True)


def reads_case(actor: Actor, relations: frozenset[Relation]) -> bool:
    """Say whether the actor, with these relations, reads the case, and not only what the table is told."""
    return policy.allows(actor, Permission.CASE_SEE, relations)


def invitations_of(actor: Actor, item: PanelItem, relations: frozenset[Relation]) -> QuerySet[Invitation]:
    """Return what agencies were told of an item: their own, or all to who reads the case or chairs."""
    found = Invitation.objects.select_related("agency").filter(root_id=item.id).order_by("at", "id")
    if reads_case(actor, relations) or Relation.CHAIRING in relations:
        return found
    return found.filter(agency_id=actor.agency_id)


def information_of(actor: Actor, item: PanelItem, relations: frozenset[Relation]) -> QuerySet[Information]:
    """Return what was given for an item: by one's own agency, and of others what one's labels open."""
    found = Information.objects.select_related("agency").filter(root_id=item.id).order_by("at", "id")
    if actor.is_system:
        return found
    seen = Q(agency_id=actor.agency_id)
    if reads_case(actor, relations):
        seen |= Q(mark__in=[mark.value for mark in marks_read(actor, relations)])
    elif Relation.CHAIRING in relations:
        seen |= Q(mark="")
    return found.filter(seen)


def words_of(shown: list[Information]) -> dict[UUID, str]:
    """Return the words of what is shown, by its id: of what has come to its end there are none."""
    read = InformationText.objects.filter(
        root_id__in={one.root_id for one in shown},
        information_id__in=[one.id for one in shown],
        expires_at__gt=clock.now(),
    )
    return dict(read.values_list("information_id", "text"))


def decisions_of(actor: Actor, item: PanelItem, relations: frozenset[Relation]) -> QuerySet[PanelDecision]:
    """Return what was decided: all to who reads the case or chairs, and to an invited agency what it owns."""
    found = PanelDecision.objects.select_related("owner_agency").filter(root_id=item.id).order_by("at", "id")
    if reads_case(actor, relations) or Relation.CHAIRING in relations:
        return found
    return found.filter(owner_agency_id=actor.agency_id)


def attendance_of(panel: Panel) -> list[Attendance]:
    """Return who came: of each person of an agency what was said last."""
    rows = Attendance.objects.select_related("agency").filter(root_id=panel.id)
    return list(
        rows.order_by("agency__name", "agency_id", "person", "-at", "-id").distinct(
            "agency__name", "agency_id", "person"
        )
    )


def minutes_of(actor: Actor, item: PanelItem) -> QuerySet[Document]:
    """Return the minutes of an item among the documents of its case, as far as the actor reads them."""
    return documents_of(actor, item.case_id).filter(kind=MINUTES, title=title_of_minutes(item))


def planned(actor: Actor) -> QuerySet[Panel]:
    """Return the meetings on whose agenda something can still be put, the next first."""
    return panels_visible_to(actor).filter(state=Panel.PLANNED, starts_at__gt=clock.now()).order_by("starts_at", "id")
