"""Routes of people, of agencies and of what needs attention, under /api/v1/."""

from django.urls import path

from backend.administration.views.agencies import Agencies, AgencyWork, HandOverPreview, OneAgency, act_routes
from backend.administration.views.conflicts import ConflictForm, Conflicts, OneConflict, conflict_routes
from backend.administration.views.exceptions import Attention, Exceptions
from backend.administration.views.inviting import (
    ChoosePassword,
    ForgottenPassword,
    PersonInvite,
    PersonWithdrawInvitation,
)
from backend.administration.views.leavers import PersonCaseload
from backend.administration.views.people import People, Person, PersonChange, PersonEnd, PersonResetSignIn
from backend.administration.views.saved import SavedLists, saved_list_routes
from backend.administration.views.settings import MessageSettings
from backend.administration.views.staff_directories import BeginDirectory, Directories, FinishDirectory
from backend.administration.views.switching import SwitchView

urlpatterns = [
    path("conflicts/", Conflicts.as_view(), name="conflicts"),
    path("conflicts/form/", ConflictForm.as_view(), name="conflict-form"),
    path("conflicts/<uuid:pk>/", OneConflict.as_view(), name="conflict"),
    *conflict_routes(),
    path("saved-lists/", SavedLists.as_view(), name="saved-lists"),
    *saved_list_routes(),
    path("settings/messages/", MessageSettings.as_view(), name="settings-messages"),
    path("agencies/overview/", Agencies.as_view(), name="agencies-overview"),
    path("agencies/<uuid:pk>/", OneAgency.as_view(), name="agency"),
    path("agencies/<uuid:pk>/work/", AgencyWork.as_view(), name="agency-work"),
    path("agencies/<uuid:pk>/hand-over/preview/", HandOverPreview.as_view(), name="agency-hand-over-preview"),
    *act_routes(),
    path("exceptions/", Attention.as_view(), name="exceptions"),
    path("exceptions/list/", Exceptions.as_view(), name="exceptions-list"),
    path("people/", People.as_view(), name="people"),
    path("people/<uuid:pk>/", Person.as_view(), name="person"),
    path("people/<uuid:pk>/change/", PersonChange.as_view(), name="person-change"),
    path("people/<uuid:pk>/end/", PersonEnd.as_view(), name="person-end"),
    path("people/<uuid:pk>/reset-sign-in/", PersonResetSignIn.as_view(), name="person-reset-sign-in"),
    path("people/<uuid:pk>/invite/", PersonInvite.as_view(), name="person-invite"),
    path(
        "people/<uuid:pk>/withdraw-invitation/",
        PersonWithdrawInvitation.as_view(),
        name="person-withdraw-invitation",
    ),
    path("session/membership/", SwitchView.as_view(), name="session-membership"),
    path("session/password/", ChoosePassword.as_view(), name="session-password"),
    path("session/forgotten/", ForgottenPassword.as_view(), name="session-forgotten"),
    path("session/directories/", Directories.as_view(), name="session-directories"),
    path("session/directory/", BeginDirectory.as_view(), name="session-directory"),
    path("session/directory/finish/", FinishDirectory.as_view(), name="session-directory-finish"),
    path("people/<uuid:pk>/caseload/", PersonCaseload.as_view(), name="person-caseload"),
]
