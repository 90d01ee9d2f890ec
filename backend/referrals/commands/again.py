"""A child whose case is closed is referred again: what was known of the child is taken over, and the case is named."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.models import Link
from backend.access.policy import Permission
from backend.cases.models import Case
from backend.cases.queries import visible_to as cases_visible_to
from backend.cases.rules import not_referred_again
from backend.core.errors import Conflict, NotFound
from backend.deadlines.calendar import day_in_words
from backend.drafts import commands as drafts
from backend.referrals.commands.drafting import create_draft
from backend.referrals.form.asking import that_count
from backend.referrals.form.child import CHILD, PLACE
from backend.referrals.form.family import FAMILY
from backend.referrals.form.learning import ELSEWHERE, LEARNING
from backend.referrals.form.network import NETWORK
from backend.referrals.form.reaching import REACHING
from backend.referrals.form.sections import FORM
from backend.referrals.intake.reading_back import answers_of
from backend.referrals.models import Referral
from backend.referrals.queries.detail import parts
from backend.referrals.queries.seeing import visible_to

# More referrals than these are not looked through for one that may be read.
_LATEST = 10
# Who the child is, where they live and learn, and who is around them. What was said of them then is not said again, nor
# what the family knew and agreed to: whoever refers says what is the matter now, and asks.
_LASTING = (CHILD, PLACE, FAMILY, REACHING, LEARNING, ELSEWHERE, NETWORK)
_LASTS = frozenset(field.name for section in _LASTING for field in section.fields)


def create_again_draft(actor: Actor, case_id: UUID, *, referral_id: UUID | None = None) -> Referral:
    """Begin a referral about the child of a closed case, with what the actor may read of who the child is.

    Raises NotFound when the actor does not see the case, Conflict while it is open or when nobody can be helped.
    """
    policy.require(actor, Permission.REFERRAL_CREATE)
    case = cases_visible_to(actor).filter(pk=case_id).first()
    if case is None:
        raise NotFound
    why_not = not_referred_again(case)
    if why_not:
        raise Conflict(why_not, code="wrong_state")
    referral = create_draft(actor, referral_id=referral_id, earlier_case_id=case.id)
    first = _readable(actor, case)
    if first is not None:
        taken = {name: (value, 0) for name, value in _known(first).items()}
        said_by = f"{first.referrer_agency.name}, {day_in_words(first.submitted_at or first.created_at)}"
        drafts.save(actor, referral.id, taken, form=FORM, said_by=said_by)
    return referral


def _readable(actor: Actor, case: Case) -> Referral | None:
    """Return the last referral that the case answers and whose text is the actor's to read."""
    answered = Link.objects.filter(parent_id=case.id).values("root_id")
    found = list(visible_to(actor).filter(pk__in=answered).order_by("-submitted_at", "-id")[:_LATEST])
    related = access.relations(actor, [one.id for one in found])
    may = Permission.REFERRAL_READ_TEXT
    return next((one for one in found if policy.allows(actor, may, related[one.id])), None)


def _known(referral: Referral) -> Mapping[str, Any]:
    """Return what lasts of a referral as it reads without any label, nothing of an address that is protected."""
    if referral.child is None:
        return {}
    plain = parts(referral).within([""])
    answers = that_count(answers_of(plain.sent(referral, referral.child)))
    return {name: value for name, value in answers.items() if name in _LASTS}
