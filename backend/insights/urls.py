"""Routes of figures, under /api/v1/."""

from django.urls import path

from backend.insights.fairness_views import Fairness, FairnessRecords
from backend.insights.needs_views import Needs, WardMap
from backend.insights.outcome_views import OutcomeRecords, Outcomes
from backend.insights.published_views import PublishedOutcomes
from backend.insights.quality_views import Quality, QualityRecords
from backend.insights.standing_views import Standing, StandingRecords
from backend.insights.trend_views import Trend, TrendRecords
from backend.insights.views import Flow, FlowCut, FlowRecords
from backend.insights.voice_views import Voice
from backend.insights.waits_views import ServiceRecords, Services
from backend.insights.works_views import Works, WorksRecords

urlpatterns = [
    path("figures/flow/", Flow.as_view(), name="figures-flow"),
    path("figures/flow/cut/", FlowCut.as_view(), name="figures-flow-cut"),
    path("figures/flow/list/", FlowRecords.as_view(), name="figures-flow-list"),
    path("figures/needs/", Needs.as_view(), name="figures-needs"),
    path("figures/needs/map/", WardMap.as_view(), name="figures-ward-map"),
    path("figures/outcomes/", Outcomes.as_view(), name="figures-outcomes"),
    path("figures/outcomes/list/", OutcomeRecords.as_view(), name="figures-outcomes-list"),
    path("figures/trend/", Trend.as_view(), name="figures-trend"),
    path("figures/trend/list/", TrendRecords.as_view(), name="figures-trend-list"),
    path("figures/standing/", Standing.as_view(), name="figures-standing"),
    path("figures/standing/list/", StandingRecords.as_view(), name="figures-standing-list"),
    path("figures/services/", Services.as_view(), name="figures-services"),
    path("figures/services/list/", ServiceRecords.as_view(), name="figures-services-list"),
    path("figures/fairness/", Fairness.as_view(), name="figures-fairness"),
    path("figures/fairness/list/", FairnessRecords.as_view(), name="figures-fairness-list"),
    path("figures/quality/", Quality.as_view(), name="figures-quality"),
    path("figures/quality/list/", QualityRecords.as_view(), name="figures-quality-list"),
    path("figures/works/", Works.as_view(), name="figures-works"),
    path("figures/works/list/", WorksRecords.as_view(), name="figures-works-list"),
    path("figures/voice/", Voice.as_view(), name="figures-voice"),
    path("figures/published/", PublishedOutcomes.as_view(), name="figures-published"),
]
