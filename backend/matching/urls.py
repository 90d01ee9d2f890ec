"""Routes about pairs of records, under /api/v1/: each at the referral where it is decided."""

from django.urls import path

from backend.matching import views

urlpatterns = [
    path("referrals/<uuid:pk>/matching/", views.Matching.as_view(), name="referral-matching"),
    path("referrals/<uuid:pk>/known-children/", views.KnownChildren.as_view(), name="referral-known-children"),
    path("referrals/<uuid:pk>/not-same/", views.NotSame.as_view(), name="child-not-same"),
    path("referrals/<uuid:pk>/undo-not-same/", views.UndoNotSame.as_view(), name="child-undo-not-same"),
    path("referrals/<uuid:pk>/merge-child/", views.ProposeMerge.as_view(), name="child-merge"),
    path("referrals/<uuid:pk>/unmerge-child/", views.Unmerge.as_view(), name="child-unmerge"),
    path("referrals/<uuid:pk>/drop-merge/", views.DropMerge.as_view(), name="child-drop-merge"),
    path("referrals/<uuid:pk>/ask-elsewhere/", views.AskElsewhere.as_view(), name="child-ask-elsewhere"),
]
