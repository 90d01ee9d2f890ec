"""What was linked to a referral goes where the referral goes, and whoever reads it there is in the ledger."""

from collections.abc import Sequence
from uuid import UUID

from backend.audit.commands import record
from backend.referrals.models import Referral
from backend.sharing.commands import disclosure
from backend.sharing.rules import basis_of
from backend.workflow.changing import Change
from backend.workflow.machine import Given

TEXT = "The referral’s text"
ONCE_TAKEN = "The referral’s text, linked to the one offered, once that is taken"


def take_along(change: Change[Referral], readers: Sequence[UUID], inputs: Given, *, purpose: str) -> None:
    """Move what was linked here to the case or referral of `inputs`, and write what another agency reads now."""
    linked = _linked_to(change.target)
    for agency_id in readers:
        share([change.target, *linked], change, agency_id, inputs, what=TEXT, purpose=purpose)
    for one in linked:
        one.case_id, one.linked_to_id = inputs["case_id"], inputs.get("referral_id") or one.linked_to_id
        data = {"case_id": str(one.case_id)} if one.case_id else {"linked_to": str(one.linked_to_id)}
        record(
            change.actor,
            "referral.follow",
            one,
            root_id=one.id,
            child_id=one.child_id,
            data=data,
            from_state=one.state,
        )


def share_what_is_linked(change: Change[Referral], to_agency_id: UUID, inputs: Given, *, purpose: str) -> None:
    """Write that whoever takes the referral will read what was linked to it."""
    share(_linked_to(change.target), change, to_agency_id, inputs, what=ONCE_TAKEN, purpose=purpose)


def share(
    referrals: Sequence[Referral],
    change: Change[Referral],
    to_agency_id: UUID,
    inputs: Given,
    *,
    what: str,
    purpose: str,
    opens_id: UUID | None = None,
) -> None:
    """Write with the change's event that another agency reads these referrals, if it is another.

    `opens_id` is the offer by which it reads them; without one it reads them because it is responsible for them.
    """
    holder_id = change.target.holder_id
    if to_agency_id == holder_id:
        return
    for one in referrals:
        change.leaves += disclosure(
            change.actor,
            root_id=one.id,
            child_id=one.child_id,
            what=what,
            from_agency_id=holder_id,
            to_agency_id=to_agency_id,
            purpose=purpose,
            basis=basis_of(inputs),
            opens_id=opens_id or one.id,
        )


def _linked_to(referral: Referral) -> list[Referral]:
    """Return what is linked to a referral and has no case yet, locked."""
    linked = Referral.objects.filter(linked_to_id=referral.id, state=Referral.LINKED, case_id__isnull=True)
    return list(linked.select_for_update(of=("self",), no_key=True).order_by("id"))
