"""The known children who may be the one a record is of: candidates by shared keys, weighed, the likeliest first."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.cases.queries import cases_known
from backend.children import queries as children
from backend.children.queries import LikelyChild
from backend.matching.comparing import ready
from backend.matching.models import CaseChoice, Merge, NotSame
from backend.matching.reasons import by_referrer, in_words, strength
from backend.matching.rules import MergeFacts
from backend.matching.side_by_side import compare, described
from backend.matching.weighing import Weighed, weigh, weights

_CANDIDATES = "SELECT * FROM app.match_candidates(%s)"
_TO_ASK = "SELECT * FROM app.agencies_to_ask(%s, %s)"
_WORK = "SELECT noun, root_id, reference, agency_id, person_id FROM app.work_with(%s, %s)"
_SHOWN = 10
_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Work:
    """An open referral or case, and who answers for it: a person, else an agency."""

    noun: str
    root_id: UUID
    reference: str
    agency_id: UUID
    person_id: UUID | None


@dataclass(slots=True)
class _Group:
    """The records of one known child that share a key with the one asked about, with the best of what may be shown."""

    best: Weighed
    shown: tuple[Weighed, _Row] | None = None


def likely_children(child_id: UUID, *, with_set_aside: bool = False) -> list[LikelyChild]:
    """Return at most ten known children who may be this one; none unless the actor holds a referral about it.

    The database decides who may ask, because the answer reaches past what the actor sees otherwise; a child none of
    whose records the actor may be told about comes back hidden. Children who were said not to be the same are left
    out unless asked for.
    """
    rows = _rows(child_id)
    asked = next((row for row in rows if row["is_asked"]), None)
    if asked is None:
        return []
    others = [row for row in rows if not row["is_asked"] and (with_set_aside or not row["is_set_aside"])]
    groups = _grouped(asked, others)
    likeliest = sorted(groups.items(), key=lambda one: (-one[1].best.weight, str(one[0])))
    return [_likely(asked, stands_for, group) for stands_for, group in likeliest[:_SHOWN]]


def agencies_to_ask(child_id: UUID) -> list[UUID]:
    """Return the agencies at work with children who may be this one and of whom the actor may not be told."""
    hidden = [child.id for child in likely_children(child_id) if child.is_hidden]
    if not hidden:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_TO_ASK, [child_id, hidden])
        return sorted(agency_id for (agency_id,) in cursor.fetchall())


def offered(child_id: UUID) -> frozenset[UUID]:
    """Return the children who may be said to be this one or not to be."""
    return frozenset(child.id for child in children.likely_children(child_id))


def records_of(child_id: UUID) -> list[UUID]:
    """Return every record of the same child, this one included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM app.child_records(%s)", [child_id])
        return sorted(record_id for (record_id,) in cursor.fetchall())


def said_not_same(records: Collection[UUID], others: Collection[UUID] | None = None) -> QuerySet[NotSame]:
    """Return what was said, and not taken back, of any of these records; and of any of `others`, where given."""
    first = Q(child_id__in=records) & (Q() if others is None else Q(other_id__in=others))
    second = Q(other_id__in=records) & (Q() if others is None else Q(child_id__in=others))
    return NotSame.objects.filter(first | second, undone_at=None)


def said_not_same_of(child_id: UUID) -> list[tuple[NotSame, UUID]]:
    """Return what was said, and not taken back, of any record of a child, each with the record of another child."""
    first, second = (queries.about_child(child_id, column=name) for name in ("child_id", "other_id"))
    said = NotSame.objects.filter(first | second, undone_at=None)
    said_last_first = said.annotate(is_first=ExpressionWrapper(first, BooleanField())).order_by("-said_at", "-id")
    return [(one, one.other_id if one.is_first else one.child_id) for one in said_last_first]


def work_with(child_id: UUID, other_id: UUID) -> list[Work]:
    """Return the open work about two records that are joined or taken apart; none unless the actor may match them."""
    with connection.cursor() as cursor:
        cursor.execute(_WORK, [child_id, other_id])
        return [Work(*row) for row in cursor.fetchall()]


def merges_visible_to(actor: Actor) -> QuerySet[Merge]:
    """Return the merges at referrals whose text the actor reads."""
    merges = Merge.objects.select_related("child")
    if actor.is_system:
        return merges
    reads = policy.relations_that([Permission.REFERRAL_READ_TEXT], actor.role)
    return merges.filter(queries.reached(actor, reads)).exclude(queries.barred(actor))


