"""Addresses of the referral form."""

from django.urls import path

from backend.referrals.draft_views import DraftView

urlpatterns = [path("referrals/<uuid:pk>/draft/", DraftView.as_view(), name="referral-draft")]
