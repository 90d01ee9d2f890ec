"""Routes of letters, under /api/v1/."""

from django.urls import path

from backend.letters.commands import lettered_case
from backend.letters.inputs import LetterInput
from backend.letters.rules import FORM
from backend.letters.views import CaseLetters, FillLetter
from backend.workflow.typing_views import typed_view

TypedLetter = typed_view("case.write_letter", lettered_case, LetterInput, form=FORM)
urlpatterns = [
    path("cases/<uuid:pk>/letters/", CaseLetters.as_view(), name="case-letters"),
    path("cases/<uuid:pk>/letters/fill/", FillLetter.as_view(), name="case-letter-fill"),
    path("cases/<uuid:pk>/letters/draft/", TypedLetter.as_view(), name="case-letter-draft"),
]
