"""Routes of documents, under /api/v1/; the lists belong to the records they hang on."""

from django.urls import path

from backend.documents.commands import document_machine
from backend.documents.serializers import DOCUMENT_INPUTS, DocumentDetailShape, document_data
from backend.documents.views import DocumentContent, DocumentDetail, DocumentPreview, DocumentWithdraw
from backend.workflow.views import transition_routes

urlpatterns = [
    path("documents/<uuid:pk>/", DocumentDetail.as_view(), name="document"),
    path("documents/<uuid:pk>/content/", DocumentContent.as_view(), name="document-content"),
    path("documents/<uuid:pk>/preview/", DocumentPreview.as_view(), name="document-preview"),
    path("documents/<uuid:pk>/withdraw/", DocumentWithdraw.as_view(), name="document-withdraw"),
    *transition_routes(
        document_machine, DOCUMENT_INPUTS, prefix="documents", represent=document_data, shape=DocumentDetailShape
    ),
]
