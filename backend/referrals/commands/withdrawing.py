"""Taking back a consent on which something of a referral was shared, and closing in one go what it opened."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.core import clock
from backend.core.errors import Forbidden, NotFound
from backend.referrals.models import InformationRequest, Offer, Referral
from backend.referrals.queries.seeing import questions_visible_to, visible_to
from backend.sharing.commands import withdraw
from backend.sharing.models import Disclosure
from backend.workflow import confirmations
from backend.workflow.changing import changing

REASON = "consent_withdrawn"


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
    if share.to_agency_id is not None and share.to_agency_id != referral.holder_id:
        _close(actor, referral_id, share.to_agency_id)
    return referral


def _close(actor: Actor, referral_id: UUID, agency_id: UUID) -> None:
    """Take back the open offer, end the open questions, and let nobody of the agency read on."""
    if Offer.objects.filter(root_id=referral_id, to_agency_id=agency_id, state=Offer.OPEN).exists():
        _take(actor, "referral", "recall", referral_id)
    now = clock.now()
    readable = Q(access_until=None) | Q(access_until__gt=now)
    asked = questions_visible_to(actor).filter(readable, root_id=referral_id, asked_agency_id=agency_id)
    for question_id, state in list(asked.values_list("id", "state")):
        if state == InformationRequest.ASKED:
            _take(actor, "information_request", "cancel", question_id)
        _close_question(actor, question_id)


def _take(actor: Actor, noun: str, edge: str, pk: UUID) -> None:
    given: dict[str, Any] = {"reason_code": REASON, "reason": ""}
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
