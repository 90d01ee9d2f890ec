"""Fetches what the rules of a referral need, in three statements whatever the state."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Exists, F, Func, JSONField, OuterRef, QuerySet, UUIDField, Value
from django.db.models.functions import Cast, JSONObject

from backend.access.actors import Actor
from backend.agencies.models import Agency, Membership
from backend.agencies.roles import Role
from backend.children.queries import LikelyChild, found_likely
from backend.deadlines.models import RUNNING, Deadline
from backend.referrals.intake.loading import load
from backend.referrals.models import Decision, InformationRequest, Offer, Referral
from backend.referrals.rules.facts import Candidate, Facts, KnownAgency, KnownCase, KnownReferral, Said

FOLLOW_UP, TELL_SCHOOL = "written_follow_up", "tell_school"


def facts(referral: Referral, actor: Actor) -> Facts:
    """Return everything the rules may ask for about one referral."""
    if referral.state == Referral.DRAFT:
        return Facts(actor=actor, problems=_problems(referral, actor))
    found = found_likely(referral.child_id) if referral.child_id else []
    likely = [child for child in found if not child.is_hidden]
    row = _row(referral.id, [child.id for child in likely])
    known = row["known"] or {"cases": [], "referrals": []}
    offers = row["offers"]
    return Facts(
        actor=actor,
        front_door_id=row["front_door_id"],
        agencies={agency.id: agency for agency in agencies(referral.partnership_id)},
        agencies_had=frozenset({referral.holder_id, *(UUID(offer["to"]) for offer in offers)}),
        open_questions=len(row["questions"]),
        offered_to_id=next((UUID(offer["to"]) for offer in offers if offer["state"] == Offer.OPEN), None),
        follow_up_runs=row["follow_up_runs"],
        canonical_id=row["canonical_id"],
        candidates=tuple(_candidate(child) for child in likely),
        is_known_elsewhere=len(likely) < len(found),
        cases=tuple(_case(one) for one in known["cases"]),
        referrals=tuple(_referral(one) for one in known["referrals"]),
        decisions=_latest(row["decisions"]),
    )


def agencies(partnership_id: UUID) -> list[KnownAgency]:
    """Return the agencies of a partnership that are still there, by name, with what each can be asked to do."""
    active = Membership.objects.filter(agency_id=OuterRef("id"), ended_at__isnull=True, user__is_active=True)
    found = Agency.objects.filter(partnership_id=partnership_id, ended_at__isnull=True).order_by("name", "id")
    annotated = found.annotate(
        has_officer=Exists(active.filter(role__in=[Role.TRIAGE_OFFICER, Role.MANAGER])),
        has_manager=Exists(active.filter(role=Role.MANAGER)),
    )
    fields = ("id", "name", "kind", "can_be_offered", "has_officer", "has_manager")
    return [KnownAgency(*row) for row in annotated.values_list(*fields)]


def _problems(referral: Referral, actor: Actor) -> tuple[str, ...]:
    return tuple(dict.fromkeys(problem.sentence for problem in load(actor, referral).problems))


def _row(referral_id: UUID, likely: list[UUID]) -> Mapping[str, Any]:
    children = Value(likely, output_field=ArrayField(UUIDField()))
    part = {"root_id": OuterRef("id")}
    questions = InformationRequest.objects.filter(**part, state=InformationRequest.ASKED)
    follow_up = Deadline.objects.filter(RUNNING, **part, kind=FOLLOW_UP)
    annotated = Referral.objects.filter(pk=referral_id).annotate(
        front_door_id=F("partnership__front_door_id"),
        known=Func(F("child_id"), children, function="app.known_about", output_field=JSONField()),
        canonical_id=Func(F("child_id"), function="app.canonical_child", output_field=UUIDField()),
        offers=_objects(Offer.objects.filter(**part), to="to_agency_id", state="state"),
        questions=ArraySubquery(questions.values("id")),
        follow_up_runs=Exists(follow_up),
        decisions=_objects(Decision.objects.filter(**part), id="id", kind="kind", text="rationale", over="corrects_id"),
    )
    names = ("front_door_id", "known", "canonical_id", "offers", "questions", "follow_up_runs")
    row: Mapping[str, Any] = annotated.values(*names, "decisions").get()
    return row


def _objects(rows: QuerySet[Any], **columns: str) -> ArraySubquery:
    keys = {name: Cast(column, CharField()) for name, column in columns.items()}
    return ArraySubquery(rows.order_by("id").values(found=JSONObject(**keys)))


def _latest(rows: Iterable[Mapping[str, Any]]) -> tuple[Said, ...]:
    """Return what has not been replaced by a later row."""
    rows = list(rows)
    replaced = {row["over"] for row in rows}
    return tuple(Said(UUID(row["id"]), row["kind"], row["text"]) for row in rows if row["id"] not in replaced)


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
        _id(row["triage_officer_id"]),
        datetime.fromisoformat(row["submitted_at"]),
    )
