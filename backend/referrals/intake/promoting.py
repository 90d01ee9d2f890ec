"""Turns the answers of a draft into rows: child, statements, factors, agreement, basis, and the referral itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from backend.access.actors import Actor
from backend.children.commands import record_child
from backend.children.models import Child
from backend.children.names import name_key
from backend.core import vocabulary
from backend.core.errors import Conflict
from backend.deadlines.calendar import local
from backend.referrals.commands.picking import in_words
from backend.referrals.form.asking import that_count
from backend.referrals.form.parts import Answers
from backend.referrals.form.values import as_date, as_moment
from backend.referrals.intake.columns import agreement_values, child_values
from backend.referrals.intake.loading import Intake
from backend.referrals.intake.receiving import Receiver
from backend.referrals.intake.rows import UNBORN, keep, statements_of, write_rows
from backend.referrals.intake.stopping import in_danger
from backend.referrals.models import Referral
from backend.sharing.commands import disclosure, record_agreement
from backend.sharing.models import Agreement
from backend.sharing.rules import Basis, basis_of

_SENT_BEFORE = "SELECT referral_id, referral_reference, sent_at FROM app.sent_before(%s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Promoted:
    """What sending made: the child as this agency describes it, and who holds the referral from now on."""

    child: Child
    holder: Receiver
    agreement: Agreement

    @property
    def holder_id(self) -> UUID:
        """Return the agency that holds it."""
        return self.holder.id


@dataclass(frozen=True, slots=True)
class SentBefore:
    """An open referral of the actor's agency about a child of the same name and date."""

    id: UUID
    reference: str
    sent_at: datetime


def sent_before(name: str, born: date | None, expected: date | None) -> SentBefore | None:
    """Return the referral that the actor's agency has sent about a child of this name key and date, if it is open."""
    with connection.cursor() as cursor:
        cursor.execute(_SENT_BEFORE, [name, born, expected, list(Referral.OPEN)])
        first = cursor.fetchone()
    return SentBefore(*first) if first else None


def promote(actor: Actor, referral: Referral, intake: Intake) -> Promoted:
    """Write the rows of a referral that is being sent, and put its own fields on `referral`, which the caller records.

    Call inside the transaction that takes the edge, with the referral locked. Raises Conflict `not_ready` while
    something is missing, `already_open` when the agency has an open referral about the same child.
    """
    if intake.problems:
        raise Conflict(*dict.fromkeys(problem.sentence for problem in intake.problems), code="not_ready")
    answers = that_count(intake.answers)
    holder = intake.receivers.holder(intake.sends_to)
    described = child_values(answers)
    _refuse_second(described)
    child = record_child(actor, described)
    fill(referral, answers, intake, holder_id=holder.id)
    keep(referral.id, answers)
    write_rows(referral.id, child.id, answers, today=intake.circumstances.today)
    values = agreement_values(answers)
    said: list[Model] = [*statements_of(referral.id, answers, by=actor.user_id)]
    basis = basis_of({**values, "ends_on": as_date(answers.get("share_ends_on"))})
    said += _disclosure(actor, referral, child, holder, basis)
    agreement = record_agreement(actor, root_id=referral.id, child_id=child.id, values=values, beside=said)
    return Promoted(child, holder, agreement)


def _refuse_second(child: dict[str, Any]) -> None:
    """One open referral for each child and agency; a child without a whole name or any date may be another one."""
    born, expected = child["date_of_birth"], child["expected_date"]
    if not (child["given_name"] and child["family_name"] and (born or expected)):
        return
    first = sent_before(name_key(child["given_name"], child["family_name"]), born, expected)
    if first is None:
        return
    day = local(first.sent_at).date()
    raise Conflict(
        f"Your agency has sent a referral about this child: {first.reference}, on {day.day} {day:%B}. "
        "It is still open. Add what is new to that one.",
        code="already_open",
        existing={"id": str(first.id), "reference": first.reference, "url": f"/referrals/{first.id}"},
    )


def fill(referral: Referral, answers: Answers, intake: Intake, *, holder_id: UUID) -> None:
    """Put what the answers say of the referral itself into its columns; who holds it is not among them."""
    chosen = intake.receivers.chosen(intake.sends_to)
    if intake.service is not None:
        referral.service_id, referral.service_words = intake.service.id, in_words(intake.service)
    elif "service" not in answers:
        referral.service_id, referral.service_words = None, ""
    own_source = vocabulary.get("agency_kinds").terms.get(intake.circumstances.sender_kind)
    referral.source = answers.get("source") or (own_source.more["source_code"] if own_source else "")
    referral.level_believed = answers["level_believed"]
    referral.preferred_agency_id = chosen.id if chosen and chosen.id != holder_id else None
    referral.is_urgent = in_danger(answers)
    referral.danger_called = _called(answers)
    referral.danger_called_at = as_moment(answers.get("danger_called_at"))
    referral.moment_kind = answers.get("moment_kind", "")
    referral.moment_at = as_moment(answers.get("moment_at"))
    referral.voice_why_not = answers.get("voice_why_not", "") if "child_heard" in answers else UNBORN


def _called(answers: Answers) -> str:
    parts = [answers.get("danger_called", "").strip()]
    if "danger_reference" in answers:
        parts.append(f"reference {answers['danger_reference'].strip()}")
    return ", ".join(part for part in parts if part)


def _disclosure(actor: Actor, referral: Referral, child: Child, holder: Receiver, basis: Basis) -> Sequence[Model]:
    """Sending is a share: what, from whom, to whom, why and on what basis (access.md, Each share)."""
    return disclosure(
        actor,
        root_id=referral.id,
        child_id=child.id,
        what="The referral as it was sent",
        from_agency_id=referral.referrer_agency_id,
        to_agency_id=holder.id,
        purpose="To get help for the child",
        basis=basis,
        opens_id=referral.id,
    )
