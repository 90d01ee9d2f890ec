"""Routes of the team around a child, under /api/v1/."""

from django.urls import path

from backend.cases import team_views as views
from backend.cases.commands import team_machine
from backend.cases.serializers.team import TEAM_INPUTS, TeamPlaceShape, place_data
from backend.workflow.views import transition_routes

urlpatterns = [
    path("cases/<uuid:pk>/team/", views.CaseTeam.as_view(), name="case-team"),
    path("team-members/", views.PlaceList.as_view(), name="team-members"),
    path("team-members/<uuid:pk>/", views.PlaceDetail.as_view(), name="team-member"),
    path("team-members/<uuid:pk>/notes/", views.PlaceNotes.as_view(), name="team-member-notes"),
    *transition_routes(team_machine, TEAM_INPUTS, prefix="team-members", represent=place_data, shape=TeamPlaceShape),
]
