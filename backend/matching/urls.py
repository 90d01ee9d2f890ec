"""Routes about pairs of records, under /api/v1/: each at the referral where it is decided."""

from django.urls import path

from backend.matching import views
from backend.matching.commands import case_choice_machine
from backend.matching.inputs import CASE_CHOICE_INPUTS
from backend.matching.serializers.choosing import CaseChoiceShape, choice_data
from backend.workflow.views import transition_routes

urlpatterns = [
    path("referrals/<uuid:pk>/matching/", views.Matching.as_view(), name="referral-matching"),
    path("referrals/<uuid:pk>/known-children/", views.KnownChildren.as_view(), name="referral-known-children"),
    path("referrals/<uuid:pk>/not-same/", views.NotSame.as_view(), name="child-not-same"),
    path("referrals/<uuid:pk>/undo-not-same/", views.UndoNotSame.as_view(), name="child-undo-not-same"),
    path("referrals/<uuid:pk>/merge-child/", views.ProposeMerge.as_view(), name="child-merge"),
    path("referrals/<uuid:pk>/unmerge-child/", views.Unmerge.as_view(), name="child-unmerge"),
    path("referrals/<uuid:pk>/drop-merge/", views.DropMerge.as_view(), name="child-drop-merge"),
    path("referrals/<uuid:pk>/ask-leads/", views.AskLeads.as_view(), name="child-ask-leads"),
    path("referrals/<uuid:pk>/drop-choice/", views.DropChoice.as_view(), name="child-drop-choice"),
    path("referrals/<uuid:pk>/ask-elsewhere/", views.AskElsewhere.as_view(), name="child-ask-elsewhere"),
    path("case-choices/<uuid:pk>/", views.CaseChoiceDetail.as_view(), name="case-choice"),
    *transition_routes(
        case_choice_machine, CASE_CHOICE_INPUTS, prefix="case-choices", represent=choice_data, shape=CaseChoiceShape
    ),
]
