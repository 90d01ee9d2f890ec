"""Routes of people's work, under /api/v1/."""

from django.urls import path

from backend.worklists.caseload_views import CaseFilters, CaseList, FindCase
from backend.worklists.load_views import Caseloads
from backend.worklists.standing_views import CaseStanding
from backend.worklists.views import CaseOverview, FindRecords, MyWork

urlpatterns = [
    path("work/", MyWork.as_view(), name="work"),
    path("cases/", CaseList.as_view(), name="cases"),
    path("cases/filters/", CaseFilters.as_view(), name="cases-filters"),
    path("cases/find/", FindCase.as_view(), name="cases-find"),
    path("caseloads/", Caseloads.as_view(), name="caseloads"),
    path("cases/<uuid:pk>/overview/", CaseOverview.as_view(), name="case-overview"),
    path("cases/<uuid:pk>/standing/", CaseStanding.as_view(), name="case-standing"),
    path("find/", FindRecords.as_view(), name="find"),
]