def latest_merge(actor: Actor, child_id: UUID) -> Merge | None:
    """Return the last proposal to join a record, whatever became of it."""
    return merges_visible_to(actor).filter(child_id=child_id).order_by("-proposed_at", "-id").first()


def merge_facts(merge: Merge, actor: Actor) -> MergeFacts:
    """Return all that the rules of a merge may ask for."""
    cases = cases_known(merge.child_id, [merge.child_id, merge.into_id])
    led = {case.reference: case.lead_agency_id for case in cases if case.is_open}
    return MergeFacts(
        offered=offered(merge.child_id),
        open_cases=led,
        is_joined=merge.child.canonical_id is not None,
        choice=choice_of(merge.child_id) if len(led) > 1 else None,
    )


def choices_visible_to(actor: Actor) -> QuerySet[CaseChoice]:
    """Return the questions which case goes on that the actor's agency answers or has asked."""
    choices = CaseChoice.objects.select_related("first_lead", "second_lead", "agency")
    if actor.is_system:
        return choices
    sees = policy.relations_that([Permission.CASE_CHOICE_SEE], actor.role)
    seen = Q(asked_as_id=actor.membership_id)
    if Relation.LEAD in sees:
        seen |= Q(first_lead_id=actor.agency_id) | Q(second_lead_id=actor.agency_id)
    if Relation.HOLDER in sees:
        seen |= Q(agency_id=actor.agency_id)
    barred = queries.barred(actor) | queries.barred(actor, child="into_id")
    return choices.filter(seen).exclude(barred)


def choice_of(child_id: UUID) -> CaseChoice | None:
    """Return the question which case goes on that stands about a record: asked, agreed, or joined by."""
    return standing_choice(child_id).first()


def standing_choice(child_id: UUID) -> QuerySet[CaseChoice]:
    """Return the same as a queryset of at most one, for whoever locks it."""
    standing = CaseChoice.objects.filter(child_id=child_id, state__in=[*CaseChoice.OPEN, CaseChoice.JOINED])
    return standing.select_related("first_lead", "second_lead", "agency")


def taken_to_join(choice_id: UUID) -> UUID | None:
    """Let who joins two records end the case that does not go on; return it, None when that is not so any more."""
    return _taken("SELECT app.take_to_join(%s)", choice_id)


def taken_to_restore(choice_id: UUID) -> UUID | None:
    """Let who takes two records apart open the case that ended; return it, None when there is none."""
    return _taken("SELECT app.take_to_restore(%s)", choice_id)


def _taken(sql: str, choice_id: UUID) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [choice_id])
        taken: UUID | None = cursor.fetchone()[0]
        return taken


def _rows(child_id: UUID) -> list[Mapping[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, [child_id])
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _grouped(asked: _Row, others: Iterable[_Row]) -> dict[UUID, _Group]:
    """Return the likely children by the record that stands for each."""
    mine, by = ready(described(asked)), weights()
    groups: dict[UUID, _Group] = {}
    for row in others:
        weighed = weigh(mine, ready(described(row)), by)
        if not (weighed.is_likely(by) or row["referrer_says"]):
            continue
        group = groups.setdefault(row["stands_for_id"], _Group(weighed))
        if weighed.weight > group.best.weight:
            group.best = weighed
        if (row["is_seen"] or row["is_told"]) and (group.shown is None or _better(weighed, row, *group.shown)):
            group.shown = (weighed, row)
    return groups


def _better(weighed: Weighed, row: _Row, than: Weighed, shown: _Row) -> bool:
    """What the actor sees by itself comes before what an agency's answer opened; then the likelier record."""
    return (row["is_seen"], weighed.weight) > (shown["is_seen"], than.weight)


def _likely(asked: _Row, stands_for: UUID, group: _Group) -> LikelyChild:
    if group.shown is None:
        return LikelyChild(stands_for, "", "", None, None, (), is_hidden=True)
    weighed, row = group.shown
    return LikelyChild(
        id=stands_for,
        given_name=row["given_name"],
        family_name=row["family_name"],
        date_of_birth=row["date_of_birth"],
        expected_date=row["expected_date"],
        why=(*by_referrer(row["referrer_says"]), *in_words(weighed.levels)),
        strength=strength(group.best.weight),
        compared=compare(asked, row, weighed.levels) if row["is_seen"] else (),
        is_set_aside=row["is_set_aside"],
    )
