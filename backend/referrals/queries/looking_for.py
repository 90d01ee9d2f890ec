"""What a referral says that matters for finding a service: age, place, coded factors and language, never a name."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from backend.access.actors import Actor
from backend.core import clock
from backend.core.vocabulary import NOT_KNOWN
from backend.deadlines.calendar import local
from backend.directory.rules import Wanted
from backend.drafts.queries import of_root
from backend.referrals.form.sections import FORM
from backend.referrals.form.values import as_date
from backend.referrals.models import Referral, ReferralFactor


def wanted_for(actor: Actor, referral: Referral) -> Wanted:
    """Return what to look for: from the rows of a referral that was sent, from the answers so far of a draft."""
    if referral.child is None:
        draft = of_root(actor, referral.id, form=FORM)
        return _from_answers({name: answer["value"] for name, answer in (draft.answers if draft else {}).items()})
    child = referral.child
    factors = ReferralFactor.objects.filter(root_id=referral.id).order_by("code").values_list("code", flat=True)
    codes = tuple(dict.fromkeys(factors))
    return Wanted(_age(child.date_of_birth, child.expected_date), child.ward, codes, child.language)


def _from_answers(answers: Mapping[str, Any]) -> Wanted:
    factors = [
        code
        for name in ("factors_current", "factors_earlier")
        if isinstance(answers.get(name), list)
        for code in answers[name]
        if isinstance(code, str)
    ]
    born, expected = as_date(answers.get("child_date_of_birth")), as_date(answers.get("child_expected_date"))
    return Wanted(
        _age(born, expected),
        _known(answers.get("child_ward")),
        tuple(dict.fromkeys(factors)),
        _known(answers.get("child_language")),
    )


def _known(value: Any) -> str:
    return value if isinstance(value, str) and value != NOT_KNOWN else ""


def _age(born: date | None, expected: date | None) -> int | None:
    """Return whole years today; a child who is expected, or has no known date, is not yet one or has no age."""
    if born is None:
        return 0 if expected else None
    today = local(clock.now()).date()
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return max(years, 0)
