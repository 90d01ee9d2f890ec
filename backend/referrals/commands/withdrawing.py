"""The end of a share of a referral, by a consent taken back or by its last day: closing in one go what it opened."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.audit.commands import Beside
from backend.core import clock
from backend.core.errors import Forbidden, NotFound
from backend.deadlines.registration import Subject
from backend.notifications.commands import Notice, outbox_rows
from backend.referrals.commands.telling import officer
from backend.referrals.models import InformationRequest, Offer, Referral
from backend.referrals.queries.seeing import questions_visible_to, visible_to
from backend.referrals.texts import referral_fields
from backend.sharing.commands import withdraw
from backend.sharing.models import Disclosure
from backend.sharing.registration import renewal_path
from backend.workflow import confirmations
from backend.workflow.changing import Change, changing

REASON, RAN_OUT = "consent_withdrawn", "sharing_ran_out"


def withdraw_sharing(
    actor: Actor, referral_id: UUID, *, version: int, disclosure: UUID, said_by: str, reason: str
) -> Referral:
    """Write that a consent was taken back, and close what it opened: an offer, a question, the reading of an answer.

    The agency that holds the referral keeps it: it decides within two working days on which basis it goes on. Raises
    NotFound, Forbidden, or Conflict when the share does not rest on consent or was taken back already.
    """
    if actor.is_system:
        raise Forbidden("Only a person can record this.")
    with changing(
        actor,
        visible_to(actor),
        referral_id,
        permission=Permission.REFERRAL_WITHDRAW_SHARING,
        verb="referral.withdraw_sharing",
        version=version,
    ) as change:
        share = Disclosure.objects.filter(pk=disclosure, root_id=referral_id).first()
        if share is None:
            raise NotFound
        withdraw(actor, share, said_by=said_by, reason=reason)
        change.reason, change.data = reason, {"agency": str(share.to_agency_id)}
    referral: Referral = change.target
    _close(actor, referral, share, REASON)
    return referral


def subject_of(share: Disclosure) -> Subject | None:
    """Return whom to remind that a share of a referral ends soon: who has it in hand; nobody once it has ended.

    The reminder leads to where it is renewed, unless the receiver holds the referral by now.
    """
    referral = Referral.objects.filter(pk=share.root_id, ended_at=None).first()
    if referral is None:
        return None
    record = f"/referrals/{referral.id}"
    path = record if share.to_agency_id == referral.holder_id else renewal_path(record, share)
    return Subject(referral.reference, path, officer(referral))


def let_sharing_end(actor: Actor, share: Disclosure) -> bool:
    """Close what a share of a referral opened, because its last day is over; False where it is of something else.

    The agency that holds the referral keeps it and is told, so that it decides on which basis it goes on.
    """
    if not Referral.objects.filter(pk=share.root_id).exists():
        return False
    with changing(
        actor,
        visible_to(actor),
        share.root_id,
        permission=Permission.REFERRAL_LET_SHARING_END,
        verb="referral.let_sharing_end",
        version=None,
    ) as change:
        change.data = {"agency": str(share.to_agency_id)}
        if change.target.ended_at is None:
            change.beside = _telling(change)
    _close(actor, change.target, share, RAN_OUT)
    return True


def _telling(change: Change[Referral]) -> Beside:
    referral = change.target
    path = f"/referrals/{referral.id}"
    notices = [Notice(officer(referral), "referral_sharing_ran_out", referral_fields(referral), path)]
    return lambda event: outbox_rows(notices, event_id=event.id, root_id=referral.id)


def _close(actor: Actor, referral: Referral, share: Disclosure, reason: str) -> None:
    """Take back the offer or end the question that the share opened, and let nobody of the agency read on by it.

    An older share does not say what it opened: then all that its receiver was offered and asked.
    """
    if share.to_agency_id is None or share.to_agency_id == referral.holder_id:
        return
    opened = Q(pk=share.opens_id) if share.opens_id else Q()
    to = {"root_id": referral.id}
    if Offer.objects.filter(opened, to_agency_id=share.to_agency_id, state=Offer.OPEN, **to).exists():
        _take(actor, "referral", "recall", referral.id, reason)
    readable = Q(access_until=None) | Q(access_until__gt=clock.now())
    asked = questions_visible_to(actor).filter(opened, readable, asked_agency_id=share.to_agency_id, **to)
    for question_id, state in list(asked.values_list("id", "state")):
        if state == InformationRequest.ASKED:
            _take(actor, "information_request", "cancel", question_id, reason)
        _close_question(actor, question_id)


def _take(actor: Actor, noun: str, edge: str, pk: UUID, reason_code: str) -> None:
    given: dict[str, Any] = {"reason_code": reason_code, "reason": ""}
    confirmations.machines[noun].perform(actor, edge, pk, version=None, given=given)


def _close_question(actor: Actor, question_id: UUID) -> None:
    with changing(
        actor,
        questions_visible_to(actor),
        question_id,
        permission=Permission.INFORMATION_REQUEST_CANCEL,
        verb="information_request.close_access",
        version=None,
    ) as change:
        change.target.access_until = clock.now()
