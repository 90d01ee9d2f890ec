"""Routes of questions to a second person, under /api/v1/."""

from django.urls import path

from backend.workflow.confirmation_views import Confirm, ConfirmationDetail, ConfirmationList, Refuse, Withdraw

urlpatterns = [
    path("confirmations/", ConfirmationList.as_view(), name="confirmations"),
    path("confirmations/<uuid:pk>/", ConfirmationDetail.as_view(), name="confirmation"),
    path("confirmations/<uuid:pk>/confirm/", Confirm.as_view(), name="confirmation-confirm"),
    path("confirmations/<uuid:pk>/refuse/", Refuse.as_view(), name="confirmation-refuse"),
    path("confirmations/<uuid:pk>/withdraw/", Withdraw.as_view(), name="confirmation-withdraw"),
]
