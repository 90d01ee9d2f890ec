"""Routes of letters, under /api/v1/."""

from django.urls import path

from backend.letters.views import CaseLetters, FillLetter

urlpatterns = [
    path("cases/<uuid:pk>/letters/", CaseLetters.as_view(), name="case-letters"),
    path("cases/<uuid:pk>/letters/fill/", FillLetter.as_view(), name="case-letter-fill"),
]
