"""Flags a referral by the rules in force, when it is sent and when it is amended, for whoever decides."""

from typing import Any

from django.db import connection

from backend.children.ages import years_between
from backend.children.models import Child
from backend.core import clock
from backend.core.vocabulary import NOT_KNOWN
from backend.deadlines.calendar import local
from backend.referrals.form.parts import Answers
from backend.referrals.models import Referral
from backend.referrals.rules.flagging import Features, Rule, in_force


def flag(referral: Referral, child: Child, answers: Answers) -> None:
    """Put on `referral`, which the caller records, what the rules in force say of it, and which version said so."""
    today = local(clock.now()).date()
    rules = in_force(today)
    named = answers.get("factors_current", NOT_KNOWN)
    found = rules.flags(
        Features(
            level=referral.level_believed,
            factors=frozenset() if named == NOT_KNOWN else frozenset(named),
            age=years_between(child.date_of_birth, today) if child.date_of_birth else None,
            ward=child.ward,
            source=referral.source,
            agency_kind=referral.referrer_agency.kind,
            contacts=1 + _contacts_lately(child, referral),
            urgent=referral.is_urgent,
        )
    )
    referral.flags, referral.flagged_by = [_kept(rule) for rule in found], rules.version


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


def _contacts_lately(child: Child, referral: Referral) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app.contacts_lately(%s, %s)", [child.id, referral.id])
        return int(cursor.fetchone()[0])
