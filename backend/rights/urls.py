"""Routes of requests for a copy, under /api/v1/."""

from django.urls import path

from backend.rights import given_views, rectification_views, views
from backend.rights.commands.rectifying import rectification_machine
from backend.rights.commands.requesting import subject_request_machine
from backend.rights.inputs import SUBJECT_REQUEST_INPUTS
from backend.rights.rectification_inputs import RECTIFICATION_INPUTS
from backend.rights.rectification_serializers import RectificationShape
from backend.rights.serializers import SubjectRequestShape, request_data
from backend.workflow.views import transition_routes

urlpatterns = [
    path("rectifications/", rectification_views.Rectifications.as_view(), name="rectifications"),
    path("rectifications/<uuid:pk>/", rectification_views.OneRectification.as_view(), name="rectification"),
    path("disputed-notes/<uuid:pk>/", rectification_views.DisputedNote.as_view(), name="disputed-note"),
    path("disputed-notes/<uuid:pk>/dispute/", rectification_views.DisputeNote.as_view(), name="disputed-note-dispute"),
    *transition_routes(
        rectification_machine,
        RECTIFICATION_INPUTS,
        prefix="rectifications",
        represent=rectification_views.represented,
        shape=RectificationShape,
    ),
    path("copies-given/<uuid:pk>/", given_views.CopiesGiven.as_view(), name="copies-given"),
    path("subject-requests/", views.SubjectRequests.as_view(), name="subject-requests"),
    path("subject-requests/new/", views.NewSubjectRequest.as_view(), name="subject-request-form"),
    path("subject-requests/reasons/", views.PassageForm.as_view(), name="subject-request-reasons"),
    path("subject-requests/<uuid:pk>/", views.OneSubjectRequest.as_view(), name="subject-request"),
    path("subject-requests/<uuid:pk>/passages/", views.Passages.as_view(), name="subject-request-passages"),
    path(
        "subject-requests/<uuid:pk>/passages/<uuid:passage>/decide/",
        views.DecidePassage.as_view(),
        name="subject-request-decide",
    ),
    path("subject-requests/<uuid:pk>/copy.pdf/", views.PdfFile.as_view(), name="subject-request-pdf"),
    path("subject-requests/<uuid:pk>/copy.json/", views.DataFile.as_view(), name="subject-request-json"),
    *transition_routes(
        subject_request_machine,
        SUBJECT_REQUEST_INPUTS,
        prefix="subject-requests",
        represent=request_data,
        shape=SubjectRequestShape,
    ),
]
