"""Fetches what the rules of a referral need, a group of facts when a rule first asks for one of it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import CharField, Exists, F, OuterRef, QuerySet
from django.db.models.fields.json import KT, KeyTextTransform
from django.db.models.functions import Cast, JSONObject

from backend.access.actors import Actor
from backend.access.models import Named
from backend.access.once import once
from backend.access.queries import about_child_of_row, named_on
from backend.agencies.models import Agency, Membership
from backend.agencies.roles import Role
from backend.children.models import ContactPoint, Person
from backend.children.queries import LikelyChild, deaths_of, found_likely
from backend.deadlines.models import RUNNING, Deadline
from backend.disagreements.models import Disagreement
from backend.referrals.intake.loading import Intake, load
from backend.referrals.models import (
    Amendment,
    Decision,
    InformationRequest,
    Offer,
    Referral,
    SentAnswers,
    StatusLink,
)
from backend.referrals.queries.around import (
    OF_CHILD,
    OF_NUMBER,
    OF_PERSON,
    OF_RELATIONSHIP,
    around_case,
    around_child,
)
from backend.referrals.queries.configured import by_level, texts_now
from backend.referrals.rules.facts import (
    Candidate,
    Facts,
    KnownAgency,
    KnownCaller,
    KnownCase,
    KnownReferral,
    Said,
)

FOLLOW_UP, TELL_SCHOOL = "written_follow_up", "tell_school"
REACH_CHILD = "reach_child"


class FactsOnDemand(Facts):
    """Facts that are read when a rule first asks for one: a statement for each group, and most edges need few."""

    __slots__ = ("_intake", "_referral")

    def __init__(self, referral: Referral, actor: Actor) -> None:
        object.__setattr__(self, "_referral", referral)
        object.__setattr__(self, "actor", actor)

    def __getattr__(self, name: str) -> Any:
        """Read the group of a fact that has not been read yet; the dataclass above declares and types them all."""
        read = _GROUPS.get(name)
        if read is None:
            raise AttributeError(name)
        for fact, value in read(self, self._referral).items():
            object.__setattr__(self, fact, value)
        return object.__getattribute__(self, name)

    @property
    def intake(self) -> Intake:
        """Return the draft as it was judged, for the edge that sends it."""
        _ = self.problems
        found: Intake = self._intake
        return found


def facts(referral: Referral, actor: Actor) -> FactsOnDemand:
    """Return everything the rules may ask for about one referral."""
    return FactsOnDemand(referral, actor)


def _of_draft(known: FactsOnDemand, referral: Referral) -> dict[str, Any]:
    if referral.state != Referral.DRAFT:
        return {"problems": ()}
    intake = load(known.actor, referral)
    return {"_intake": intake, "problems": tuple(dict.fromkeys(problem.sentence for problem in intake.problems))}


def _of_parts(known: FactsOnDemand, referral: Referral) -> dict[str, Any]:
    row = _row(referral.id, known.actor)
    offers = row["offers"]
    return {
        "front_door_id": row["front_door_id"],
        "agencies_had": frozenset({referral.holder_id, *(UUID(offer["to"]) for offer in offers)}),
        "open_questions": len(row["questions"]),
        "offered_to_id": next((UUID(offer["to"]) for offer in offers if offer["state"] == Offer.OPEN), None),
        "follow_up_runs": row["follow_up_runs"],
        "decisions": _latest(row["decisions"]),
        "is_upheld": row["is_upheld"],
        "is_unsafe": row["is_unsafe"],
        "caller": _caller(row["sent"], row["amended"]),
        **around_child(row),
        "has_open_link": row["has_open_link"],
        "is_sealed": row["is_sealed"],
        "level_texts": by_level(row["level_texts"]),
    }


def _of_agencies(known: FactsOnDemand, referral: Referral) -> dict[str, Any]:
    return {"agencies": {agency.id: agency for agency in agencies(referral.partnership_id)}}


def _of_likely(known: FactsOnDemand, referral: Referral) -> dict[str, Any]:
    found = found_likely(referral.child_id) if referral.child_id else []
    likely = [child for child in found if not child.is_hidden]
    return {
        "candidates": tuple(_candidate(child) for child in likely),
        "is_known_elsewhere": len(likely) < len(found),
    }


def _of_children(known: FactsOnDemand, referral: Referral) -> dict[str, Any]:
    """Return what is known of the child and of every candidate; the database decides who may ask."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [referral.child_id, [child.id for child in known.candidates], referral.child_id])
        about, canonical_id = cursor.fetchone()
    found = (orjson.loads(about) if isinstance(about, str) else about) or {"cases": [], "referrals": []}
    return {
        "canonical_id": canonical_id,
        "cases": tuple(_case(one) for one in found["cases"]),
        "referrals": tuple(_referral(one) for one in found["referrals"]),
    }


