"""Routes of critical moments, under /api/v1/."""

from django.urls import path

from backend.moments.views import CriticalMomentForm, CriticalMoments

urlpatterns = [
    path("critical-moments/", CriticalMoments.as_view(), name="critical-moments"),
    path("critical-moments/form/", CriticalMomentForm.as_view(), name="critical-moment-form"),
]
