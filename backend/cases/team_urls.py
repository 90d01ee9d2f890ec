"""Routes of the team around a child, under /api/v1/."""

from django.urls import path

from backend.cases import team_views as views
from backend.cases.asking_views import LeadRequestDetail, PlaceLeadRequests
from backend.cases.commands import lead_request_machine, team_machine
from backend.cases.commands.team import own_place
from backend.cases.mention_views import PlaceNoteReaders
from backend.cases.rules.noting import TEAM_FORM
from backend.cases.serializers.asking import LEAD_REQUEST_INPUTS, LeadRequestShape, lead_request_data
from backend.cases.serializers.team import TEAM_INPUTS, SharedNoteInput, TeamPlaceShape, place_data
from backend.workflow.typing_views import typed_view
from backend.workflow.views import transition_routes

TypedTeamNote = typed_view("team_member.write_note", own_place, SharedNoteInput, form=TEAM_FORM)

urlpatterns = [
    path("cases/<uuid:pk>/team/", views.CaseTeam.as_view(), name="case-team"),
    path("team-members/", views.PlaceList.as_view(), name="team-members"),
    path("team-members/<uuid:pk>/", views.PlaceDetail.as_view(), name="team-member"),
    path("team-members/<uuid:pk>/notes/", views.PlaceNotes.as_view(), name="team-member-notes"),
    path("team-members/<uuid:pk>/note-readers/", PlaceNoteReaders.as_view(), name="team-member-note-readers"),
    path("team-members/<uuid:pk>/notes/draft/", TypedTeamNote.as_view(), name="team-member-note-draft"),
    path("team-members/<uuid:pk>/lead-requests/", PlaceLeadRequests.as_view(), name="team-member-lead-requests"),
    path("lead-requests/<uuid:pk>/", LeadRequestDetail.as_view(), name="lead-request"),
    *transition_routes(team_machine, TEAM_INPUTS, prefix="team-members", represent=place_data, shape=TeamPlaceShape),
    *transition_routes(
        lead_request_machine,
        LEAD_REQUEST_INPUTS,
        prefix="lead-requests",
        represent=lead_request_data,
        shape=LeadRequestShape,
    ),
]
