"""Brothers and sisters in one go: a referral for each child, made together, each sent and decided on its own."""

from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.audit.commands import record
from backend.core.errors import Forbidden, NotFound
from backend.drafts import commands as drafts
from backend.drafts.queries import of_root
from backend.referrals.commands.drafting import create_draft
from backend.referrals.form.asking import that_count
from backend.referrals.form.parts import Answers
from backend.referrals.form.sections import FIELDS, FORM
from backend.referrals.intake.reading_back import answers_of
from backend.referrals.models import Referral
from backend.referrals.queries.detail import parts
from backend.referrals.queries.seeing import visible_to


def create_sibling_draft(actor: Actor, first_id: UUID, *, referral_id: UUID | None = None) -> Referral:
    """Begin a referral about a brother or sister of the child that the actor refers in another one.

    What is the family's is copied once; from then on each has its own answers. Raises NotFound when the actor does
    not see the first referral, Forbidden when somebody else wrote it.
    """
    policy.require(actor, Permission.REFERRAL_CREATE)
    locked = visible_to(actor).select_related(None).select_for_update(of=("self",), no_key=True)
    first = locked.filter(pk=first_id).first()
    if first is None:
        raise NotFound
    if first.created_by_id != actor.user_id or first.referrer_agency_id != actor.agency_id:
        raise Forbidden("Only the person who wrote a referral can go on from it to a brother or sister.")
    answers = _answers(actor, first)
    if first.family_id is None:
        first.family_id = first.id
        record(actor, "referral.add_sibling", first, root_id=first.id, child_id=first.child_id)
    sibling = create_draft(actor, referral_id=referral_id, family_id=first.family_id)
    shared = {name: (value, 0) for name, value in answers.items() if FIELDS[name].shared}
    drafts.save(actor, sibling.id, shared, form=FORM)
    return sibling


def _answers(actor: Actor, referral: Referral) -> Answers:
    """Return the answers of a draft, or those of a referral that was sent as they stand now."""
    if referral.child is not None:
        return that_count(answers_of(parts(referral).sent(referral, referral.child)))
    draft = of_root(actor, referral.id, form=FORM)
    typed: dict[str, Any] = draft.answers if draft else {}
    return that_count({name: answer["value"] for name, answer in typed.items() if name in FIELDS})
