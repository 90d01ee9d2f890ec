"""Flags a referral by the rules in force, when it is sent and when it is amended, for whoever decides."""

from datetime import datetime
from typing import Any

from backend.children.ages import years_between
from backend.children.models import Child
from backend.core import clock
from backend.core.vocabulary import NOT_KNOWN
from backend.deadlines.calendar import local
from backend.referrals.form.parts import Answers
from backend.referrals.models import Referral
from backend.referrals.queries.configured import weighed
from backend.referrals.rules.flagging import Features, Rule, flags, rules_of


def flag(referral: Referral, child: Child, answers: Answers, *, level_said_at: datetime | None) -> None:
    """Put on `referral`, which the caller records, what the rules in force say of it, and which version said so.

    `level_said_at` is when the level of need was chosen, if that is new: the text shown beside it is kept with it.
    """
    today = local(clock.now()).date()
    known = weighed(referral, child.id, level_said_at or clock.now())
    if level_said_at is not None:
        referral.level_text = known.level_text
    named = answers.get("factors_current", NOT_KNOWN)
    found = flags(
        rules_of(known.rules or ()),
        Features(
            level=referral.level_believed,
            factors=frozenset() if named == NOT_KNOWN else frozenset(named),
            age=years_between(child.date_of_birth, today) if child.date_of_birth else None,
            ward=child.ward,
            source=referral.source,
            agency_kind=referral.referrer_agency.kind,
            contacts=1 + known.contacts,
            urgent=referral.is_urgent,
        ),
    )
    referral.flags, referral.flagged_by = [_kept(rule) for rule in found], known.rules_version or 0


def _kept(rule: Rule) -> dict[str, Any]:
    """Return a flag as the referral keeps it: a later version of the rules does not change what was seen."""
    return {
        "code": rule.code,
        "label": rule.label,
        "tone": rule.tone,
        "theme": rule.theme,
        "ask": list(rule.ask),
        "page": rule.page,
    }