def _of_death(known: FactsOnDemand, referral: Referral) -> dict[str, Any]:
    others = Referral.objects.filter(
        child_id=referral.about_id, referrer_agency_id=referral.referrer_agency_id, state__in=Referral.OPEN
    )
    return {
        "died_at": deaths_of(referral.about_id).values_list("root_id", flat=True).first(),
        "another_is_open": others.exclude(pk=referral.id).exists(),
    }


def _of_seal(known: FactsOnDemand, referral: Referral) -> dict[str, Any]:
    named = named_on(referral.about_id).values("user_id")
    deciding = Membership.objects.filter(user_id__in=named, ended_at__isnull=True, user__is_active=True)
    ids = deciding.filter(role__in=[Role.TRIAGE_OFFICER, Role.MANAGER]).values_list("agency_id", flat=True)
    return {"named_in": frozenset(ids)}


# Who raised it, where that is not who wrote it down, and how they are reached safely.
_CALLER = ("source", "caller_feedback", "caller_reach", "caller_rule")
_KNOWN = "SELECT app.known_about(%s, %s::uuid[]), app.canonical_child(%s)"
_Read = Callable[[FactsOnDemand, Referral], Mapping[str, Any]]
_GROUPS: Mapping[str, _Read] = {
    "problems": _of_draft,
    "agencies": _of_agencies,
    **dict.fromkeys(("died_at", "another_is_open"), _of_death),
    **dict.fromkeys(("candidates", "is_known_elsewhere"), _of_likely),
    **dict.fromkeys(("canonical_id", "cases", "referrals"), _of_children),
    **dict.fromkeys(("front_door_id", "agencies_had", "open_questions", "offered_to_id"), _of_parts),
    **dict.fromkeys(("follow_up_runs", "decisions", "is_upheld", "is_unsafe"), _of_parts),
    **dict.fromkeys(("caller", "has_open_link", "is_sealed", "level_texts"), _of_parts),
    "named_in": _of_seal,
    **dict.fromkeys(("numbers", "child_rules", "people"), _of_parts),
}


def agencies(partnership_id: UUID) -> list[KnownAgency]:
    """Return the agencies of a partnership that are still there, by name, with what each can be asked to do."""
    return once(("agencies", partnership_id), lambda: _agencies(partnership_id))


def _agencies(partnership_id: UUID) -> list[KnownAgency]:
    active = Membership.objects.filter(agency_id=OuterRef("id"), ended_at__isnull=True, user__is_active=True)
    found = Agency.objects.filter(partnership_id=partnership_id, ended_at__isnull=True).order_by("name", "id")
    annotated = found.annotate(
        has_officer=Exists(active.filter(role__in=[Role.TRIAGE_OFFICER, Role.MANAGER])),
        has_manager=Exists(active.filter(role=Role.MANAGER)),
    )
    fields = ("id", "name", "kind", "can_be_offered", "has_officer", "has_manager")
    return [KnownAgency(*row) for row in annotated.values_list(*fields)]


