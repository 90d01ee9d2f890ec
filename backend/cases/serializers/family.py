"""The page that a child and family take home: their own plan in plain words, and nothing that is not theirs to read."""

from typing import Any

from rest_framework import serializers

from backend.cases.models import Action, Case, Goal, Meeting
from backend.cases.queries.planning import actions_in, goals_of, meetings_of, plans_of
from backend.children.models import Child
from backend.core import clock
from backend.deadlines import queries as deadlines
from backend.deadlines.calendar import local
from backend.outcomes.queries import scores_of


class FamilyScoreShape(serializers.Serializer[Any]):
    """How near they said it was, and what they said."""

    on = serializers.DateField()
    value = serializers.IntegerField()
    comment = serializers.CharField(allow_blank=True)


class FamilyActionShape(serializers.Serializer[Any]):
    """Who does what by when."""

    text = serializers.CharField()
    who = serializers.CharField()
    due_on = serializers.DateField()
    is_done = serializers.BooleanField()


class FamilyGoalShape(serializers.Serializer[Any]):
    """One goal in their words."""

    words = serializers.CharField()
    scores = FamilyScoreShape(many=True)
    actions = FamilyActionShape(many=True)


class FamilyPageShape(serializers.Serializer[Any]):
    """What a child and family take home."""

    given_name = serializers.CharField(allow_blank=True)
    printed_on = serializers.DateField()
    worker = serializers.CharField(allow_blank=True)
    agency = serializers.CharField()
    phone = serializers.CharField(allow_blank=True)
    goals = FamilyGoalShape(many=True)
    actions = FamilyActionShape(many=True)
    child_view = serializers.CharField(allow_blank=True)
    family_view = serializers.CharField(allow_blank=True)
    next_meeting_on = serializers.DateField(allow_null=True)


# The clock of the next review, which agreeing a plan starts.
REVIEW = "review"
# The scores of these are the family's own words; what school or a worker says of them is not.
_THEIRS = ("child", "parent", "together", "")


def family_page(case: Case) -> dict[str, Any]:
    """Return their own plan: an allow-list, so that what is added to a record later is not on it by accident."""
    child = Child.objects.filter(pk=case.child_id).first()
    # What is labelled never leaves the record; what nobody does any more is no plan.
    actions = [
        one for one in actions_in(case.id).filter(not_for_family=False) if one.state in (Action.OPEN, Action.DONE)
    ]
    review = meetings_of(case.id).filter(kind=Meeting.REVIEW).first()
    # Each review leaves a version of the plan, so the newest one says what they said last, from the first day on: of a
    # review the review itself says it, as it stands once it is put right.
    plan = plans_of(case.id).first()
    said = plan if plan and plan.agreed_by else review
    # While a case is paused nobody can say on which day.
    next_review = deadlines.running(case.id).filter(kind=REVIEW, paused_at=None).order_by("due_at").first()
    return {
        "given_name": (child.known_as or child.given_name) if child else "",
        "printed_on": local(clock.now()).date(),
        "worker": case.lead_practitioner.name if case.lead_practitioner else "",
        "agency": case.lead_agency.name,
        "phone": case.lead_agency.phone,
        "goals": _goals(case, actions),
        "actions": [_action(one) for one in actions if one.goal_id is None],
        "child_view": review.child_view if review else "",
        "family_view": said.family_view if said else "",
        "next_meeting_on": local(next_review.due_at).date() if next_review else None,
    }


def _goals(case: Case, actions: list[Action]) -> list[dict[str, Any]]:
    scores = [one for one in scores_of(case.id) if one.value is not None]
    return [
        {
            "words": goal.words,
            "scores": [
                {"on": one.taken_on, "value": one.value, "comment": one.comment if one.given_by in _THEIRS else ""}
                for one in scores
                if one.subject_id == goal.id
            ],
            "actions": [_action(one) for one in actions if one.goal_id == goal.id],
        }
        for goal in goals_of(case.id).filter(state=Goal.OPEN)
    ]


def _action(action: Action) -> dict[str, Any]:
    who = f"{action.owner.name}, {action.owner_agency.name}"
    return {"text": action.text, "who": who, "due_on": action.due_on, "is_done": action.state == Action.DONE}
