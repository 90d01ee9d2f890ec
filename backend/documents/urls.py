"""Routes of documents, under /api/v1/; the lists belong to the records they hang on."""

from django.urls import path

from backend.documents.views import DocumentContent, DocumentPreview, DocumentWithdraw

urlpatterns = [
    path("documents/<uuid:pk>/content/", DocumentContent.as_view(), name="document-content"),
    path("documents/<uuid:pk>/preview/", DocumentPreview.as_view(), name="document-preview"),
    path("documents/<uuid:pk>/withdraw/", DocumentWithdraw.as_view(), name="document-withdraw"),
]