def _row(referral_id: UUID, actor: Actor) -> Mapping[str, Any]:
    part = {"root_id": OuterRef("id")}
    questions = InformationRequest.objects.filter(**part, state=InformationRequest.ASKED)
    follow_up = Deadline.objects.filter(RUNNING, **part, kind=FOLLOW_UP)
    challenged = Disagreement.objects.filter(about_id=OuterRef("id"))
    annotated = Referral.objects.filter(pk=referral_id).annotate(
        front_door_id=F("partnership__front_door_id"),
        offers=_objects(Offer.objects.filter(**part), to="to_agency_id", state="state"),
        questions=ArraySubquery(questions.values("id")),
        follow_up_runs=Exists(follow_up),
        decisions=_objects(
            Decision.objects.filter(**part), id="id", kind="kind", text="rationale", over="corrects_id", at="at"
        ),
        is_upheld=Exists(challenged.filter(outcome=Disagreement.UPHELD)),
        is_unsafe=Exists(challenged.filter(state__in=Disagreement.OPEN, child_safe="no")),
        sent=_objects(SentAnswers.objects.filter(**part), **{name: KT(f"answers__{name}") for name in _CALLER}),
        amended=_objects(Amendment.objects.filter(**part, field__in=_CALLER), field="field", after="after"),
        contacts=_objects(ContactPoint.objects.filter(**part), **{name: name for name in OF_NUMBER}),
        people=_objects(Person.objects.filter(**part), **{name: name for name in OF_PERSON}),
        around=_objects(around_case(actor), **{name: name for name in OF_RELATIONSHIP}),
        has_open_link=Exists(StatusLink.objects.filter(**part, used_at__isnull=True, ended_at__isnull=True)),
        is_sealed=Exists(Named.objects.filter(about_child_of_row(), ended_at=None)),
        level_texts=texts_now(OuterRef("partnership_id")),
    )
    names = ("front_door_id", "offers", "questions", "follow_up_runs", "decisions", "is_upheld", "is_unsafe")
    more = ("sent", "amended", "contacts", "people", "around", *OF_CHILD, "has_open_link", "is_sealed", "level_texts")
    row: Mapping[str, Any] = annotated.values(*names, *more).get()
    return row


def _objects(rows: QuerySet[Any], **columns: str | KeyTextTransform) -> ArraySubquery:
    keys = {name: Cast(column, CharField()) for name, column in columns.items()}
    return ArraySubquery(rows.order_by("id").values(found=JSONObject(**keys)))


def _caller(sent: Iterable[Mapping[str, Any]], amended: Iterable[Mapping[str, Any]]) -> KnownCaller | None:
    """Return who raised it as it stands now; None where whoever wrote it down did."""
    answers: dict[str, str] = {}
    for row in sent:
        answers |= {name: value for name, value in row.items() if value}
    for row in amended:
        # As JSON has it, since an answer of any kind may be amended.
        answers[row["field"]] = orjson.loads(row["after"] or "null") or ""
    source, *reach = (answers.get(name, "") for name in _CALLER)
    return KnownCaller(source, *reach) if source else None


def _latest(rows: Iterable[Mapping[str, Any]]) -> tuple[Said, ...]:
    """Return what has not been replaced by a later row."""
    rows = list(rows)
    replaced = {row["over"] for row in rows}
    latest = (row for row in rows if row["id"] not in replaced)
    return tuple(Said(UUID(row["id"]), row["kind"], row["text"], row.get("at", "")) for row in latest)


def _id(value: str | None) -> UUID | None:
    return UUID(value) if value else None


def _candidate(child: LikelyChild) -> Candidate:
    name = f"{child.given_name} {child.family_name}".strip()
    birth = (child.date_of_birth, child.expected_date)
    return Candidate(child.id, name, *birth, child.why, child.strength, child.compared)


def _case(row: Mapping[str, Any]) -> KnownCase:
    ids = UUID(row["id"]), UUID(row["child_id"])
    lead = UUID(row["lead_agency_id"])
    return KnownCase(*ids, row["reference"], row["state"], lead, _id(row["lead_practitioner_id"]))


def _referral(row: Mapping[str, Any]) -> KnownReferral:
    return KnownReferral(
        UUID(row["id"]),
        UUID(row["child_id"]),
        row["reference"],
        row["state"],
        UUID(row["holder_id"]),
        _id(row["offered_to_id"]),
        datetime.fromisoformat(row["submitted_at"]),
    )
