"""Routes of people's work, under /api/v1/."""

from django.urls import path

from backend.worklists.views import FindRecords, MyWork

urlpatterns = [
    path("work/", MyWork.as_view(), name="work"),
    path("find/", FindRecords.as_view(), name="find"),
]
