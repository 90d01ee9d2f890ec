"""How long one thing takes, told apart by team, by where the referral came from and by what was found to be needed.

Never by person: figures are there to see where children wait, not to rank whoever works with them. A group is what the
agency's own records say: of a referral that it has, sent or leads, and of a case that it leads.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case as Chosen
from django.db.models import CharField, F, Model, OuterRef, Subquery, When
from django.db.models.functions import Cast, Coalesce

from backend.access.actors import Actor
from backend.access.models import Link
from backend.agencies.models import Membership, Team
from backend.cases.models import Action, Case, Task, Transfer
from backend.core import vocabulary
from backend.insights.queries import flow
from backend.insights.queries.figures import Figure, known
from backend.insights.queries.flow import OUTCOMES, TIMES, Period, Records, fell_due, taken
from backend.insights.queries.whose import own_referrals
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
    own = Referral.objects.filter(own_referrals(actor))
    officer = own.filter(id=OuterRef(OuterRef("record"))).values("triage_officer_id")
    members = Membership.objects.filter(agency_id=actor.agency_id, ended_at=None, team__isnull=False)
    of_officer = Subquery(members.filter(user_id__in=officer).order_by("id").values("team_id")[:1])
    return Coalesce(*(Cast(found, _CODE) for found in (*_found(cases, "id", "team_id"), of_officer)))


def _source(actor: Actor) -> Coalesce:
    """Return where the referral came from, or the one that the case was opened for."""
    own = Referral.objects.filter(own_referrals(actor))
    itself = Subquery(own.filter(id=OuterRef("record")).values("source")[:1])
    return Coalesce(itself, *_found(own.order_by("submitted_at", "id"), "case_id", "source"))


def _of_case(column: str) -> Callable[[Actor], Coalesce]:
    return lambda actor: Coalesce(*_found(Case.objects.filter(lead_agency_id=actor.agency_id), "id", column))


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


def column(by: str) -> str:
    """Return the column of a clock's group where every way to tell clocks apart is asked for at once."""
    return f"by_{by}"


def told_in_every_way(actor: Actor, period: Period) -> Records:
    """Return the clocks of every kind, each with its groups, for the worker."""
    placed = _placed(flow.clocks(actor, period))
    found: Records = placed.annotate(**{column(by): known(one.code(actor)) for by, one in CUTS.items()})
    return found


def figure(*, kind: str, is_urgent: bool, by: str) -> Figure:
    """Return what is counted of one kind of clock, by group."""

    def told_apart(actor: Actor, period: Period) -> Records:
        of_kind = fell_due(actor, period).filter(kind=kind, is_urgent=is_urgent).annotate(taken=taken())
        found: Records = _placed(of_kind).annotate(group=known(CUTS[by].code(actor)))
        return found

    return Figure(told_apart, OUTCOMES, ("due_at", "id"), TIMES)


def _placed(clocks: Records) -> Records:
    """Return clocks, each with the record that it is about."""
    itself = {
        kind: part._default_manager.filter(pk=OuterRef("root_id")).values("root_id")[:1]
        for kind, part in _PARTS.items()
    }
    steps = (When(kind=kind, then=Coalesce(Subquery(found), F("root_id"))) for kind, found in itself.items())
    placed: Records = clocks.annotate(record=Chosen(*steps, default=F("root_id")))
    return placed


def behind(
    actor: Actor, period: Period, *, kind: str, is_urgent: bool, outcome: str, by: str = "", group: str = ""
) -> Records:
    """Return the very clocks that one number counts, the longest overdue first; of all groups where none is said."""
    if not by:
        return flow.behind(actor, period, kind=kind, is_urgent=is_urgent, outcome=outcome)
    return figure(kind=kind, is_urgent=is_urgent, by=by).behind(actor, period, outcome, group)
