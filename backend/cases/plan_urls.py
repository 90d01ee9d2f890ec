"""Routes of plans, goals, actions, meetings and outcomes, under /api/v1/."""

from django.urls import path

from backend.cases import plan_views as views
from backend.cases.commands import action_machine, goal_machine, meeting_machine, score_machine
from backend.cases.goal_views import CaseGoalScores, ScoreDetail
from backend.cases.meeting_views import MeetingDetail
from backend.cases.preview_views import ActionPreview
from backend.cases.serializers.meeting_edge_inputs import MEETING_INPUTS
from backend.cases.serializers.meetings import OneMeetingShape, one_meeting_data
from backend.cases.serializers.plan_inputs import ACTION_INPUTS, GOAL_INPUTS
from backend.cases.serializers.plan_shapes import ActionShape, GoalShape
from backend.cases.serializers.planning import action_data, goal_data
from backend.cases.serializers.previewing import action_reader
from backend.cases.serializers.score_inputs import SCORE_INPUTS
from backend.cases.serializers.scores import ScoreShape, score_data
from backend.workflow.preview_views import preview_routes
from backend.workflow.views import transition_routes

urlpatterns = [
    path("cases/<uuid:pk>/plan/", views.CasePlan.as_view(), name="case-plan"),
    path("cases/<uuid:pk>/goals/", views.CaseGoals.as_view(), name="case-goals"),
    path("cases/<uuid:pk>/goals/score/", CaseGoalScores.as_view(), name="case-score-goals"),
    path("cases/<uuid:pk>/actions/", views.CaseActions.as_view(), name="case-actions"),
    path("cases/<uuid:pk>/actions/preview/", ActionPreview.as_view(), name="case-action-preview"),
    path("cases/<uuid:pk>/scores/", views.CaseScores.as_view(), name="case-scores"),
    path("cases/<uuid:pk>/meetings/", views.CaseMeetings.as_view(), name="case-meetings"),
    path("cases/<uuid:pk>/outcomes/", views.CaseOutcomes.as_view(), name="case-outcomes"),
    path("cases/<uuid:pk>/family-page/", views.CaseFamilyPage.as_view(), name="case-family-page"),
    path("goals/<uuid:pk>/", views.GoalDetail.as_view(), name="goal"),
    *transition_routes(goal_machine, GOAL_INPUTS, prefix="goals", represent=goal_data, shape=GoalShape),
    path("scores/<uuid:pk>/", ScoreDetail.as_view(), name="score"),
    *transition_routes(score_machine, SCORE_INPUTS, prefix="scores", represent=score_data, shape=ScoreShape),
    path("meetings/<uuid:pk>/", MeetingDetail.as_view(), name="meeting"),
    *transition_routes(
        meeting_machine, MEETING_INPUTS, prefix="meetings", represent=one_meeting_data, shape=OneMeetingShape
    ),
    path("actions/", views.ActionList.as_view(), name="actions"),
    path("actions/<uuid:pk>/", views.ActionDetail.as_view(), name="action"),
    *transition_routes(action_machine, ACTION_INPUTS, prefix="actions", represent=action_data, shape=ActionShape),
    *preview_routes(action_machine, ACTION_INPUTS, {"reassign": action_reader}, prefix="actions"),
]
