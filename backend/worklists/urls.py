"""Routes of people's work, under /api/v1/."""

from django.urls import path

from backend.worklists.caseload_views import CaseList, FindCase
from backend.worklists.standing_views import CaseStanding
from backend.worklists.views import CaseOverview, FindRecords, MyWork

urlpatterns = [
    path("work/", MyWork.as_view(), name="work"),
    path("cases/", CaseList.as_view(), name="cases"),
    path("cases/find/", FindCase.as_view(), name="cases-find"),
    path("cases/<uuid:pk>/overview/", CaseOverview.as_view(), name="case-overview"),
    path("cases/<uuid:pk>/standing/", CaseStanding.as_view(), name="case-standing"),
    path("find/", FindRecords.as_view(), name="find"),
]
