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


def _team(actor: Actor) -> Coalesce:
    """Return the team that has the case now, or of whoever has the referral in triage; of one's own agency only."""
    cases = Case.objects.filter(id=OuterRef("in_case"), lead_agency_id=actor.agency_id)
    officer = Referral.objects.filter(id=OuterRef(OuterRef("record"))).values("triage_officer_id")
    members = Membership.objects.filter(agency_id=actor.agency_id, ended_at=None, team__isnull=False)
    of_officer = members.filter(user_id__in=officer).order_by("id").values("team_id")
    return Coalesce(*(Cast(Subquery(found[:1]), _CODE) for found in (cases.values("team_id"), of_officer)))


def _source(_actor: Actor) -> Coalesce:
    """Return where the referral came from, or the one that the case was opened for."""
    first = Referral.objects.filter(case_id=OuterRef("in_case")).order_by("submitted_at", "id")
    itself = Referral.objects.filter(id=OuterRef("record"))
    return Coalesce(*(Subquery(found.values("source")[:1]) for found in (itself, first)))


def _of_case(column: str) -> Callable[[Actor], Subquery]:
    return lambda _actor: Subquery(Case.objects.filter(id=OuterRef("in_case")).values(column)[:1])


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
    linked = Subquery(Link.objects.filter(root_id=OuterRef("record")).values("parent_id")[:1])
    coded = placed.annotate(in_case=Coalesce(linked, F("record"))).annotate(code=CUTS[by].code(actor))
    return coded.annotate(group=known("code"))


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
