"""What the rules need of a plan, read in the statement that reads the other facts of its case."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import JSONObject

from backend.access.actors import Actor
from backend.agencies.models import Membership
from backend.cases.models import Action, Assessment, Case, Goal, Plan, TeamMember
from backend.cases.rules import ActionStands, GoalStands, PlanFacts
from backend.cases.rules.parts import PartFacts
from backend.cases.rules.planning import AGREEING_A_PLAN, SECOND_PERSON, asks_for_two
from backend.configuration.queries import in_force
from backend.configuration.rules import today
from backend.outcomes.models import BASELINE, Score
from backend.workflow.undo import past_of


def plan_columns() -> dict[str, Any]:
    """Return what reads the facts of a plan beside those of its case, in the same statement; see `plan_facts`."""
    plans = Plan.objects.filter(root_id=OuterRef("root_id")).order_by("-number")
    scores = Score.objects.filter(subject_id=OuterRef("id"), state=Score.STANDS)
    goals = Goal.objects.filter(root_id=OuterRef("pk"), state=Goal.OPEN).order_by("made_at", "id")
    goals = goals.annotate(
        has_baseline=Exists(scores.filter(stage=BASELINE, value__isnull=False)),
        agreed_at=Subquery(plans.values("made_at")[:1]),
        is_scored_since=Exists(scores.filter(at__gt=OuterRef("agreed_at"))),
    )
    actions = Action.objects.filter(root_id=OuterRef("pk"), state=Action.OPEN).order_by("due_on", "id")
    complete = Assessment.objects.filter(root_id=OuterRef("pk"), state=Assessment.COMPLETE)
    goal_json = JSONObject(words="words", has_baseline="has_baseline", is_scored_since="is_scored_since")
    action_json = JSONObject(owner="owner__name", due_on="due_on", goes_on="goes_on")
    return {
        "plan_is_assessed": Exists(complete),
        "plan_goals": ArraySubquery(goals.values(json=goal_json)),
        "plan_actions": ArraySubquery(actions.values(json=action_json)),
        "plan_has_team": Exists(TeamMember.objects.filter(root_id=OuterRef("pk"), state=TeamMember.ON)),
        "plan_asks_for_two": Subquery(
            in_force(OuterRef("partnership_id"), SECOND_PERSON, today()).values("entries")[:1]
        ),
    }


def plan_facts(read: Mapping[str, Any]) -> PlanFacts:
    """Return the facts of a plan from the columns that `plan_columns` reads."""
    actions = (
        ActionStands(one["owner"], date.fromisoformat(one["due_on"]), goes_on=one["goes_on"])
        for one in read["plan_actions"]
    )
    return PlanFacts(
        is_assessed=read["plan_is_assessed"],
        goals=tuple(GoalStands(**one) for one in read["plan_goals"]),
        actions=tuple(actions),
        has_team=read["plan_has_team"],
        needs_second_person=asks_for_two(read["plan_asks_for_two"] or (), AGREEING_A_PLAN),
    )


def part_facts(part: Goal | Action, actor: Actor) -> PartFacts:
    """Return what the rules of a goal or an action need, in two statements; who only does it reads no case."""
    past = past_of(part)
    agreed = Plan.objects.filter(root_id=OuterRef("pk"), made_at__gt=past[0].history_date)
    there = Membership.objects.none()
    if isinstance(part, Action):
        there = Membership.objects.filter(user_id=part.owner_id, agency_id=part.owner_agency_id, ended_at=None)
    case = (
        Case.objects.filter(pk=part.root_id)
        .annotate(is_agreed=Exists(agreed), is_there=Exists(there.filter(user__is_active=True)))
        .only("state", "lead_practitioner_id", "lead_agency_id")
        .first()
    )
    known = PartFacts(actor, today(), past)
    if case is None:
        return known
    return replace(
        known,
        is_worked_on=case.is_in_hand,
        lead_agency_id=case.lead_agency_id,
        is_agreed_since=case.is_agreed,
        owner_is_there=case.is_there,
    )
