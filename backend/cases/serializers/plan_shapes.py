"""The shapes of plans, goals, actions and outcomes as the API's schema describes them."""

from typing import Any

from rest_framework import serializers

from backend.workflow.serializers import ConfirmationShape, OptionNameShape, OptionShape, WayOnShape


class ActionLineShape(serializers.Serializer[Any]):
    """One action in a plan."""

    id = serializers.UUIDField()
    text = serializers.CharField()
    owner = serializers.CharField()
    owner_agency = serializers.CharField()
    due_on = serializers.DateField()
    is_overdue = serializers.BooleanField()
    goes_on = serializers.BooleanField()
    not_for_family = serializers.BooleanField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_by = serializers.CharField(allow_blank=True)
    reason_label = serializers.CharField(allow_blank=True)
    outcome = serializers.CharField(allow_blank=True)


class PlannedActionShape(ActionLineShape):
    """One action in a plan, and what can be done about it."""

    options = OptionNameShape(many=True)


class ActionShape(ActionLineShape):
    """One action whole, as its owner reads it too; the case only for those who may open it."""

    version = serializers.IntegerField()
    reference = serializers.CharField()
    record_url = serializers.CharField(allow_null=True)
    # Where the case is on the agenda of panels, if one of them decided this; for those who may open the case.
    panels_url = serializers.CharField(allow_null=True)
    child_name = serializers.CharField(allow_blank=True)
    made_by = serializers.CharField()
    agency = serializers.CharField()
    made_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    options = OptionShape(many=True)


class GoalLineShape(serializers.Serializer[Any]):
    """One goal in the family's words."""

    id = serializers.UUIDField()
    words = serializers.CharField()
    whose_label = serializers.CharField()
    headline_label = serializers.CharField(allow_blank=True)
    state = serializers.CharField()
    state_label = serializers.CharField()
    made_at = serializers.DateTimeField()
    made_by = serializers.CharField()
    ended_at = serializers.DateTimeField(allow_null=True)
    outcome_label = serializers.CharField(allow_blank=True)
    outcome_note = serializers.CharField(allow_blank=True)


class PlannedGoalShape(GoalLineShape):
    """One goal in a plan with its first and last score and its actions."""

    first_score = serializers.IntegerField(allow_null=True)
    last_score = serializers.IntegerField(allow_null=True)
    # How many sessions worked on it; not said to whoever is only on the team.
    sessions = serializers.IntegerField(required=False)
    actions = PlannedActionShape(many=True)
    options = OptionNameShape(many=True)


class GoalScoreShape(serializers.Serializer[Any]):
    """How near a goal was on a day."""

    on = serializers.DateField()
    stage_label = serializers.CharField()
    value = serializers.IntegerField(allow_null=True)
    given_by_label = serializers.CharField(allow_blank=True)
    comment = serializers.CharField(allow_blank=True)


class GoalShape(GoalLineShape):
    """One goal whole."""

    version = serializers.IntegerField()
    reference = serializers.CharField()
    case_id = serializers.UUIDField()
    scores = GoalScoreShape(many=True)
    options = OptionShape(many=True)


class PlanVersionShape(serializers.Serializer[Any]):
    """The plan as it was agreed on a day."""

    number = serializers.IntegerField()
    agreed_at = serializers.DateTimeField()
    by = serializers.CharField()
    # The second person, where the partnership asks for one.
    second_person = serializers.CharField(allow_blank=True)
    agreed_by_label = serializers.CharField(allow_blank=True)
    family_view = serializers.CharField(allow_blank=True)
    lines = serializers.ListField(child=serializers.CharField())


class GoalNowShape(serializers.Serializer[Any]):
    """One open goal on the page of all of them: how near it was at the beginning and last."""

    id = serializers.UUIDField()
    words = serializers.CharField()
    whose_label = serializers.CharField()
    first_score = serializers.IntegerField(allow_null=True)
    last_score = serializers.IntegerField(allow_null=True)
    last_on = serializers.DateField(allow_null=True)


class GoalsShape(serializers.Serializer[Any]):
    """The open goals of a case, and the form that each of them takes; none for whoever may not score them now."""

    id = serializers.UUIDField()
    # Of all goals together: it rises with every change of any of them.
    version = serializers.IntegerField()
    reference = serializers.CharField()
    goals = GoalNowShape(many=True)
    score_goals = OptionShape(allow_null=True)


class PlanShape(serializers.Serializer[Any]):
    """The plan of a case as it stands, and its versions."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    reference = serializers.CharField()
    state_label = serializers.CharField()
    goals = PlannedGoalShape(many=True)
    actions = PlannedActionShape(many=True)
    versions = PlanVersionShape(many=True)
    # The question whether a second person agrees to it, while that waits.
    confirmation = ConfirmationShape(allow_null=True)
    # The page of all goals, while there is one to score.
    score_goals = WayOnShape(allow_null=True)
    options = OptionShape(many=True)
