"""What writes agreements and disclosures, always beside the record they belong to and in its transaction."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model

from backend.access.actors import Actor
from backend.audit.commands import record
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.deadlines.calendar import END_OF_DAY, at_local, local
from backend.deadlines.commands import meet, new_clocks, stop_all
from backend.deadlines.models import Deadline
from backend.sharing import queries
from backend.sharing.models import Agreement, Disclosure, Withdrawal
from backend.sharing.registration import close_what_ended
from backend.sharing.rules import CLOCK, CONSENT, Basis, Sharer, basis_problems, end_problems, has_run_out
from backend.workflow.changing import Change


def record_agreement(
    actor: Actor,
    *,
    root_id: UUID,
    child_id: UUID | None,
    values: Mapping[str, Any],
    beside: Sequence[Model] = (),
) -> Agreement:
    """Write who was told, who agreed to be helped and on which basis this is shared; `values` are its fields.

    `beside` are the untracked rows of the same record that are written with it, such as what was said.
    """
    if actor.is_system:
        raise Forbidden("Only a person can record an agreement.")
    agreement = Agreement(
        **{
            **values,
            "root_id": root_id,
            "child_id": child_id,
            "recorded_by_id": actor.user_id,
            "recorded_by_name": actor.name,
        }
    )
    verb = "agreement.record"
    record(actor, verb, agreement, root_id=root_id, child_id=child_id, beside=lambda _event: beside)
    return agreement


def let_agreement_end(actor: Actor, *, root_id: UUID, child_id: UUID | None) -> Agreement:
    """Write that the last day for which the family agreed is over: another row, of what they said last."""
    said = queries.agreements_of(root_id).filter(state=Agreement.GIVEN)[:1].get()
    kept = ("informed_child", "informed_parent", "informed_why_not", "agreed_on", "agreed_until")
    ended = Agreement(
        **{
            **{name: getattr(said, name) for name in kept},
            "root_id": root_id,
            "child_id": child_id,
            "state": Agreement.EXPIRED,
            "recorded_by_id": actor.user_id,
            "recorded_by_name": actor.name,
        }
    )
    record(actor, "agreement.end", ended, root_id=root_id, child_id=child_id)
    return ended


def amend_agreement(actor: Actor, agreement_id: UUID, values: Mapping[str, Any]) -> Agreement:
    """Put right who was told, who agreed or on which basis; the history keeps what was said before."""
    agreement = Agreement.objects.select_for_update(no_key=True).get(pk=agreement_id)
    for name, value in values.items():
        setattr(agreement, name, value)
    record(actor, "agreement.amend", agreement, root_id=agreement.root_id, child_id=agreement.child_id)
    return agreement


def disclose(
    actor: Actor,
    *,
    root_id: UUID,
    child_id: UUID | None,
    what: str,
    from_agency_id: UUID,
    to_agency_id: UUID,
    purpose: str,
    basis: Basis,
    opens_id: UUID,
) -> Disclosure:
    """Write that something of a record was shared; append-only, in the transaction that shares it."""
    rows = disclosure(
        actor,
        root_id=root_id,
        child_id=child_id,
        what=what,
        from_agency_id=from_agency_id,
        to_agency_id=to_agency_id,
        purpose=purpose,
        basis=basis,
        opens_id=opens_id,
    )
    return write_shares(rows)


def write_shares(rows: Sequence[Disclosure | Deadline]) -> Disclosure:
    """Write a share as `disclosure` or `disclosure_outside` return it, with the clock that ends it."""
    [shared] = Disclosure.objects.bulk_create([row for row in rows if isinstance(row, Disclosure)])
    Deadline.objects.bulk_create([row for row in rows if isinstance(row, Deadline)])
    return shared


def disclosure(
    actor: Actor,
    *,
    root_id: UUID,
    child_id: UUID | None,
    what: str,
    from_agency_id: UUID,
    to_agency_id: UUID,
    purpose: str,
    basis: Basis,
    opens_id: UUID,
) -> list[Disclosure | Deadline]:
    """Return what `disclose` writes, for a caller that writes it with the event of what was shared.

    First the line of the ledger, then the clock that ends it, on the line's own id, where it ends by itself.
    `opens_id` is what the receiver can read by this share alone; where that cannot be closed again, the record.
    """
    share = _line(
        actor,
        basis,
        root_id=root_id,
        child_id=child_id,
        what=what,
        opens_id=opens_id,
        from_agency_id=from_agency_id,
        to_agency_id=to_agency_id,
        purpose=purpose,
    )
    return [share, *_ending(actor, share, basis)]


def _line(actor: Actor, basis: Basis, **of: Any) -> Disclosure:
    """Return a line of the ledger: what was shared with whom, by whom, and on which basis."""
    return Disclosure(
        **of,
        article6=basis.article6,
        condition=basis.condition,
        power=basis.power,
        by_id=actor.user_id,
        by_name=actor.name,
    )


def _ending(actor: Actor, share: Disclosure, basis: Basis) -> list[Deadline]:
    """Return the clock of a share that ends by itself, and put the day on it: the one chosen, or the standard one."""
    if actor.is_system or (basis.ends_on is None and basis.article6 != CONSENT):
        return []
    chosen = at_local(basis.ends_on, END_OF_DAY) if basis.ends_on else None
    its_clocks = new_clocks(
        [CLOCK],
        root_id=share.id,
        child_id=share.child_id,
        owner_agency_id=share.from_agency_id,
        partnership_id=actor.partnership_id,
        due_at=chosen,
    )
    share.expires_on = local(its_clocks[0].due_at).date()
    return its_clocks


def disclosure_outside(
    actor: Actor,
    *,
    root_id: UUID,
    child_id: UUID | None,
    what: str,
    from_agency_id: UUID,
    to_outside: str,
    purpose: str,
    basis: Basis,
) -> list[Disclosure | Deadline]:
    """Return a share with an agency that is not in the partnership, by its name, and the clock that ends it.

    It opens nothing here: when it ends, somebody has to tell them.
    """
    share = _line(
        actor,
        basis,
        root_id=root_id,
        child_id=child_id,
        what=what,
        from_agency_id=from_agency_id,
        to_outside=to_outside,
        purpose=purpose,
    )
    return [share, *_ending(actor, share, basis)]


def withdraw(actor: Actor, share: Disclosure, *, said_by: str, reason: str) -> Withdrawal:
    """Write that the consent a share rests on was taken back; what it opened is the caller's to close.

    Raises Conflict when the share rests on something else, or was taken back already.
    """
    if share.article6 != CONSENT:
        raise Conflict("This was not shared on consent, so nobody can take a consent back.", code="not_ready")
    if Withdrawal.objects.filter(disclosure_id=share.id).exists():
        raise Conflict("This consent was taken back already.", code="wrong_state")
    if Disclosure.objects.filter(root_id=share.root_id, renews_id=share.id).exists():
        raise Conflict("This share was renewed: take back what carries it on.", code="wrong_state")
    if has_run_out(share.expires_on):
        raise Conflict("This share has ended by itself already: its day has come.", code="wrong_state")
    if share.expires_on is not None:
        stop_all(share.id)
    return Withdrawal.objects.create(
        root_id=share.root_id,
        disclosure_id=share.id,
        said_by=said_by,
        reason=reason,
        by_id=actor.user_id,
        by_name=actor.name,
    )


def renew(change: Change[Any], share_id: UUID, sharer: Sharer, basis: Basis) -> Disclosure:
    """Carry a share of the record in hand on to another last day, as a line of its own; nothing closes in between.

    Raises NotFound, Conflict when there is nothing to carry on, Invalid for a basis or a day that does not do.
    """
    share = queries.ledger([change.root_id]).filter(pk=share_id).first()
    if share is None:
        raise NotFound
    if not queries.renewable(change.root_id, sharer).filter(pk=share_id).exists():
        raise Conflict(_why_not_renewed(share), code="not_ready")
    problems = list(
        basis_problems(sharer.kind, share.to_agency.kind, basis) if share.to_agency else end_problems(basis)
    )
    renewed = _line(
        change.actor,
        basis,
        root_id=share.root_id,
        child_id=change.child_id,
        what=share.what,
        opens_id=share.opens_id,
        from_agency_id=sharer.agency_id,
        to_agency_id=share.to_agency_id,
        to_outside=share.to_outside,
        purpose=share.purpose,
        renews_id=share.id,
    )
    its_clocks = _ending(change.actor, renewed, basis)
    if not problems and _ends_no_later(renewed, share):
        problems.append(("ends_on", "This share lasts until then already. Choose a later day."))
    if problems:
        raise Invalid(*(sentence for _field, sentence in problems), fields={of: [said] for of, said in problems})
    change.data = {"agency": str(share.to_agency_id)}
    stop_all(share.id)
    return write_shares([renewed, *its_clocks])


def _ends_no_later(renewed: Disclosure, share: Disclosure) -> bool:
    if renewed.expires_on is None or share.expires_on is None:
        return False
    return renewed.expires_on <= share.expires_on


def _why_not_renewed(share: Disclosure) -> str:
    """Return why a share, as the ledger has it, is not among those that can be renewed."""
    # Annotated by queries.ledger.
    if getattr(share, "renewed_at", None):
        return "This share was renewed already. Look at its later line in the ledger."
    if getattr(share, "withdrawn_at", None):
        return "The consent for this share was taken back. Share it again if they agree once more."
    if has_run_out(share.expires_on):
        return "This share has ended already. Share it again instead."
    if share.expires_on is None:
        return "This share has no last day, so there is nothing to renew."
    return "Only the agency that shared this can renew it, as long as somebody reads by it."


def run_out(share_id: UUID, actor: Actor) -> None:
    """Close what a share opened, because its last day is over; a second call finds it closed.

    What was shared once more meanwhile stays open: it rests on the later share now.
    """
    share = Disclosure.objects.filter(pk=share_id).first()
    if share is not None and not queries.shared_again(share).exists():
        close_what_ended(share, actor)
    meet(share_id, [CLOCK])
