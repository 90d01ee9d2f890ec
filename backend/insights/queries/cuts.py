"""How long one thing takes, told apart by team, by where the referral came from and by what was found to be needed.

Never by person: figures are there to see where children wait, not to rank whoever works with them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Model, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce

from backend.access.actors import Actor
from backend.access.models import Link
from backend.agencies.models import Membership, Team
from backend.cases.models import Action, Case, Task, Transfer
from backend.core import vocabulary
from backend.core.vocabulary import NOT_KNOWN
from backend.insights.queries import flow
from backend.insights.queries.figures import known
from backend.insights.queries.flow import OUTCOMES, Period, Records, counted, fell_due
from backend.referrals.models import Referral

# Whose clock runs on an id of its own: the record that it is part of is one step away.
_PARTS: Mapping[str, type[Model]] = {"same_day_task": Task, "plan_action": Action, "transfer_answer": Transfer}
_CODE: "CharField[str, str]" = CharField()


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to tell clocks apart: what the page calls it, and the code of each clock."""

    label: str
    code: Callable[[Actor], Any]
    words: Callable[[Actor], Mapping[str, str]]


def _found(records: Records, by: str, column: str) -> list[Subquery]:
    """Return a column of what is found by the case that a record is linked to, and else by the record itself.

    The link is joined, never compared as a subquery: row security asks its policy of every row there is before it
    trusts such a comparison, and no index answers (backend/core/among.py).
    """
    linked = Link.objects.filter(root_id=OuterRef(OuterRef("record"))).values("parent_id")
    ways = (records.filter(**{f"{by}__in": linked}), records.filter(**{by: OuterRef("record")}))
    return [Subquery(found.values(column)[:1]) for found in ways]


def _team(actor: Actor) -> Coalesce:
    """Return the team that has the case now, or of whoever has the referral in triage; of one's own agency only."""
    cases = Case.objects.filter(lead_agency_id=actor.agency_id)
    officer = Referral.objects.filter(id=OuterRef(OuterRef("record"))).values("triage_officer_id")
    members = Membership.objects.filter(agency_id=actor.agency_id, ended_at=None, team__isnull=False)
    of_officer = Subquery(members.filter(user_id__in=officer).order_by("id").values("team_id")[:1])
    return Coalesce(*(Cast(found, _CODE) for found in (*_found(cases, "id", "team_id"), of_officer)))


def _source(_actor: Actor) -> Coalesce:
    """Return where the referral came from, or the one that the case was opened for."""
    itself = Subquery(Referral.objects.filter(id=OuterRef("record")).values("source")[:1])
    return Coalesce(itself, *_found(Referral.objects.order_by("submitted_at", "id"), "case_id", "source"))


def _of_case(column: str) -> Callable[[Actor], Coalesce]:
    return lambda _actor: Coalesce(*_found(Case.objects.all(), "id", column))


def _words(name: str) -> Callable[[Actor], Mapping[str, str]]:
    return lambda _actor: {term.code: term.label for term in vocabulary.get(name)}


def _teams(actor: Actor) -> Mapping[str, str]:
    return {str(team.id): team.name for team in Team.objects.filter(agency_id=actor.agency_id)}


CUTS: Mapping[str, Cut] = {
    "team": Cut("Team", _team, _teams),
    "source": Cut("Where the referral came from", _source, _words("sources")),
    "need": Cut("Main need", _of_case("primary_need"), _words("primary_needs")),
    "theme": Cut("Theme", _of_case("theme"), _words("board_themes")),
}


def told_apart(actor: Actor, period: Period, *, kind: str, is_urgent: bool, by: str) -> Records:
    """Return the clocks of one kind, each with the code of its group."""
    of_kind = fell_due(actor, period).filter(kind=kind, is_urgent=is_urgent)
    part = _PARTS.get(kind)
    record = Subquery(part._default_manager.filter(pk=OuterRef("root_id")).values("root_id")[:1]) if part else None
    placed = of_kind.annotate(record=Coalesce(record, F("root_id")) if record else F("root_id"))
    return placed.annotate(code=CUTS[by].code(actor)).annotate(group=known("code"))


def cut(actor: Actor, period: Period, *, kind: str, is_urgent: bool, by: str) -> Sequence[Mapping[str, Any]]:
    """Return a row for each group that has any, the largest first and what is not known at the end."""
    rows = counted(told_apart(actor, period, kind=kind, is_urgent=is_urgent, by=by), "group")
    return sorted(rows, key=lambda row: (row["group"] == NOT_KNOWN, -row["due"], row["group"]))


def behind(
    actor: Actor, period: Period, *, kind: str, is_urgent: bool, outcome: str, by: str = "", group: str = ""
) -> Records:
    """Return the very clocks that one number counts, the longest overdue first; of all groups where none is said."""
    if not by:
        return flow.behind(actor, period, kind=kind, is_urgent=is_urgent, outcome=outcome)
    found = told_apart(actor, period, kind=kind, is_urgent=is_urgent, by=by).filter(group=group)
    return found.filter(OUTCOMES[outcome]).order_by("due_at", "id")
