"""Routes of referrals and questions, under /api/v1/."""

from django.urls import path

from backend.access.policy import Permission
from backend.referrals.amend_views import SentFormView
from backend.referrals.commands.machine import referral_machine
from backend.referrals.commands.questions import question_machine
from backend.referrals.commands.renewing import renew_sharing, sharer_at
from backend.referrals.commands.withdrawing import withdraw_sharing
from backend.referrals.draft_urls import urlpatterns as draft_urlpatterns
from backend.referrals.previewing import QUESTION_READERS, REFERRAL_READERS
from backend.referrals.protected_views import ProtectedAnswers
from backend.referrals.queries.seeing import shared_roots, visible_to
from backend.referrals.question_views import QuestionDetail, QuestionList, question_data
from backend.referrals.seal_views import SEAL_ROUTES, ReferralSeal
from backend.referrals.serializers.inputs import QUESTION_INPUTS, REFERRAL_INPUTS
from backend.referrals.serializers.representing import referral_data
from backend.referrals.serializers.shapes import QuestionShape, ReferralShape
from backend.referrals.service_views import ReferralServices
from backend.referrals.status_views import StatusOfLink
from backend.referrals.views import (
    LikelyChildren,
    QueueCounts,
    ReferralDetail,
    ReferralList,
    ReferralPast,
    ReferralTimeline,
)
from backend.sharing.renewal_views import Renewing, renewal_views
from backend.sharing.views import ledger_view
from backend.sharing.withdrawal_views import withdrawal_view
from backend.workflow.preview_views import preview_routes
from backend.workflow.views import transition_routes

RENEWING = Renewing("referral", visible_to, Permission.REFERRAL_RENEW_SHARING, sharer_at, renew_sharing)
ReferralSharing = ledger_view("referral", visible_to, shared_roots, RENEWING.ids)
ReferralShares, RenewSharing = renewal_views(RENEWING)
WithdrawSharing = withdrawal_view("referral", visible_to, withdraw_sharing, referral_data, ReferralShape)

urlpatterns = [
    path("referrals/", ReferralList.as_view(), name="referrals"),
    path("referrals/counts/", QueueCounts.as_view(), name="referrals-counts"),
    path("referrals/<uuid:pk>/", ReferralDetail.as_view(), name="referral"),
    path("referrals/<uuid:pk>/timeline/", ReferralTimeline.as_view(), name="referral-timeline"),
    path("referrals/<uuid:pk>/sharing/", ReferralSharing.as_view(), name="referral-sharing"),
    path("referrals/<uuid:pk>/withdraw-sharing/", WithdrawSharing.as_view(), name="referral-withdraw-sharing"),
    path("referrals/<uuid:pk>/shares/", ReferralShares.as_view(), name="referral-shares"),
    path("referrals/<uuid:pk>/renew-sharing/", RenewSharing.as_view(), name="referral-renew-sharing"),
    path("referrals/<uuid:pk>/services/", ReferralServices.as_view(), name="referral-services"),
    path("referrals/<uuid:pk>/likely-children/", LikelyChildren.as_view(), name="referral-likely-children"),
    path("referrals/<uuid:pk>/answers/", SentFormView.as_view(), name="referral-answers"),
    path("referrals/<uuid:pk>/protected/", ProtectedAnswers.as_view(), name="referral-protected"),
    path("referrals/<uuid:pk>/past/", ReferralPast.as_view(), name="referral-past"),
    path("referral-seals/<uuid:pk>/", ReferralSeal.as_view(), name="referral-seal"),
    *SEAL_ROUTES,
    *draft_urlpatterns,
    *transition_routes(
        referral_machine, REFERRAL_INPUTS, prefix="referrals", represent=referral_data, shape=ReferralShape
    ),
    *preview_routes(referral_machine, REFERRAL_INPUTS, REFERRAL_READERS, prefix="referrals"),
    *preview_routes(question_machine, QUESTION_INPUTS, QUESTION_READERS, prefix="information-requests"),
    path("status/", StatusOfLink.as_view(), name="status"),
    path("information-requests/", QuestionList.as_view(), name="information-requests"),
    path("information-requests/<uuid:pk>/", QuestionDetail.as_view(), name="information-request"),
    *transition_routes(
        question_machine,
        QUESTION_INPUTS,
        prefix="information-requests",
        represent=question_data,
        shape=QuestionShape,
    ),
]
