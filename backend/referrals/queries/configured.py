"""What a partnership has configured for its referrals, as it is in force: text beside each level, rules that flag."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Func, IntegerField, JSONField, OuterRef, Subquery, Value

from backend.agencies.models import Partnership
from backend.configuration.queries import in_force
from backend.configuration.rules import today
from backend.deadlines.calendar import local
from backend.referrals.models import Referral
from backend.referrals.rules.flagging import FLAG_RULES
from backend.referrals.rules.levels import THRESHOLD_TEXT


def level_texts(partnership_id: UUID) -> dict[str, str]:
    """Return the text of each level that is in force now."""
    return by_level(in_force(partnership_id, THRESHOLD_TEXT, today()).values_list("entries", flat=True).first())


def by_level(entries: Sequence[Mapping[str, Any]] | None) -> dict[str, str]:
    """Return the texts of a version by their level."""
    return {entry["code"]: entry["text"] for entry in entries or ()}


def text_shown_at(partnership_id: Any, at: datetime) -> Subquery:
    """Return the number of the version of the texts that was shown at a moment, as a column of a query."""
    return Subquery(in_force(partnership_id, THRESHOLD_TEXT, local(at).date(), known_at=at).values("number")[:1])


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a referral is flagged by that is not in its own answers, in one statement."""

    contacts: int
    level_text: int | None
    rules: list[dict[str, Any]] | None
    rules_version: int | None


def weighed(referral: Referral, child_id: UUID, level_said_at: datetime) -> Weighed:
    """Return it; `contacts` are the other referrals about the child in twelve months, counted by the database."""
    rules = in_force(OuterRef("pk"), FLAG_RULES, today())
    found = Partnership.objects.filter(pk=referral.partnership_id).annotate(
        contacts=Func(Value(child_id), Value(referral.id), function="app.contacts_lately", output_field=IntegerField()),
        level_text=text_shown_at(OuterRef("pk"), level_said_at),
        rules=Subquery(rules.values("entries")[:1], output_field=JSONField()),
        rules_version=Subquery(rules.values("number")[:1]),
    )
    return Weighed(*found.values_list("contacts", "level_text", "rules", "rules_version").get())


def texts_now(partnership_id: Any) -> Subquery:
    """Return the entries in force now as a column of a query."""
    entries = in_force(partnership_id, THRESHOLD_TEXT, today()).values("entries")[:1]
    return Subquery(entries, output_field=JSONField())
