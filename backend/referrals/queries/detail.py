"""Everything one referral consists of, in one statement for its parts whatever their number."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

import orjson
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Model, QuerySet

from backend.access.actors import Actor
from backend.audit.models import Event
from backend.children.models import Address, Child, ContactPoint, Identifier, SafetyAlert
from backend.deadlines.models import Deadline
from backend.disagreements.models import Disagreement
from backend.referrals.intake.reading_back import Sent
from backend.referrals.models import (
    Amendment,
    Decision,
    InformationRequest,
    Offer,
    Referral,
    ReferralFactor,
    SentAnswers,
    Statement,
    StatusLink,
    Told,
)
from backend.referrals.queries.seeing import questions_visible_to
from backend.sharing.models import Agreement
from backend.workflow.models import Confirmation

M = TypeVar("M", bound=Model)
_PARTS: tuple[tuple[type[Model], str], ...] = (
    (Statement, "position, id"),
    (ReferralFactor, "recorded_at, id"),
    (Agreement, "recorded_at, id"),
    (Offer, "offered_at, id"),
    (Decision, "at, id"),
    (Told, "recorded_at, id"),
    (StatusLink, "made_at, id"),
    (SentAnswers, "id"),
    (Amendment, "at, id"),
    (ContactPoint, "position, id"),
    (SafetyAlert, "position, id"),
    (Address, "position, id"),
    (Identifier, "position, id"),
    (Deadline, "due_at, id"),
    (Confirmation, "asked_at, id"),
)
_DISAGREEMENTS = """(SELECT coalesce(jsonb_agg(to_jsonb(part) ORDER BY id), '[]')
                       FROM disagreements_disagreement part WHERE about_id = %(root)s)"""
_LINKED = """(SELECT coalesce(jsonb_agg(jsonb_build_object('id', part.id, 'reference', part.reference, 'person', u.name,
    'agency', a.name, 'submitted_at', part.submitted_at, 'statements', (
      SELECT coalesce(jsonb_agg(to_jsonb(said) ORDER BY said.position, said.id), '[]')
        FROM referrals_statement said WHERE said.root_id = part.id AND said.mark = '')) ORDER BY part.id), '[]')
  FROM referrals_referral part JOIN agencies_user u ON u.id = part.created_by_id
    JOIN agencies_agency a ON a.id = part.referrer_agency_id
 WHERE part.linked_to_id = %(root)s AND part.state = 'linked')"""
_ONE = (
    """(SELECT coalesce(jsonb_agg(to_jsonb(part) ORDER BY {order}), '[]') FROM {table} part WHERE root_id = %(root)s)"""
)
_AGENCIES = """(SELECT jsonb_object_agg(id, jsonb_build_object('id', id, 'name', name, 'phone', phone,
  'out_of_hours_name', out_of_hours_name, 'out_of_hours_phone', out_of_hours_phone))
  FROM agencies_agency WHERE partnership_id = %(partnership)s)"""


@dataclass(frozen=True, slots=True)
class Linked:
    """A referral that was linked to this one, and what was said in it."""

    id: UUID
    reference: str
    person: str
    agency: str
    submitted_at: str
    statements: list[Statement]


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a referral as far as row-level security shows them, and the names of the partnership's agencies."""

    # Each agency of the partnership by its id: its name, and how to reach it in and out of hours.
    agencies: Mapping[str, Mapping[str, str]]
    statements: list[Statement]
    factors: list[ReferralFactor]
    agreements: list[Agreement]
    offers: list[Offer]
    decisions: list[Decision]
    told: list[Told]
    links: list[StatusLink]
    kept: list[SentAnswers]
    amendments: list[Amendment]
    contacts: list[ContactPoint]
    alerts: list[SafetyAlert]
    addresses: list[Address]
    identifiers: list[Identifier]
    clocks: list[Deadline]
    confirmations: list[Confirmation]
    disagreements: list[Disagreement]
    linked: list[Linked]

    def within(self, marks: Collection[str]) -> "Parts":
        """Return the parts as somebody reads them who may read what bears one of these labels, or none."""
        return replace(
            self,
            statements=[one for one in self.statements if one.mark in marks],
            kept=[one for one in self.kept if one.mark in marks],
            amendments=[one for one in self.amendments if one.mark in marks],
            addresses=[one for one in self.addresses if one.mark in marks],
        )

    def bears(self, marks: Collection[str]) -> bool:
        """Say whether anything that was sent or amended bears one of these labels."""
        return any(one.mark in marks for one in self.kept) or any(one.mark in marks for one in self.amendments)

    @property
    def names(self) -> dict[str, str]:
        """Return the name of each agency by its id."""
        return {agency_id: agency["name"] for agency_id, agency in self.agencies.items()}

    @property
    def current_statements(self) -> list[Statement]:
        """Return what stands now: amended statements instead of what they replace, and none that was taken out."""
        return current(self.statements)

    def sent(self, referral: Referral, child: Child) -> Sent:
        """Return the parts that say what was sent and amended."""
        return Sent(
            referral,
            child,
            statements=self.current_statements,
            factors=self.factors,
            agreement=self.agreements[-1] if self.agreements else None,
            kept=self.kept,
            amendments=self.amendments,
        )

    @property
    def open_offer(self) -> Offer | None:
        """Return the offer in hand, if there is one."""
        return next((offer for offer in self.offers if offer.state == Offer.OPEN), None)

    @property
    def offered_to(self) -> str:
        """Return the name of the agency that the offer in hand is made to, if there is one."""
        return self.name(self.open_offer.to_agency_id) if self.open_offer else ""

    def open_question(self, referral: Referral) -> Confirmation | None:
        """Return the question to a second person that waits about the referral itself, if there is one."""
        asked = (one for one in self.confirmations if one.state == Confirmation.ASKED)
        return next((one for one in asked if one.target_id == referral.id), None)

    def name(self, agency_id: UUID) -> str:
        """Return an agency's name."""
        return self.agencies.get(str(agency_id), {}).get("name", "")


def parts(referral: Referral) -> Parts:
    """Return the parts of a referral in one statement."""
    columns = [_ONE.format(order=order, table=model._meta.db_table) for model, order in _PARTS]
    columns += [_DISAGREEMENTS, _LINKED]
    with connection.cursor() as cursor:
        values = {"root": referral.id, "partnership": referral.partnership_id}
        cursor.execute(f"SELECT {', '.join(columns)}, {_AGENCIES}", values)
        row = [_plain(value) for value in cursor.fetchone()]
    models: list[type[Model]] = [*(model for model, _order in _PARTS), Disagreement]
    made: list[Any] = [_made(model, rows) for model, rows in zip(models, row, strict=False)]
    made.append([_linked(one) for one in row[-2]])
    return Parts(row[-1] or {}, *made)


def questions(actor: Actor, referral: Referral) -> list[InformationRequest]:
    """Return the questions asked about a referral, the latest first: answers are for who asked, not who referred."""
    found = questions_visible_to(actor).filter(root_id=referral.id)
    return list(found.order_by("-asked_at", "-id"))


def events(referral: Referral) -> QuerySet[Event]:
    """Return what happened to a referral, the latest first."""
    return Event.objects.filter(root_id=referral.id).order_by("-at", "-id")


def current(said: list[Statement]) -> list[Statement]:
    """Return what stands now of what was said in one referral: nothing that was replaced or taken out."""
    replaced = {statement.replaces_id for statement in said}
    return [statement for statement in said if statement.id not in replaced and statement.text]


def _linked(row: Mapping[str, Any]) -> Linked:
    said = current(_made(Statement, row["statements"]))
    return Linked(UUID(row["id"]), row["reference"], row["person"], row["agency"], row["submitted_at"], said)


def _plain(value: Any) -> Any:
    return orjson.loads(value) if isinstance(value, str) else value


def _made(model: type[M], rows: Iterable[Mapping[str, Any]]) -> list[M]:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return [
        model.from_db("default", list(fields), [_python(field, row[name]) for name, field in fields.items()])
        for row in rows
    ]


def _python(field: Any, value: Any) -> Any:
    """Return a value as the field has it; a list comes from JSON with its members still as JSON has them."""
    if isinstance(value, list) and isinstance(field, ArrayField):
        return [field.base_field.to_python(one) for one in value]
    return field.to_python(value)
